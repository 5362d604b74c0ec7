#pragma once
// A register as one page that needs nothing else: opened from a disk, read, searched, printed on A4.

#include "records/exporting.hpp"

namespace greffier::exchange {

Status write_html(records::ExportJob const& job, records::Sink const& sink);

} // namespace greffier::exchange
