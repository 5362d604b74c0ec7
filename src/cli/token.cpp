#include <ostream>

#include "cli/commands.hpp"
#include "cli/table.hpp"
#include "core/json_writer.hpp"

namespace greffier::cli {

namespace {

using Use = app::OpenWish::Use;

void write_token(JsonWriter& out, accounts::TokenInfo const& token)
{
    auto instant = [&](std::string_view name, std::optional<Timestamp> const& value) {
        if (value) out.member(name, to_text(*value));
        else out.null_member(name);
    };
    out.member("id", token.id.text()).member("name", token.name).member("role", code_of(token.role));
    instant("created_at", token.created_at);
    instant("expires_at", token.expires_at);
    instant("revoked_at", token.revoked_at);
    instant("last_used_at", token.last_used_at);
}

}  // namespace

Result<int> run_token_add(Invocation& call)
{
    auto application = TRY(call.open(Use::Write));
    auto const organisation = TRY(organisation_of(*application, call.text("organisation")));
    auto const days = TRY(call.number("days", 1, 3650)).value_or(365);
    accounts::NewToken wanted;
    wanted.organisation = organisation.id;
    wanted.role = *accounts::parse_role(call.text("role"));
    wanted.name = call.has("name") ? call.text("name") : call.say("cli.token.default_name");
    wanted.expires_at = application->now() + std::chrono::hours{24 * days};
    if (call.has("user")) {
        auto const person = application->people.find(call.text("user"));
        if (!person) return Error::not_found("cli_unknown_person", {{"email", shorten(call.text("user"), 80)}});
        wanted.person = person->id;
    }
    auto const added = TRY(application->tokens.add(std::move(wanted), application->now()));
    if (call.json()) {
        JsonWriter out;
        out.begin_object().member("token", added.plain);
        write_token(out, added.info);
        out.end_object();
        call.out << out.text() << "\n";
    } else {
        call.out << added.plain << "\n";   // alone, so that a script can keep it
    }
    return 0;
}

Result<int> run_token_list(Invocation& call)
{
    auto application = TRY(call.open(Use::Read));
    auto const organisation = TRY(organisation_of(*application, call.text("organisation")));
    auto const tokens = application->tokens.list(organisation.id);
    if (call.json()) {
        JsonWriter out;
        out.begin_object().key("items").begin_array();
        for (auto const& token : tokens) {
            out.begin_object();
            write_token(out, token);
            out.end_object();
        }
        out.end_array().member("page", 1).member("per_page", tokens.size()).member("total", tokens.size()).end_object();
        call.out << out.text() << "\n";
        return 0;
    }
    std::vector<std::vector<std::string>> rows;
    auto day = [&](Timestamp instant) { return call.locale.short_date(local_date(instant, organisation.zone)); };
    for (auto const& token : tokens) {
        auto const state = token.revoked_at ? "cli.state.revoked" : token.expires_at <= application->now() ? "cli.state.expired" : "cli.state.active";
        rows.push_back({token.id.text(), token.name, call.say("role." + std::string{code_of(token.role)}), call.say(state), day(token.expires_at),
                        token.last_used_at ? day(*token.last_used_at) : call.say("cli.none")});
    }
    print_table(call.out, {call.say("cli.column.id"), call.say("cli.column.name"), call.say("cli.column.role"), call.say("cli.column.state"),
                           call.say("cli.column.expires"), call.say("cli.column.used")}, rows);
    return 0;
}

Result<int> run_token_revoke(Invocation& call)
{
    auto application = TRY(call.open(Use::Write));
    auto const organisation = TRY(organisation_of(*application, call.text("organisation")));
    auto const id = accounts::TokenId::parse(call.text("id"));
    if (!id) return Error::not_found("cli_unknown_token", {{"id", shorten(call.text("id"), 60)}});
    auto const revoked = application->tokens.revoke(organisation.id, *id, application->now());
    if (!revoked.ok() && revoked.error().kind == ErrorKind::NotFound) return Error::not_found("cli_unknown_token", {{"id", id->text()}});
    TRY(Status{revoked});
    if (call.json()) call.out << JsonWriter{}.begin_object().member("id", id->text()).member("revoked", true).end_object().text() << "\n";
    else call.tell("cli.token.revoked", {{"id", id->text()}});
    return 0;
}

}  // namespace greffier::cli
