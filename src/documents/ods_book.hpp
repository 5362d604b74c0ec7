#pragma once
// A spreadsheet to be written: sheets, cells and their looks, as plain values.
// Text is text whatever it starts with: nothing put in a cell ever becomes a formula.

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <variant>
#include <vector>

#include "core/time.hpp"

namespace greffier::documents {

enum class Align { Start, Centre, End };

/// A look that has a name; spreadsheet programs list it under "cell styles".
struct CellStyle {
    std::string name;         ///< letters, digits, space, '_' and '-'
    std::string background{}; ///< "#rrggbb", or empty for none
    std::string colour{};     ///< of the letters, "#rrggbb", or empty for the usual one
    std::string border{};     ///< colour of the thin lines around, "#rrggbb", or empty for none
    double size_points = 10;
    bool bold = false;
    bool italic = false;
    bool wrap = true;
    bool top = false; ///< text begins at the top of its cell, not in the middle
    Align align = Align::Start;
};

/// A drop-down list whose choices stand in a column of a sheet of the same book.
struct Validation {
    std::string name; ///< what BookCell::validation says
    std::string sheet;
    std::size_t column = 0, first_row = 0, last_row = 0;
    bool strict = false; ///< refuse what the list does not hold; otherwise the list only suggests
};

struct BookCell {
    /// Nothing, text, number, truth or calendar day.
    std::variant<std::monostate, std::string, double, bool, Date> content{};
    std::string style{}; ///< name of a CellStyle, or empty
    int column_span = 1;
    int row_span = 1;
    std::string validation{}; ///< name of a Validation, or empty
    std::string link{}; ///< "https://…", "http://…", "mailto:…" or a place of the book such as "#'Sheet 2'.A1"; others
                        ///< are dropped
    std::string note{}; ///< shown when the pointer rests on the cell
};

struct BookSheet {
    explicit BookSheet(std::string sheet_name) : name(std::move(sheet_name)) {}

    std::string name;                       ///< see SheetNames
    std::vector<double> column_widths_mm{}; ///< columns beyond keep the program's width
    std::vector<double> row_heights_mm{};   ///< 0 or beyond: as high as the text needs
    std::size_t frozen_rows = 0, frozen_columns = 0;
    bool hidden = false;
    std::string tab_colour{}; ///< "#rrggbb", or empty
    std::vector<std::vector<BookCell>> rows{};

    /// Puts a cell at a place (counted from 0), growing the sheet.
    BookCell& set(std::size_t row, std::size_t column, BookCell cell);
    BookCell& text(std::size_t row, std::size_t column, std::string text, std::string style = {}, int column_span = 1);
};

struct Book {
    std::string title{};
    std::string language = "fr"; ///< "fr" or "en": dates are shown as people write them there
    bool one_page_wide = true;        ///< printed so that no sheet is cut in vertical strips, however small that makes it
    std::vector<CellStyle> styles{};
    std::vector<Validation> validations{};
    std::vector<BookSheet> sheets{};
};

/// Names spreadsheet programs accept: without []*?:/\ or quotes at the ends, at most 31 letters, each given once
/// whatever its case. A thousand sheets that want one name cost no more than a thousand names.
class SheetNames {
public:
    std::string take(std::string_view wanted);

private:
    std::unordered_set<std::string> taken_;                    ///< in lower case
    std::unordered_map<std::string, std::size_t> next_;       ///< of a name that is taken: the number to try
};

} // namespace greffier::documents
