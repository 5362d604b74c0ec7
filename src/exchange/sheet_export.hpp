#pragma once
// Any register as a workbook: a sheet of facts, a sheet with one line per record, a sheet per field of owned rows.
// The headings are the declaration's own labels, so that an import recognises them.

#include <string>
#include <vector>

#include "records/exporting.hpp"

namespace greffier::exchange {

Status write_xlsx(records::ExportJob const& job, records::Sink const& sink);
Status write_ods(records::ExportJob const& job, records::Sink const& sink);

/// A column of the sheet of records. `part` is that of a field with parts, -1 for the others.
struct RecordColumn {
    std::size_t field = 0;
    int part = -1;
    std::string heading;
};
/// What the sheet of records holds beside reference and status: every field but owned rows, parts apart.
std::vector<RecordColumn> record_columns(schema::SchemaInfo const& info, Locale const& locale);

} // namespace greffier::exchange
