#pragma once
// A spreadsheet as plain values: what every reader gives and what recognisers look at.
// Rows and columns are counted from 0 here; addresses such as "C12" are for people.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace greffier::documents {

enum class CellType { Empty, Text, Number, Percentage, Currency, Date, Time, Boolean, Error };

struct Cell {
    std::string text;  ///< what a person sees; valid UTF-8, paragraphs separated by '\n'
    std::string value; ///< the machine's value when there is one: "75001", "2018-05-26", "true"
    CellType type = CellType::Empty;
    int column_span = 1; ///< columns this cell covers, itself included
    int row_span = 1;
    bool covered = false; ///< hidden under a merged neighbour; its text is not visible
    bool formula = false; ///< the text is the last computed result

    [[nodiscard]] bool is_empty() const { return text.empty() && value.empty(); }
    bool operator==(Cell const&) const = default;
};

struct Sheet {
    std::string name;
    std::vector<std::vector<Cell>> rows; ///< ragged: trailing empty cells and rows are absent
    bool hidden = false;

    /// The cell at a place, or an empty one beyond the edge.
    [[nodiscard]] Cell const& at(std::size_t row, std::size_t column) const;
    /// Length of the longest row.
    [[nodiscard]] std::size_t width() const;
};

struct Workbook {
    std::vector<Sheet> sheets;

    /// nullptr when there is none of that exact name.
    [[nodiscard]] Sheet const* find(std::string_view name) const;
};

/// 0 -> "A", 26 -> "AA".
std::string column_name(std::size_t column);
/// (11, 2) -> "C12".
std::string address(std::size_t row, std::size_t column);

} // namespace greffier::documents
