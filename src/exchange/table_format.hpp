#pragma once
// A spreadsheet file from its bytes to what the import takes: detection, mapping, records, in one place for pages,
// command and API.

#include <memory>
#include <string>

#include "documents/workbook.hpp"
#include "exchange/table_import.hpp"

namespace greffier::exchange {

struct TableWish {
    std::string source;                       ///< the file's name
    std::optional<TableMapping> mapping{};    ///< saved or sent; absent = as proposed
};

/// What a file looks like and how it would be mapped. `mapping` is fitted to the file's headings.
struct TableProposal {
    TableLook look;
    TableMapping mapping;
    std::vector<records::ImportNote> missing{};    ///< columns the wish speaks of and the file has not
};
Result<TableProposal> propose_for(records::Register const& kind, std::string_view bytes, TableWish const& wish);

/// Reads the whole of it; `book`, when those bytes are an ODS that was read to recognise them.
Result<records::ImportFile> read_table_file(records::Register const& kind, std::string_view bytes, TableWish const& wish, std::optional<documents::Workbook> book = {});

/// Columns of the best sheet whose heading says a field: how much a workbook of no known layout looks like a register.
int recognised_columns(records::Register const& kind, documents::Workbook book);

/// {"file":…, "format":…, "sheets":[…], "header_row":…, "rows":…, "columns":[{"heading", "samples"}], "mapping":{…}, "notes":[…]}
std::string to_json(TableProposal const& proposal, std::string const& source);

} // namespace greffier::exchange
