#pragma once
// The rows of a sheet as records of a register, by a mapping. Reads row by row; what cannot be taken is a note with its
// cell, and never stops the others.

#include <memory>
#include <string>

#include "exchange/table_look.hpp"
#include "records/import_item.hpp"

namespace greffier::exchange {

struct TableSource {
    std::string name;      ///< of the file
    Hash hash{};           ///< of its bytes
};

/// `look` is that of the same reader with the same mapping. Errors: those of the reader, invalid (check_mapping),
/// import.too_many_records.
Result<records::ImportFile> import_table(records::Register const& kind, documents::TableReader& reader, TableLook const& look, TableMapping const& mapping, TableSource const& source);

/// Opens what is a CSV, an XLSX or an ODS, as the mapping says it is written. Errors: those of open_table, mapping.bad_encoding.
Result<std::unique_ptr<documents::TableReader>> open_mapped(std::string bytes, std::string const& name, TableMapping const& mapping);

} // namespace greffier::exchange
