#pragma once
// Reads CSV as people have it: any usual separator and encoding, found by looking at the beginning.

#include <memory>
#include <string_view>

#include "documents/byte_source.hpp"
#include "documents/table_reader.hpp"

namespace greffier::documents {

/// Errors: those of the source.
Result<std::unique_ptr<TableReader>> open_csv(std::unique_ptr<ByteSource> source, TableOptions const& options);

/// The separator that divides the records of a sample most evenly; ';' when none does.
char guess_separator(std::string_view sample);

} // namespace greffier::documents
