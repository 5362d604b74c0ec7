#pragma once
// A sheet of cells read row by row from CSV, XLSX or ODS: what an import maps onto a register.
//
//   auto table = TRY(open_table(path, options));          // the kind is judged by the bytes, never by the name
//   TRY(table->choose(0));                                 // a sheet; again to start over
//   for (TableRow row; TRY(table->next(row));) use(row);   // `row` is filled anew each time
//
// CSV and XLSX rows are pulled from the file as they are asked for: memory follows the longest row (and, for XLSX,
// the texts its sheets share), not the number of rows. ODS is read whole, within the limits. Nothing outside the file
// is opened; formulas and macros are never run. A reader is not thread-safe; two readers are independent.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "documents/zip_archive.hpp"

namespace greffier::documents {

struct Workbook;

enum class TableKind { Csv, Xlsx, Ods };
/// "csv", "xlsx", "ods".
std::string_view code_of(TableKind kind);

enum class CellKind {
    Empty,
    Text,    ///< every filled cell of a CSV: what it means depends on the field it goes to
    Number,  ///< `value` is a plain decimal, "552100554" or "-0.5": never an exponent
    Date,    ///< `value` is YYYY-MM-DD, or YYYY-MM-DDTHH:MM:SS when the cell has a time too (no zone)
    Boolean, ///< `value` is "true" or "false"
    Error,   ///< the spreadsheet could not compute it; `text` is "#N/A" and the like
};

struct TableCell {
    CellKind kind = CellKind::Empty;
    std::string text;     ///< as written or shown: "01000", "01 02 03 04 05", "12 %"; valid UTF-8, lines ended by '\n'
    std::string value;    ///< of a number, date or boolean, in its one form; empty for the others
    bool formula = false; ///< the last result a spreadsheet stored
    bool covered = false; ///< under a merged neighbour; below the first row of a merge it repeats that cell's content

    [[nodiscard]] bool is_empty() const { return kind == CellKind::Empty; }
    bool operator==(TableCell const&) const = default;
};

struct TableRow {
    std::size_t number = 0;       ///< counted from 1, as a spreadsheet shows it
    std::size_t line = 0;         ///< CSV: line of the file on which it starts, counted from 1; 0 for the others
    std::vector<TableCell> cells; ///< up to the last filled one

    /// The cell of a column counted from 0, or an empty one.
    [[nodiscard]] TableCell const& at(std::size_t column) const;
};

struct TableSheet {
    std::string name; ///< of a CSV, the file's name without its extension
    bool hidden = false;
};

enum class TextEncoding { Utf8, Utf16Le, Utf16Be, Windows1252, Iso8859_15 };
/// "utf-8", "utf-16le", "utf-16be", "windows-1252", "iso-8859-15".
std::string_view code_of(TextEncoding encoding);
std::optional<TextEncoding> parse_encoding(std::string_view code);

/// How a CSV is written: found by looking, unless the options say it.
struct CsvDialect {
    TextEncoding encoding = TextEncoding::Utf8;
    char separator = ';'; ///< ; , tab or |
    bool byte_order_mark = false;
};

/// Something worth telling, with its place: a line in another encoding, a NUL byte dropped. At most 100 are kept.
struct TableNote {
    std::string code; ///< locale key "import.note.<code>"
    Arguments arguments{};
    std::size_t row = 0, line = 0; ///< as in TableRow; 0 when it is about the whole file
};

struct TableOptions {
    std::string name{};                        ///< of the file, for what is opened from bytes
    std::optional<char> separator{};           ///< of a CSV; absent = looked for
    std::optional<TextEncoding> encoding{};    ///< of a CSV; absent = looked for
    std::uint64_t max_file_bytes = 4ULL << 30; ///< CSV; nothing of that size is ever held
    std::uint64_t max_book_bytes = 50U << 20;  ///< XLSX and ODS, packed
    std::size_t max_rows = 1'000'000;          ///< per sheet: number of the last filled row
    std::size_t max_columns = 512;             ///< per sheet: number of the last filled column
    std::size_t max_cell_bytes = 1U << 20;
    std::size_t max_row_bytes = 8U << 20;
    std::size_t max_sheets = 2'000;
    std::size_t max_text_bytes = 64U << 20; ///< texts shared by the sheets of an XLSX; all texts of an ODS
    std::size_t max_sheet_bytes = 1U << 30; ///< XLSX: one unpacked sheet, read as a stream
    ZipLimits zip{};                        ///< entries, unpacked bytes of the other parts, ratio of all
};

class TableReader {
public:
    virtual ~TableReader() = default;

    [[nodiscard]] virtual TableKind kind() const = 0;
    /// In the book's order; at least one.
    [[nodiscard]] virtual std::vector<TableSheet> const& sheets() const = 0;
    /// Starts reading a sheet at its first row; the first visible one is chosen from the start.
    /// Errors: import.no_such_sheet, and those of next().
    virtual Status choose(std::size_t sheet) = 0;
    /// The next row that holds something; false at the end. After an error the reader stands still until choose().
    /// Errors, each with its sheet and cell, or its line: import.too_many_rows, import.too_many_columns_at,
    /// import.cell_too_long_at, import.cell_too_long_line, import.row_too_long_line, import.unclosed_quote,
    /// import.damaged, import.bomb, import.dtd.
    virtual Result<bool> next(TableRow& row) = 0;
    /// Of the sheet read so far.
    [[nodiscard]] virtual std::vector<TableNote> const& notes() const = 0;
    /// Nothing but for a CSV.
    [[nodiscard]] virtual std::optional<CsvDialect> dialect() const { return std::nullopt; }
    /// An XLSX may count its days from 1 January 1904: also those no format shows as a date.
    [[nodiscard]] virtual bool counts_from_1904() const { return false; }
};

/// Errors: import.no_such_file, import.too_large, import.is_… and import.not_a_spreadsheet (what it really is),
/// import.encrypted, import.damaged, import.bomb, import.missing_part, import.too_many_sheets …
Result<std::unique_ptr<TableReader>> open_table(std::filesystem::path const& path, TableOptions const& options = {});
/// The same for a file held in memory, which the reader keeps.
Result<std::unique_ptr<TableReader>> open_table_bytes(std::string bytes, TableOptions const& options = {});
/// The same for an ODS that was read already.
std::unique_ptr<TableReader> table_of(Workbook book);
/// True for a spreadsheet or a text that open_table would try to read; looks at the first kilobytes.
bool may_be_table(std::string_view head);

} // namespace greffier::documents
