#pragma once
// Reads XLSX workbooks: their sheets as streams, one row at a time.

#include <memory>

#include "documents/table_reader.hpp"
#include "documents/zip_archive.hpp"

namespace greffier::documents {

/// `bytes` is what the archive reads from, when it reads from memory; the reader keeps both.
Result<std::unique_ptr<TableReader>> open_xlsx(std::unique_ptr<std::string> bytes, ZipReader zip, TableOptions const& options);

} // namespace greffier::documents
