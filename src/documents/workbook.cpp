#include "documents/workbook.hpp"

#include <algorithm>

namespace greffier::documents {

Cell const& Sheet::at(std::size_t row, std::size_t column) const
{
    static Cell const nothing;
    if (row >= rows.size() || column >= rows[row].size()) return nothing;
    return rows[row][column];
}

std::size_t Sheet::width() const
{
    std::size_t widest = 0;
    for (auto const& row : rows) widest = std::max(widest, row.size());
    return widest;
}

Sheet const* Workbook::find(std::string_view name) const
{
    auto const found =
        std::find_if(sheets.begin(), sheets.end(), [&](Sheet const& sheet) { return sheet.name == name; });
    return found == sheets.end() ? nullptr : &*found;
}

std::string column_name(std::size_t column)
{
    std::string name;
    for (++column; column > 0; column = (column - 1) / 26)
        name.insert(name.begin(), static_cast<char>('A' + (column - 1) % 26));
    return name;
}

std::string address(std::size_t row, std::size_t column)
{
    return column_name(column) + std::to_string(row + 1);
}

} // namespace greffier::documents
