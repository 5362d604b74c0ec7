#pragma once
// Workbooks written row by row: what an export fills, as XLSX or as ODS. Sheets may be filled in turn.
// Text is text whatever it starts with: nothing put in a cell ever becomes a formula.

#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/time.hpp"

namespace greffier::documents {

/// Nothing, text, number, truth, day, or an instant as clocks show it in the organisation.
using TableValue = std::variant<std::monostate, std::string, double, bool, Date, LocalTime>;

struct TableColumn {
    std::string heading;
    double width_mm = 30;
    bool money = false; ///< numbers are euros, shown with two decimals
};

struct TableSheetLook {
    std::string name;                 ///< any text: made acceptable, see SheetNames
    std::vector<TableColumn> columns; ///< without headings when all are empty: a sheet of facts, its first column bold
    std::size_t frozen_columns = 0;
};

struct TableBookLook {
    std::string title;
    std::string language = "fr";
    Timestamp written{};              ///< stated in the properties of an XLSX
    /// What ends a text that a spreadsheet program would not take whole, such as " […]".
    std::string cut_mark = " […]";
    std::filesystem::path scratch{};  ///< for passing files; empty = the system's
};

/// Not thread-safe. Throws std::runtime_error when the disk refuses.
class TableWriter {
public:
    virtual ~TableWriter() = default;
    /// All sheets before the first row. Returns the number by which rows name it.
    virtual std::size_t add_sheet(TableSheetLook const& look) = 0;
    virtual void add_row(std::size_t sheet, std::span<TableValue const> cells) = 0;
    /// Cells whose text did not fit, as "Sheet!C12"; at most 20, then only counted.
    [[nodiscard]] virtual std::vector<std::string> const& cut_cells() const = 0;
    [[nodiscard]] virtual std::size_t cut_count() const = 0;
    /// The bytes of the file, piece by piece. Once, last.
    virtual void finish(std::function<void(std::string_view)> const& sink) = 0;
};

std::unique_ptr<TableWriter> make_xlsx_writer(TableBookLook look);
std::unique_ptr<TableWriter> make_ods_writer(TableBookLook look);

/// What one cell of an XLSX takes, counted as spreadsheets count (UTF-16).
constexpr std::size_t longest_xlsx_text = 32'767;

} // namespace greffier::documents
