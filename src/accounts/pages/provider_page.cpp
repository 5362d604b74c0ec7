// Signing in through an OpenID Connect provider: the way there, the way back, proving anew who one is, and being signed out from there.
#include "accounts/pages/provider_page.hpp"

#include <algorithm>

#include "accounts/pages/second_step.hpp"
#include "core/log.hpp"
#include "core/text.hpp"
#include "web/cookie.hpp"

namespace greffier::accounts {

using web::Html;
using web::Request;
using web::Response;
using namespace web::literals;
using Purpose = Journey::Purpose;

namespace {

std::string account_of(std::string const& provider) { return "provider " + provider; }   // for the throttle

std::string back_address(AccountServices const& services, Request const& request, std::string const& provider)
{
    return absolute(services, request, "/sign-in/with/" + provider + "/back");
}

void forget_journey(Response& response, Request const& request) { response.header("Set-Cookie", web::clear_cookie(journey_cookie, request.secure)); }

/// For the operator, who alone can mend most of it; the person reads one sentence.
void tell_operator(std::string const& provider, Error const& error, std::string_view request_id)
{
    log(LogLevel::Warning, "provider", {{"provider", std::string_view{provider}}, {"problem", std::string_view{error.code}}, {"request", request_id}});
}

bool concerns_the_person(Error const& error) { return error.code.starts_with("way_") || error.code.starts_with("journey_") || error.code == "identity_taken"; }

/// What a person can do something about is told as it is; the rest is the provider's answer that did not come, or was not believed.
FieldError told(OidcClient const& client, Error const& error)
{
    Arguments arguments{{"provider", client.rules().label}};
    if (concerns_the_person(error)) return {"", error.code, arguments};
    return {"", error.code.starts_with("outbound_") || error.code.starts_with("provider_") ? "way_away" : "way_not_believed", arguments};
}

Response refused_sign_in(AccountServices& services, Context& context, Request const& request, OidcClient const& client, Error const& error, std::string const& next)
{
    services.journal.keep({.event = "sign_in_failed", .address = request.remote_address, .details = {{"by", client.rules().name}, {"reason", error.code}}}, context.now);
    if (!concerns_the_person(error)) tell_operator(client.rules().name, error, context.request_id);
    FormState form;
    form.values.add("next", next);
    form.errors.push_back(told(client, error));
    return sign_in_form(services, context, request, form, error.code.starts_with("outbound_") ? 503 : 422);
}

OidcRequest request_of(Journey const& journey, Context const& context)
{
    return {journey.redirect, journey.state, journey.nonce, journey.verifier, journey.purpose == Purpose::Again, std::string{code_of(context.locale.language())}, {}};
}

Result<Response> depart(AccountServices& services, Context& context, Request const& request, OidcClient& client, Purpose purpose, std::string const& next)
{
    auto journey = Journeys::begin(client.rules().name, purpose, back_address(services, request, client.rules().name), next, context.now);
    if (purpose != Purpose::SignIn) journey.session = context.session_hash;
    auto const address = TRY(client.authorization_address(request_of(journey, context), context.now));
    auto response = Response::redirect(address);
    response.header("Set-Cookie", web::set_cookie({.name = std::string(journey_cookie), .value = services.ways->journeys.cookie_of(journey), .max_age = Journeys::life}, request.secure));
    return response;
}

/// The journey that this answer ends: started by this browser, at this provider, and not over.
Result<Journey> journey_of(AccountServices& services, Context const& context, Request const& request, OidcClient const& client)
{
    auto const cookie = web::find_cookie(request, journey_cookie);
    auto const journey = cookie ? services.ways->journeys.read(*cookie, context.now) : std::nullopt;
    auto const state = request.query.get("state");
    if (!journey || journey->provider != client.rules().name || !equal_constant_time(as_bytes(state), as_bytes(journey->state))) return Error::conflict("journey_over");
    if (!services.ways->journeys.take(*journey, context.now)) return Error::conflict("journey_over");
    return *journey;
}

/// RFC 9207: an answer that another provider was made to give is not taken to this one.
Status is_from(OidcClient& client, Request const& request, Timestamp now)
{
    auto const said = request.query.find("iss");
    auto const metadata = TRY(client.metadata(now));
    if (said ? *said != client.settings().issuer : metadata.names_issuer) return Error::conflict("token_issuer");
    return Nothing{};
}

Result<Presented> presented_by(OidcClient& client, Context const& context, Request const& request, Journey const& journey)
{
    TRY(is_from(client, request, context.now));
    if (request.query.has("error")) return Error::conflict(request.query.get("error") == "access_denied" ? "way_cancelled" : "provider_refused");
    auto const code = request.query.get("code");
    if (code.empty() || code.size() > 4000) return Error::conflict("provider_answer");
    auto const since = journey.purpose == Purpose::Again ? std::optional{journey.begun} : std::nullopt;
    return client.redeem(code, request_of(journey, context), since, context.now);
}

void keep_changes(AccountServices& services, Context const& context, Request const& request, std::string const& way, Recognised const& who)
{
    auto const keep = [&](std::string event, std::optional<OrganisationId> organisation, std::map<std::string, std::string> details) {
        details.emplace("by", way);
        services.journal.keep({.event = std::move(event), .organisation = organisation, .person = who.person, .address = request.remote_address, .details = std::move(details)}, context.now);
    };
    if (who.created) keep("account_created", {}, {});
    if (who.linked) keep("identity_linked", {}, {});
    for (auto const& change : who.roles) {
        using What = MappingChange::What;
        keep(change.what == What::Given ? "role_mapped" : change.what == What::Withdrawn ? "role_unmapped" : "last_administrator_kept", change.organisation, {{"role", std::string{code_of(change.role)}}});
    }
}

Result<Response> finish_sign_in(AccountServices& services, Context& context, Request const& request, OidcClient& client, Journey const& journey, Presented const& presented)
{
    return let_in(services, context, request, client.rules(), presented, journey.next);
}

Result<Response> finish_again(AccountServices& services, Context& context, Journey const& journey, Presented const& presented)
{
    auto const known = services.ways->identities.find(presented.issuer, presented.subject);
    if (!known || !context.who().person || known->person != *context.who().person) return Error::forbidden("way_other_account");
    services.sessions.prove(context.session_hash, context.now);
    return Response::redirect(web::local_address(journey.next, "/account"));
}

Result<Response> finish_link(AccountServices& services, Context& context, Request const& request, OidcClient const& client, Presented const& presented)
{
    auto const person = *context.who().person;
    TRY(services.database.write([&](storage::Session& session) { return Identities::link_in(session, person, client.rules(), presented, context.now); }));
    services.journal.keep({.event = "identity_linked", .person = person, .address = request.remote_address, .details = {{"by", client.rules().name}}}, context.now);
    return Response::redirect("/account?done=identity_linked");
}

Result<Response> finish(AccountServices& services, Context& context, Request const& request, OidcClient& client, Journey const& journey)
{
    auto const account = account_of(client.rules().name);
    if (services.throttle.attempt(request.remote_address, account, context.now)) return Error::conflict("way_too_often");
    auto const presented = TRY(presented_by(client, context, request, journey));
    services.throttle.succeeded(request.remote_address, account, context.now);
    if (journey.purpose == Purpose::SignIn) return finish_sign_in(services, context, request, client, journey, presented);
    if (context.session_hash.empty() || journey.session != context.session_hash) return Error::conflict("journey_over");   // signed out meanwhile
    return journey.purpose == Purpose::Again ? finish_again(services, context, journey, presented) : finish_link(services, context, request, client, presented);
}

Result<OidcClient*> client_of(AccountServices& services, Request const& request)
{
    auto* client = services.ways ? services.ways->find(request.param("provider")) : nullptr;
    if (!client) return Error::not_found();
    return client;
}

/// Where the page that asks came from, when it was one of ours; after a slip, that is the page that asks itself.
std::string page_before(Request const& request)
{
    if (request.form.has("proof_password") || request.form.has("proof_code")) return "/account";
    std::string_view referer = request.header("referer");
    auto const scheme = referer.find("://");
    auto const slash = scheme == referer.npos ? referer.npos : referer.find('/', scheme + 3);
    return slash == referer.npos ? "/account" : web::local_address(referer.substr(slash), "/account");
}

}  // namespace

Result<Response> let_in(AccountServices& services, Context& context, Request const& request, WayRules const& rules, Presented const& presented, std::string const& next)
{
    auto const who = TRY(recognise(services.database, rules, presented, context.now));
    keep_changes(services, context, request, rules.name, who);
    auto const person = services.people.find(who.person);
    if (!person) return Error::forbidden("way_closed_account");
    auto const last = end_former(services, context, request, person->id);
    return go_on(services, context, request, *person, next, last, Telling::Alert, {rules.name, &presented, counts_as_second_factor(rules, presented)});
}

Answer sign_in_with(AccountServices& services, Context& context, Request const& request)
{
    auto* const client = TRY(client_of(services, request));
    auto const next = web::local_address(request.query.get("next"), "");
    auto sent = depart(services, context, request, *client, Purpose::SignIn, next);
    if (sent.ok()) return std::move(*sent);
    return refused_sign_in(services, context, request, *client, sent.error(), next);
}

Answer come_back(AccountServices& services, Context& context, Request const& request)
{
    auto* const client = TRY(client_of(services, request));
    auto const journey = journey_of(services, context, request, *client);
    auto finished = journey.ok() ? finish(services, context, request, *client, *journey) : Result<Response>{journey.error()};
    bool const signing_in = !journey.ok() || journey->purpose == Purpose::SignIn || context.session_hash.empty();
    auto response = [&]() -> Answer {
        if (finished.ok()) return std::move(*finished);
        if (signing_in) return refused_sign_in(services, context, request, *client, finished.error(), journey.ok() ? journey->next : "");
        if (!concerns_the_person(finished.error())) tell_operator(client->rules().name, finished.error(), context.request_id);
        auto const words = told(*client, finished.error());
        return refused_account(services, context, request, Error::conflict(words.code, words.arguments));
    }();
    if (response.ok()) forget_journey(*response, request);
    return response;
}

Answer prove_with(AccountServices& services, Context& context, Request const& request)
{
    auto* const client = TRY(client_of(services, request));
    auto sent = depart(services, context, request, *client, Purpose::Again, web::local_address(request.query.get("next"), "/account"));
    if (sent.ok()) return std::move(*sent);
    tell_operator(client->rules().name, sent.error(), context.request_id);
    return refused_account(services, context, request, Error::conflict("way_away", {{"provider", client->rules().label}}));
}

Answer link_with(AccountServices& services, Context& context, Request const& request)
{
    auto* const client = TRY(client_of(services, request));
    if (auto asked = ask_again(services, context, request)) return std::move(*asked);
    auto sent = depart(services, context, request, *client, Purpose::Link, "");
    if (!sent.ok()) {
        tell_operator(client->rules().name, sent.error(), context.request_id);
        return refused_account(services, context, request, Error::conflict("way_away", {{"provider", client->rules().label}}));
    }
    // A form may lead to this site alone (Content-Security-Policy): its answer is a page, and that page leads on.
    auto const address = std::string{sent->find_header("location")};
    auto page = leaving_page(context, context.locale.text("ways.link.title"), context.locale.text("ways.link.leaving", {{"provider", client->rules().label}}), address, client->rules().label);
    for (auto const& [name, value] : sent->headers)
        if (name == "Set-Cookie") page.header(name, value);
    return page;
}

namespace {

/// Whoever undid the last of their ways in would stand outside.
bool is_last_way(AccountServices& services, Person const& person)
{
    return services.ways->identities.of(person.id).size() == 1 && !(person.has_password && may_use_password(services, person.id)) && services.factors.of(person.id).passkeys == 0;
}

}  // namespace

Answer unlink(AccountServices& services, Context& context, Request const& request)
{
    auto const id = IdentityId::parse(request.param("identity"));
    if (!services.ways || !id) return Error::not_found();
    if (auto asked = ask_again(services, context, request)) return std::move(*asked);
    auto const person = services.people.find(*context.who().person);
    if (!person) return Error::not_found();
    if (is_last_way(services, *person)) return refused_account(services, context, request, Error::conflict("identity_last"));
    auto const undone = services.ways->identities.unlink(*context.who().person, *id, context.now);
    if (undone.ok()) return Response::redirect("/account?done=identity_unlinked");
    if (undone.error().kind == ErrorKind::NotFound) return undone.error();
    return refused_account(services, context, request, undone.error());
}

Answer signed_out_there(AccountServices& services, Context& context, Request const& request)
{
    auto* const client = TRY(client_of(services, request));
    auto const account = account_of(client->rules().name) + " logout";
    auto const refused = [&] {
        auto response = Response::json("{\"error\":\"invalid_request\"}", 400);
        response.header("Cache-Control", "no-store");
        return response;
    };
    if (services.throttle.attempt(request.remote_address, account, context.now)) return refused();
    auto const token = client->logout_token(request.form.get("logout_token"), context.now);
    if (!token.ok() || !services.ways->journeys.take_once("logout " + client->settings().issuer + " " + token->id, context.now + Journeys::life + oldest_token)) return refused();
    services.throttle.succeeded(request.remote_address, account, context.now);
    for (auto const& person : services.ways->end_sessions(client->settings().issuer, *token))
        services.journal.keep({.event = "session_ended", .person = person, .address = request.remote_address, .details = {{"by", client->rules().name}}}, context.now);
    auto response = Response::text("");
    response.header("Cache-Control", "no-store");
    return response;
}

Response leaving_page(Context& context, std::string title, std::string const& words, std::string const& address, std::string const& label)
{
    Html out;
    out << "<h1>"_h << title << "</h1><p class=\"g-lead mb-4\">"_h << words << "</p><p><a class=\"btn btn-primary\""_h;
    out.url("href"_h, address);
    out << ">"_h << context.locale.text("ways.go_on", {{"provider", label}}) << "</a></p>"_h;
    auto response = shown_alone(context, std::move(title), out, false, 200);
    response.header("Refresh", "0; url=" + address);
    return response;
}

void provider_buttons(Html& out, AccountServices const& services, Context const& context, std::string const& next)
{
    if (!services.ways || services.ways->providers().empty()) return;
    auto const& locale = context.locale;
    out << "<div class=\"g-ways\">"_h;
    for (auto const& client : services.ways->providers()) {
        out << "<a class=\"btn btn-primary\""_h;
        out.url("href"_h, "/sign-in/with/" + client->rules().name + (next.empty() ? "" : "?next=" + web::encode_component(next)));
        out << ">"_h << locale.text("ways.sign_in", {{"provider", client->rules().label}}) << "</a>"_h;
    }
    out << "</div><div class=\"g-or\">"_h << locale.text("factor.or") << "</div>\n"_h;
}

bool proof_links(Html& out, AccountServices& services, Context const& context, Request const& request, PersonId person)
{
    if (!services.ways) return false;
    auto const& locale = context.locale;
    bool any = false;
    for (auto const& identity : services.ways->identities.of(person)) {
        auto const* client = services.ways->find(identity.provider);
        if (!client) continue;
        out << "<p><a class=\"btn btn-outline\""_h;
        out.url("href"_h, "/account/proof/" + identity.provider + "?next=" + web::encode_component(page_before(request)));
        out << ">"_h << locale.text("ways.again", {{"provider", client->rules().label}}) << "</a></p>"_h;
        any = true;
    }
    if (any) out << "<p class=\"g-small g-muted\">"_h << locale.text("ways.again_hint") << "</p>"_h;
    return any;
}

void identity_section(Html& out, AccountServices& services, Context const& context)
{
    if (!services.ways) return;
    auto const held = services.ways->identities.of(*context.who().person);
    auto const& providers = services.ways->providers();
    if (held.empty() && providers.empty()) return;
    auto const& locale = context.locale;
    out << "<section class=\"g-section\" id=\"identities\" aria-labelledby=\"identities-t\"><h2 id=\"identities-t\">"_h << locale.text("ways.title") << "</h2><p>"_h << locale.text("ways.lead") << "</p>"_h;
    for (auto const& identity : held) {
        auto const label = services.ways->label_of(identity.provider);
        out << "<div class=\"g-setting\"><div><h3>"_h << label << "</h3><p>"_h << locale.text("ways.linked", {{"when", locale.instant(identity.created_at)}}) << "<br>"_h
            << locale.text("ways.used", {{"when", locale.instant(identity.used_at)}}) << "</p></div><div class=\"g-push\">"_h;
        button_form(out, context, "/account/identities/" + identity.id.text() + "/unlink", locale.text("ways.unlink"), label, true);
        out << "</div></div>\n"_h;
    }
    for (auto const& client : providers) {
        if (std::ranges::any_of(held, [&](auto const& identity) { return identity.provider == client->rules().name; })) continue;
        out << "<div class=\"g-setting\"><div><h3>"_h << client->rules().label << "</h3><p>"_h << locale.text("ways.not_linked") << "</p></div><div class=\"g-push\">"_h;
        button_form(out, context, "/account/identities/" + client->rules().name + "/link", locale.text("ways.link"), client->rules().label, false);
        out << "</div></div>\n"_h;
    }
    out << "</section>\n"_h;
}

}  // namespace greffier::accounts
