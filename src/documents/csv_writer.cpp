#include "documents/csv_writer.hpp"

#include "documents/plain_text.hpp"

namespace greffier::documents {
namespace {

std::string quoted(std::string const& text, char separator)
{
    bool const edged = !text.empty() && (text.front() == ' ' || text.back() == ' ');
    if (!edged && text.find_first_of(std::string("\"\r\n") + separator) == std::string::npos) return text;
    std::string out = "\"";
    for (char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + '"';
}

} // namespace

bool looks_like_formula(std::string_view text)
{
    return !text.empty() && std::string_view("=+-@\t\r\n").find(text.front()) != std::string_view::npos;
}

std::string write_csv(std::vector<std::vector<std::string>> const& rows, CsvOptions const& options)
{
    std::string out = options.byte_order_mark ? "\xEF\xBB\xBF" : "";
    for (auto const& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i > 0) out += options.separator;
            // Cleaned first: a control character dropped later would uncover the sign behind it.
            std::string const text = clean_text(row[i]);
            out += quoted(options.guard_formulas && looks_like_formula(text) ? "'" + text : text, options.separator);
        }
        out += "\r\n";
    }
    return out;
}

} // namespace greffier::documents
