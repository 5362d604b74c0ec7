#include "exchange/export_download.hpp"

#include <memory>

#include "documents/scratch_file.hpp"

namespace greffier::exchange {

Result<web::Response> export_download(records::ExportFormat const& format, records::ExportJob const& job)
{
    // Shared: a std::function must be copyable, the file is not; the last copy closes it.
    auto const file = std::make_shared<documents::ScratchFile>(job.scratch);
    TRY(format.write(job, [&](std::string_view piece) { file->write(piece); }));
    auto response = web::Response::download(records::export_file_name(format, job), std::string(format.content_type), {});
    response.stream = [file] { return file->read(); };
    return response;
}

} // namespace greffier::exchange
