#include "documents/ods_book.hpp"

#include "core/text.hpp"
#include "documents/plain_text.hpp"

namespace greffier::documents {
namespace {

constexpr std::size_t longest_name = 31; // what the strictest spreadsheet program takes

std::string first_letters(std::string_view text, std::size_t count)
{
    std::size_t i = 0;
    for (; i < text.size(); ++i)
        if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80 && count-- == 0) break;
    return std::string(text.substr(0, i));
}

std::string bare_name(std::string_view wanted)
{
    std::string name = clean_text(wanted);
    for (char& c : name)
        if (std::string_view("[]*?:/\\\n\t").find(c) != std::string_view::npos) c = ' ';
    auto const first = name.find_first_not_of(" '");
    if (first == std::string::npos) return "-";
    name = name.substr(first, name.find_last_not_of(" '") - first + 1);
    return name;
}

} // namespace

BookCell& BookSheet::set(std::size_t row, std::size_t column, BookCell cell)
{
    if (rows.size() <= row) rows.resize(row + 1);
    if (rows[row].size() <= column) rows[row].resize(column + 1);
    return rows[row][column] = std::move(cell);
}

BookCell& BookSheet::text(std::size_t row, std::size_t column, std::string text, std::string style, int column_span)
{
    BookCell cell;
    if (!text.empty()) cell.content = std::move(text);
    cell.style = std::move(style);
    cell.column_span = column_span;
    return set(row, column, std::move(cell));
}

std::string SheetNames::take(std::string_view wanted)
{
    std::string const bare = bare_name(wanted);
    std::string name = bare_name(first_letters(bare, longest_name));
    auto const low = to_lower_ascii(name);
    if (taken_.insert(low).second) return name;
    auto& number = next_.try_emplace(low, 2).first->second;
    for (;; ++number) {
        std::string const tail = " (" + std::to_string(number) + ")";
        name = bare_name(first_letters(bare, longest_name - tail.size())) + tail;
        if (taken_.insert(to_lower_ascii(name)).second) return name;
    }
}

} // namespace greffier::documents
