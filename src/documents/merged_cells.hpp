#pragma once
// Merged cells over rows read one after the other: what a cell merged downwards holds, holds for each of its rows.

#include <string_view>
#include <vector>

#include "documents/table_reader.hpp"

namespace greffier::documents {

struct Merge {
    std::size_t first_row = 0, first_column = 0, last_row = 0, last_column = 0; ///< from 0, ends included
};

/// "B2:D9"; nothing when it is no range, or one cell alone.
std::optional<Merge> parse_range(std::string_view range);
/// "AB12" -> column 27, row 11. Row is absent in "AB".
struct CellPlace {
    std::size_t row = 0, column = 0;
};
std::optional<CellPlace> parse_place(std::string_view address);

class MergedCells {
public:
    MergedCells() = default;
    explicit MergedCells(std::vector<Merge> merges);

    /// Marks and fills the covered cells of a row; rows come in ascending order.
    void apply(TableRow& row);
    /// Back to the first row.
    void restart();

private:
    struct Active {
        Merge where;
        TableCell content; ///< of its first cell
    };
    std::vector<Merge> merges_; ///< by first row
    std::size_t next_ = 0;
    std::vector<Active> active_;
};

} // namespace greffier::documents
