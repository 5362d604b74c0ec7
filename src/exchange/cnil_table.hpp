#pragma once
// Columns of a table found by their headings.

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "exchange/cnil_labels.hpp"

namespace greffier::exchange::cnil {

struct Column {
    Field field{};
    std::size_t first = 0, last = 0; ///< a heading over merged cells owns all of them
};

using Columns = std::vector<Column>;

/// The columns of a row whose cells hold words.
std::vector<std::size_t> filled_columns(documents::Sheet const& sheet, std::size_t row);
/// Column of the last place a cell covers to the right.
std::size_t right_end(documents::Sheet const& sheet, std::size_t row, std::size_t column);
/// Makes each column own the untitled ones up to its right neighbour.
void close_gaps(Columns& columns);
bool owns(Columns const& columns, std::size_t column);
/// The words of a field in a row, those of several cells joined; the place of the first.
Placed field_of(documents::Sheet const& sheet, std::size_t row, Columns const& columns, Field field);

void add_note(CnilWorkbook& out, std::string place, std::string code, std::string_view text);

} // namespace greffier::exchange::cnil
