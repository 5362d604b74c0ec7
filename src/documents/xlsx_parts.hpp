#pragma once
// The parts of an XLSX package around its sheets: which sheets there are, the texts they share, the formats of numbers.

#include <string>
#include <string_view>
#include <vector>

#include "documents/number_formats.hpp"
#include "documents/table_reader.hpp"
#include "documents/zip_archive.hpp"

namespace greffier::documents {

/// Texts kept in one block: a million short ones cost no million allocations.
class SharedTexts {
public:
    /// False when `most` bytes are passed.
    bool add(std::string_view text, std::size_t most);
    [[nodiscard]] std::size_t size() const { return ends_.size(); }
    [[nodiscard]] std::string_view at(std::size_t index) const;

private:
    std::string bytes_;
    std::vector<std::size_t> ends_;
};

struct XlsxFormat {
    NumberMeaning meaning = NumberMeaning::Number;
    std::string code;
};

struct XlsxSheet {
    TableSheet shown;
    std::string part; ///< "xl/worksheets/sheet1.xml"
};

struct XlsxBook {
    std::vector<XlsxSheet> sheets;   ///< of cells: sheets that are charts are left out
    std::vector<XlsxFormat> formats; ///< by the style index of a cell
    SharedTexts texts;
    bool from_1904 = false;
};

Result<XlsxBook> read_xlsx_book(ZipReader const& zip, TableOptions const& options);

/// "_x000D_" stands for the character of that number.
std::string unescaped_xlsx(std::string_view text);
/// The part of an archive that holds the workbook; nothing when it is no spreadsheet of this kind.
Result<std::string> workbook_part(ZipReader const& zip);

} // namespace greffier::documents
