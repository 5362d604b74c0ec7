#include "documents/csv_writer.hpp"

#include <algorithm>

#include "documents/plain_text.hpp"

namespace greffier::documents {
namespace {

void append_quoted(std::string& out, std::string_view text, char separator)
{
    bool const edged = !text.empty() && (text.front() == ' ' || text.back() == ' ');
    auto const is_special = [&](char c) { return c == '"' || c == '\r' || c == '\n' || c == separator; };
    if (!edged && std::ranges::none_of(text, is_special)) {
        out += text;
        return;
    }
    out += '"';
    for (std::size_t at = 0; at < text.size();) {
        auto const end = std::min(text.find('"', at), text.size() - 1) + 1;
        out += text.substr(at, end - at);
        if (text[end - 1] == '"') out += '"';
        at = end;
    }
    out += '"';
}

} // namespace

bool looks_like_formula(std::string_view text)
{
    return !text.empty() && std::string_view("=+-@\t\r\n").find(text.front()) != std::string_view::npos;
}

bool needs_guard(std::string_view text)
{
    auto const first = text.find_first_not_of('\'');
    return first != std::string_view::npos && looks_like_formula(text.substr(first));
}

std::string write_csv(std::vector<std::vector<std::string>> const& rows, CsvOptions const& options)
{
    std::string out = options.byte_order_mark ? "\xEF\xBB\xBF" : "";
    for (auto const& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i > 0) out += options.separator;
            // Cleaned first: a control character dropped later would uncover the sign behind it.
            std::string text = clean_text(row[i]);
            if (options.guard_formulas && needs_guard(text)) text.insert(text.begin(), '\'');
            append_quoted(out, text, options.separator);
        }
        out += "\r\n";
    }
    return out;
}

} // namespace greffier::documents
