#include "cli/organisation_archive.hpp"
#include "core/json_writer.hpp"
#include "storage/belongings.hpp"

namespace greffier::cli {

Result<int> run_compact(Invocation& call)
{
    auto path = std::string{};
    {
        auto application = TRY(call.open(app::OpenWish::Use::Read));
        if (application->database->engine() != storage::Engine::Sqlite) return Error::conflict("compact_server");
        path = application->directory.database_file().string();
    }
    if (!storage::compact_file(path)) return Error::conflict("compact_busy", {{"path", path}});
    if (call.json()) {
        JsonWriter out;
        out.begin_object().member("path", path).end_object();
        call.out << out.text() << "\n";
    } else call.tell("cli.compact.done", {{"path", path}});
    return 0;
}

}  // namespace greffier::cli
