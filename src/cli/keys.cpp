#include <ostream>

#include "app/lease.hpp"
#include "app/master_key.hpp"
#include "cli/commands.hpp"
#include "core/json_writer.hpp"
#include "records/key_rotation.hpp"

namespace greffier::cli {

namespace {

Result<int> rotate_organisation(Invocation& call, app::Application& application)
{
    auto const organisation = TRY(organisation_of(application, call.text("organisation")));
    auto const rotated = TRY(records::rotate_organisation_key(application.machinery, organisation.id, [&](std::int64_t done) {
        call.err << call.say("cli.keys.progress", {{"count", call.locale.number(done)}}) << "\n";
    }));
    if (call.json()) {
        JsonWriter out;
        out.begin_object().member("organisation", std::string_view{organisation.slug}).member("generation", rotated.generation).member("records", rotated.records);
        out.member("drafts", rotated.drafts).member("resumed", rotated.resumed).end_object();
        call.out << out.text() << "\n";
        return 0;
    }
    call.tell(rotated.resumed ? "cli.keys.resumed" : "cli.keys.rotated",
              {{"organisation", organisation.slug}, {"generation", std::to_string(rotated.generation)}, {"count", call.locale.number(rotated.records)}});
    return 0;
}

/// A server that runs holds the old key in memory: it would write what nobody opens.
Result<std::int64_t> rotate_alone(app::Application& application, app::MasterKeyPlace to, app::Environment const& environment)
{
    auto const ledger_key = SigningKey::from_seed(TRY(application.directory.ledger_key()));
    if (application.database->engine() == storage::Engine::Sqlite) {
        auto const lock = TRY(application.directory.lock_for_serving());
        return app::rotate_master_key(application.directory, *application.database, ledger_key, application.master, to, environment);
    }
    app::Lease lease(*application.database);
    if (!lease.hold(application.now())) return Error::conflict("already_served", {{"path", application.directory.path().string()}});
    auto done = app::rotate_master_key(application.directory, *application.database, ledger_key, application.master, to, environment);
    lease.give_up();
    return done;
}

Result<int> rotate_master(Invocation& call, app::Application& application)
{
    auto const to = call.has("to") ? *app::parse_master_key_place(call.text("to")) : app::master_key_place(application.directory);
    auto const count = TRY(rotate_alone(application, to, call.environment));
    if (call.json()) {
        JsonWriter out;
        out.begin_object().member("place", app::code_of(to)).member("keys", count).end_object();
        call.out << out.text() << "\n";
        return 0;
    }
    call.tell("cli.keys.master_rotated", {{"count", call.locale.number(count)}, {"place", call.say("cli.keys.place." + std::string{app::code_of(to)})}});
    return 0;
}

}  // namespace

Result<int> run_keys_rotate(Invocation& call)
{
    if (call.has("organisation") == call.has("master")) return Error::invalid("cli_keys_which");
    if (call.has("to") && !call.has("master")) return Error::invalid("cli_keys_which");
    auto application = TRY(call.open(app::OpenWish::Use::Write));
    return call.has("master") ? rotate_master(call, *application) : rotate_organisation(call, *application);
}

}  // namespace greffier::cli
