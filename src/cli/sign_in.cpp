// Whoever sets a provider up wants to know now, and in words, what is wrong with it.
#include <algorithm>
#include <array>
#include <ostream>

#include "app/ways.hpp"
#include "cli/commands.hpp"
#include "cli/doctor_checks.hpp"
#include "core/json_writer.hpp"
#include "core/text.hpp"

namespace greffier::cli {

namespace {

using State = CheckResult::State;

struct Examination {
    Invocation& call;
    app::Application& application;
    Checks found;

    void note(State state, std::string const& way, std::string key, Arguments arguments = {})
    {
        arguments["way"] = way;
        found.push_back({state, way, "cli.sign_in." + std::move(key), std::move(arguments)});
    }
    void failed(std::string const& way, Error const& error)
    {
        // Conflicts of others are told in the words that the catalogue has for the operator.
        note(State::Failed, way, "problem", {{"reason", describe(error, call.locale)}});
    }
};

void check_roles(Examination& examination, accounts::WayRules const& rules)
{
    for (auto const& row : rules.roles) {
        auto const organisation = examination.application.organisations.find(row.organisation);
        if (!organisation) examination.note(State::Failed, rules.name, "no_organisation", {{"slug", row.organisation}});
    }
    if (!rules.roles.empty()) examination.note(State::Ok, rules.name, "roles", {{"count", std::to_string(rules.roles.size())}});
}

bool has(std::vector<std::string> const& all, std::string_view wanted) { return std::ranges::find(all, wanted) != all.end(); }

void check_metadata(Examination& examination, accounts::OidcClient const& client, accounts::OidcMetadata const& metadata)
{
    auto const& name = client.rules().name;
    examination.note(State::Ok, name, "described", {{"issuer", client.settings().issuer}});
    if (!metadata.algorithms.empty() && std::ranges::none_of(metadata.algorithms, [](auto const& each) { return accounts::is_known_algorithm(each); }))
        examination.note(State::Failed, name, "no_algorithm", {{"algorithms", join(metadata.algorithms, ", ")}});
    if (!metadata.challenges.empty() && !has(metadata.challenges, "S256")) examination.note(State::Warning, name, "no_pkce");
    auto const proof = client.settings().proof == accounts::OidcSettings::ClientProof::Basic ? "client_secret_basic" : "client_secret_post";
    if (!metadata.proofs.empty() && !has(metadata.proofs, proof)) examination.note(State::Failed, name, "other_proof", {{"proof", proof}, {"proofs", join(metadata.proofs, ", ")}});
    if (metadata.end_session.empty() && client.settings().signs_out_there) examination.note(State::Warning, name, "no_end_session");
}

void check_provider(Examination& examination, accounts::OidcClient& client)
{
    auto const& name = client.rules().name;
    auto const now = SystemClock{}.now();
    auto const url = examination.call.settings.text("public-url");
    if (url.empty()) examination.note(State::Warning, name, "no_public_url");
    auto const redirect = (url.empty() ? "https://…" : url) + "/sign-in/with/" + name + "/back";
    examination.note(State::Ok, name, "redirect", {{"address", redirect}});
    check_roles(examination, client.rules());
    auto const metadata = client.metadata(now);
    if (!metadata.ok()) return examination.failed(name, metadata.error());
    check_metadata(examination, client, *metadata);
    auto const keys = client.fetch_keys(now);
    if (!keys.ok()) return examination.failed(name, keys.error());
    if (*keys == 0) examination.note(State::Failed, name, "no_keys");
    else examination.note(State::Ok, name, "keys", {{"count", std::to_string(*keys)}});
    auto const known = client.try_client(redirect, now);
    if (known.ok()) examination.note(State::Ok, name, "client");
    else examination.failed(name, known.error());
}

void check_directory(Examination& examination, accounts::LdapWay& way)
{
    check_roles(examination, way.rules());
    auto const fine = way.check();
    if (fine.ok()) examination.note(State::Ok, way.rules().name, "directory", {{"url", way.settings().server.url}, {"base", way.settings().base}});
    else examination.failed(way.rules().name, fine.error());
}

void write_json(Invocation& call, Checks const& found, std::int64_t failed)
{
    JsonWriter out;
    out.begin_object().member("state", failed > 0 ? "failed" : "ok").key("items").begin_array();
    for (auto const& result : found)
        out.begin_object().member("way", result.check).member("state", code_of(result.state)).member("code", result.key.substr(std::string_view{"cli.sign_in."}.size())).member("message", call.say(result.key, result.arguments)).end_object();
    out.end_array().end_object();
    call.out << out.text() << "\n";
}

}  // namespace

Result<int> run_sign_in_check(Invocation& call)
{
    auto parts = TRY(app::sign_in_ways_of(call.settings));
    auto const wanted = call.text("name");
    if (call.settings.ways().empty()) return Error::invalid("way_none");
    if (!wanted.empty() && std::ranges::none_of(call.settings.ways(), [&](auto const& way) { return way.name == wanted; })) return Error::not_found("way_unknown", {{"way", shorten(wanted, 40)}});
    auto const application = TRY(call.open(app::OpenWish::Use::Read));
    Examination examination{call, *application, {}};
    for (auto const& settings : parts.providers) {
        if (!wanted.empty() && settings.rules.name != wanted) continue;
        accounts::OidcClient client(settings, *parts.outbound);
        check_provider(examination, client);
    }
    for (auto const& settings : parts.directories) {
        if (!wanted.empty() && settings.rules.name != wanted) continue;
        accounts::LdapWay way(settings);
        check_directory(examination, way);
    }
    auto const failed = std::ranges::count(examination.found, State::Failed, &CheckResult::state);
    if (call.json()) {
        write_json(call, examination.found, failed);
        return failed > 0 ? 1 : 0;
    }
    for (auto const& result : examination.found) call.out << call.say("cli.doctor.state." + std::string{code_of(result.state)}) << "  " << result.check << "  " << call.say(result.key, result.arguments) << "\n";
    return failed > 0 ? 1 : 0;
}

}  // namespace greffier::cli
