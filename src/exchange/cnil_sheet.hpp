#pragma once
// One record sheet of the CNIL layout.

#include "exchange/cnil_labels.hpp"

namespace greffier::exchange::cnil {

/// True when the sheet carries enough of a record's labels.
bool is_record_sheet(documents::Sheet const& sheet);
/// Adds the records of the sheet, and notes of what was not taken, to `out`.
void read_record_sheet(documents::Sheet const& sheet, CnilWorkbook& out);

} // namespace greffier::exchange::cnil
