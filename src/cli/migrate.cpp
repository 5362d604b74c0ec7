#include <ostream>

#include "cli/commands.hpp"
#include "core/json_writer.hpp"

namespace greffier::cli {

Result<int> run_migrate(Invocation& call)
{
    auto application = TRY(call.open(app::OpenWish::Use::Write));   // opening for writing raises the database
    auto const version = application->database->version();
    if (call.json()) {
        JsonWriter out;
        out.begin_object().member("data", application->directory.path().string()).member("database_version", version).end_object();
        call.out << out.text() << "\n";
        return 0;
    }
    call.tell("cli.migrate.done", {{"path", application->directory.path().string()}, {"version", std::to_string(version)}});
    return 0;
}

}  // namespace greffier::cli
