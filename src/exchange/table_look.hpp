#pragma once
// A first look at a sheet: where its headings stand, what its columns hold, and the mapping worth proposing.

#include <string>
#include <vector>

#include "documents/table_reader.hpp"
#include "exchange/table_mapping.hpp"
#include "records/import_item.hpp"
#include "records/register.hpp"

namespace greffier::exchange {

struct LookColumn {
    std::string heading;                  ///< numbered when repeated, a letter when it has none
    std::size_t index = 0;                ///< in the sheet, from 0
    std::vector<std::string> samples;     ///< the first three cells that say something
    std::vector<std::string> distinct;    ///< different cells, at most 300
    std::size_t filled = 0, repeats = 0, blanks = 0;   ///< cells; those that say what the last filled one above says; empty ones below it
    std::size_t with_lines = 0, with_semicolons = 0, with_commas = 0;
    std::size_t day_first = 0, month_first = 0, either = 0;   ///< what dates show of their order
};

struct TableLook {
    documents::TableKind kind{};
    std::vector<documents::TableSheet> sheets;
    std::size_t sheet = 0;
    std::optional<documents::CsvDialect> dialect;
    bool from_1904 = false;               ///< how the book counts its days
    int header_row = -1;                  ///< row number as a spreadsheet shows it, -1 = none
    std::vector<LookColumn> columns;
    std::size_t rows = 0;                 ///< below the headings
    std::vector<records::ImportNote> notes;
};

/// Reads the sheet once; `wish` says what a person already decided (sheet, header row). Errors: those of the reader,
/// import.no_such_sheet, import.only_headings, import.nothing_in_it.
Result<TableLook> look_at_table(records::Register const& kind, documents::TableReader& reader, TableMapping const& wish);

/// A target for each heading that says one, with what the cells show of separators, dates and choices.
TableMapping propose_mapping(records::Register const& kind, TableLook const& look);
/// `saved` fitted to this file: its columns where the headings are there, the others as proposed.
TableMapping fit_mapping(records::Register const& kind, TableLook const& look, TableMapping const& saved);
/// The order of a column's dates.
std::string date_order_of(LookColumn const& column);
/// Words of a column that its choice does not know for certain, in the order of the file; at most 60.
struct OpenWord {
    std::string words;
    std::optional<std::string> code;      ///< understood, with words worth keeping; absent: nobody knows
};
std::vector<OpenWord> open_words(schema::FieldInfo const& leaf, LookColumn const& column, std::string_view separator);

/// Where a cell stands: "C12" in a CSV, "Feuille!C12" in a workbook.
std::string place_in(TableLook const& look, std::size_t row_number, std::size_t column);

constexpr std::size_t max_table_rows = 200'000;
constexpr std::size_t max_table_records = 20'000;

} // namespace greffier::exchange
