#pragma once
// An export as a download: written to a nameless file first, so that memory does not grow with the register and an
// error is still an error page.

#include "records/exporting.hpp"
#include "web/message.hpp"

namespace greffier::exchange {

/// Passing files stand in job.scratch. Errors: those of the export.
Result<web::Response> export_download(records::ExportFormat const& format, records::ExportJob const& job);

} // namespace greffier::exchange
