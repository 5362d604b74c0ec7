#include "exchange/cnil_table.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace greffier::exchange::cnil {

std::vector<std::size_t> filled_columns(documents::Sheet const& sheet, std::size_t row)
{
    std::vector<std::size_t> filled;
    for (std::size_t column = 0; column < sheet.rows[row].size(); ++column)
        if (has_words(sheet.rows[row][column])) filled.push_back(column);
    return filled;
}

std::size_t right_end(documents::Sheet const& sheet, std::size_t row, std::size_t column)
{
    return column + static_cast<std::size_t>(std::max(sheet.at(row, column).column_span, 1)) - 1;
}

void close_gaps(Columns& columns)
{
    std::sort(columns.begin(), columns.end(), [](Column const& a, Column const& b) { return a.first < b.first; });
    for (std::size_t i = 0; i + 1 < columns.size(); ++i) columns[i].last = columns[i + 1].first - 1;
}

bool owns(Columns const& columns, std::size_t column)
{
    return std::any_of(columns.begin(), columns.end(),
                       [&](Column const& one) { return column >= one.first && column <= one.last; });
}

Placed field_of(documents::Sheet const& sheet, std::size_t row, Columns const& columns, Field field)
{
    Placed found;
    for (auto const& column : columns) {
        if (column.field != field) continue;
        std::size_t const end = std::min(column.last + 1, sheet.rows[row].size());
        if (found.place.empty()) found.place = place_of(sheet, row, column.first);
        for (std::size_t i = column.first; i < end; ++i) {
            Placed const part = placed(sheet, row, i);
            if (part.empty()) continue;
            if (found.empty())
                found = part;
            else
                found.text += "\n" + part.text;
        }
    }
    return found;
}

void add_note(CnilWorkbook& out, std::string place, std::string code, std::string_view text)
{
    constexpr std::size_t shown = 120, most = 1000; // nobody reads more, and a hostile file could ask for millions
    if (out.notes.size() == most) out.notes.push_back({place, "too_many_notes", {}});
    if (out.notes.size() >= most) return;
    out.notes.push_back({std::move(place), std::move(code), shorten(squeeze(text), shown)});
}

} // namespace greffier::exchange::cnil
