#include <ostream>

#include "app/move.hpp"
#include "cli/commands.hpp"
#include "core/json_writer.hpp"

namespace greffier::cli {

namespace {

Result<int> move(Invocation& call, app::Application& application, std::string const& target)
{
    auto const progress = [&](std::string const& table, std::int64_t rows) {
        if (rows > 0) call.err << call.say("cli.migrate.progress", {{"table", table}, {"rows", call.locale.number(rows)}}) << "\n";
    };
    auto const moved = TRY(app::move_to(application, target, progress));
    std::int64_t rows = 0;
    for (auto const& table : moved.tables) rows += table.rows;
    if (call.json()) {
        JsonWriter out;
        out.begin_object().member("to", app::without_password(target)).member("rows", rows).member("histories", moved.histories).key("tables").begin_array();
        for (auto const& table : moved.tables)
            out.begin_object().member("name", table.name).member("rows", table.rows).member("digest", to_hex(table.digest)).end_object();
        out.end_array().end_object();
        call.out << out.text() << "\n";
        return 0;
    }
    call.tell("cli.migrate.moved", {{"rows", call.locale.number(rows)}, {"tables", call.locale.number(static_cast<std::int64_t>(moved.tables.size()))},
                                    {"histories", call.locale.number(moved.histories)}, {"to", app::without_password(target)}});
    return 0;
}

}  // namespace

Result<int> run_migrate(Invocation& call)
{
    auto application = TRY(call.open(app::OpenWish::Use::Write));   // opening for writing raises the database
    if (call.has("to")) return move(call, *application, call.text("to"));
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
