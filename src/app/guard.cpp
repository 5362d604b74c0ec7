#include "app/guard.hpp"

#include <algorithm>
#include <array>

#include "accounts/confided.hpp"
#include "accounts/modules.hpp"
#include "app/navigation.hpp"
#include "core/crypto.hpp"
#include "core/text.hpp"
#include "web/address.hpp"
#include "web/cookie.hpp"
#include "web/csrf.hpp"
#include "web/target.hpp"

namespace greffier::app {

using accounts::Context;
using accounts::SignedIn;
using web::Permission;

namespace {

constexpr std::string_view visitor_cookie = "greffier_visitor";   ///< secret of the forms of those who are not signed in

bool is_api(web::Request const& request) { return request.path.starts_with("/api/"); }

bool is_safe(web::Method method) { return method == web::Method::Get || method == web::Method::Head || method == web::Method::Options; }

/// A visitor of a proxy on this machine that nobody declared comes from 127.0.0.1 too: what the proxy adds, or the name
/// asked for, tells them apart.
bool is_local(web::Request const& request)
{
    static constexpr std::array<std::string_view, 6> added{"forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via"};
    auto const relayed = [&](std::string_view name) { return request.headers.contains(name); };
    return web::is_loopback_address(request.remote_address) && std::ranges::none_of(added, relayed) && web::is_allowed_host(request.header("host"), {});
}

std::string_view bearer_of(web::Request const& request)
{
    auto const header = request.header("authorization");
    return header.starts_with("Bearer ") || header.starts_with("bearer ") ? std::string_view{header}.substr(7) : std::string_view{};
}

Error unauthorised()
{
    auto error = Error::forbidden("unauthorised");
    error.arguments["status"] = "401";
    return error;
}

/// A mail program that posts by itself to the address of "no more of these" (RFC 8058) has no cookie and no page of ours: what
/// lets it is the token in that address.
bool is_one_click(web::Request const& request, accounts::Route const& route)
{
    return route.path == "/mail/stop/{token}" && request.form.get("List-Unsubscribe") == "One-Click";
}

/// A provider that says that somebody signed out there: what lets it is the token it signed.
bool is_signed_by_provider(accounts::Route const& route) { return route.path == "/sign-in/with/{provider}/logout"; }

/// What may still be done in an archived organisation: open it again, take it away or remove it, take access back.
bool is_for_archived(std::string_view pattern)
{
    static constexpr std::array<std::string_view, 6> all{"/o/{organisation}/reopen", "/o/{organisation}/archive", "/o/{organisation}/remove", "/o/{organisation}/people/{id}/revoke",
                                                         "/o/{organisation}/tokens/{id}/revoke", "/api/v1/organisations/{organisation}/reopen"};
    return std::ranges::find(all, pattern) != all.end();
}

/// The state of the organisation, whatever one's role there: nothing is written in one that is archived, and what it does
/// without is not there.
Status check_organisation(web::Request const& request, accounts::Route const& route, accounts::OrganisationInfo const& organisation)
{
    auto const named = request.params.find("register");
    auto const kind = named == request.params.end() ? std::string_view{} : std::string_view{named->second};
    if (!accounts::keeps_address(organisation, route.path, kind)) return Error::not_found("module_off");
    if (organisation.archived && !is_safe(request.method) && route.path.find("{organisation}") != std::string::npos && !is_for_archived(route.path))
        return Error::conflict("organisation_archived");
    return Nothing{};
}

/// What stays open to who sees the product as somebody else: pages of records, and the way out. Nothing of people, rights, means of
/// sign-in or exports; whatever row is added to the routes is closed until it is named here.
bool opens_to_visit(web::Request const& request, accounts::Route const& route)
{
    static constexpr std::array<std::string_view, 3> acts{"/see-as/end", "/sign-out", "/preferences"};   // the last is the visitor's own language
    static constexpr std::array<std::string_view, 4> pages{"/", "/healthz", "/readyz", "/accessibility"};
    if (!is_safe(request.method)) return std::ranges::find(acts, route.path) != acts.end();
    if (std::ranges::find(pages, route.path) != pages.end()) return true;
    return route.permission == Permission::ReadRecords || route.permission == Permission::WriteRecords || route.permission == Permission::ShapeRecords;
}

/// The public pages of an organisation: whoever is signed in is a visitor there like another.
bool is_for_visitors(accounts::Route const& route) { return route.path.starts_with("/p/{organisation}"); }

/// Where to come back after signing in; only pages can be come back to.
std::string sign_in_address(web::Request const& request, bool had_session)
{
    auto const target = is_safe(request.method) ? request.target : std::string{};
    std::string address = "/sign-in";
    if (!target.empty() && target != "/") address += "?next=" + web::encode_component(target);
    if (had_session) address += address.find('?') == std::string::npos ? "?expired=yes" : "&expired=yes";
    return address;
}

}  // namespace

std::optional<Language> accepted_language(web::Request const& request)
{
    for (auto const& part : split(request.header("accept-language"), ','))
        if (auto language = parse_language(trim(part.substr(0, part.find(';'))))) return language;
    return std::nullopt;
}

bool Guard::may_monitor(web::Request const& request) const
{
    if (is_local(request)) return true;
    auto const token = application_.config.secret("metrics-token");
    auto const given = trim(bearer_of(request));
    // Hashed first: the comparison takes as long whatever their lengths.
    return !token.empty() && equal_constant_time(sha256(as_bytes(given)), sha256(as_bytes(token.reveal())));
}

Result<Guard::Passage> Guard::admit(web::Request const& request, accounts::Route const& route)
{
    if (route.permission == Permission::Loopback) {
        if (!is_local(request)) return Error::not_found();
        return stranger(request);
    }
    if (route.permission == Permission::Monitor) {
        if (may_monitor(request)) return stranger(request);
        return application_.config.text("metrics-token").empty() ? Error::not_found() : unauthorised();
    }
    if (is_for_visitors(route)) return admit_visitor(request);
    accounts_.memberships.end_due(application_.now());
    return is_api(request) ? admit_api(request, route) : admit_page(request, route);
}

Guard::Passage Guard::stranger(web::Request const& request)
{
    Passage passage;
    dress(passage, request, std::nullopt);
    return passage;
}

Guard::Passage Guard::refused(web::Request const& request)
{
    Passage passage;
    std::optional<SignedIn> signed_in;
    if (auto const token = web::find_cookie(request, accounts::session_cookie); token && !is_api(request) && !request.wants_json())
        signed_in = accounts_.sessions.authenticate(*token, application_.now());
    dress(passage, request, signed_in);
    if (signed_in && signed_in->sees_as_another)
        if (auto const visit = accounts_.see_as.under_way(signed_in->session_hash, application_.now())) show_seeing_as(passage, visit->visit);
    return passage;
}

Result<std::optional<accounts::OrganisationInfo>> Guard::organisation_of(web::Request const& request, Passage& passage)
{
    auto const slug = request.params.find("organisation");
    if (slug == request.params.end()) return std::optional<accounts::OrganisationInfo>{};
    auto found = accounts_.organisations.find(slug->second);
    if (!found) return Error::not_found();
    if (found->slug != slug->second) {
        // A former slug: the address moved, and says so to whoever still uses it.
        auto target = request.target;
        // Behind the fixed part of the address: the slug may be the beginning of a word that stands there.
        auto const fixed = std::string_view{is_api(request) ? "/api/v1/organisations/" : "/o/"};
        if (target.starts_with(fixed) && target.compare(fixed.size(), slug->second.size(), slug->second) == 0) target.replace(fixed.size(), slug->second.size(), found->slug);
        passage.answer = web::Response::redirect(target);
        passage.answer->status = is_safe(request.method) ? 301 : 308;
    }
    return found;
}

/// No session is looked at and no cookie given: what a form of these pages rests on is the signed word it carries
/// (reception/form_word.hpp). Which pages are open is the handler's to say, and until then a former slug leads nowhere.
Result<Guard::Passage> Guard::admit_visitor(web::Request const& request)
{
    Passage passage;
    auto& context = passage.context;
    context.organisation = accounts_.organisations.find(request.param("organisation"));
    if (!context.organisation || context.organisation->archived) return Error::not_found();
    if (!is_safe(request.method) && !web::is_same_origin(request)) return Error::forbidden("csrf");
    context.now = application_.now();
    context.request_id = request.id;
    auto const chosen = parse_language(request.query.get("lang", request.form.get("lang")));
    context.locale = Locale(chosen.value_or(context.organisation->language), context.organisation->zone);
    auto& frame = context.frame;
    frame.locale = context.locale;
    frame.path = request.target;
    frame.footer.push_back({context.locale.text("accessibility.link"), "/accessibility"});
    return passage;
}

Result<Guard::Passage> Guard::admit_page(web::Request const& request, accounts::Route const& route)
{
    Passage passage;
    auto const now = application_.now();
    auto const token = web::find_cookie(request, accounts::session_cookie);
    auto const signed_in = token ? accounts_.sessions.authenticate(*token, now) : std::nullopt;
    if (!signed_in && route.permission != Permission::Public) {
        if (request.wants_json()) return unauthorised();
        passage.answer = web::Response::redirect(sign_in_address(request, token.has_value()));
        return passage;
    }
    if (signed_in && signed_in->sees_as_another)
        if (auto visit = accounts_.see_as.under_way(signed_in->session_hash, now)) return admit_as(request, route, *signed_in, std::move(*visit));
    passage.context.organisation = TRY(organisation_of(request, passage));
    if (signed_in) {
        if (auto const& organisation = passage.context.organisation) {
            auto const membership = accounts_.memberships.of(signed_in->person.id, organisation->id);
            if (membership) passage.context.actor = accounts::make_actor(*membership);
            else if (!signed_in->installation_administrator) return Error::not_found();
        }
        if (!passage.context.actor) {
            passage.context.actor.emplace();
            passage.context.actor->person = signed_in->person.id;
            if (passage.context.organisation) passage.context.actor->organisation = passage.context.organisation->id;
        }
        passage.context.actor->installation_administrator = signed_in->installation_administrator;
    }
    accounts::hide_confided(passage.context);
    if (passage.answer) return passage;   // a redirect that only those who may see the organisation are told of
    dress(passage, request, signed_in);
    auto const visitor = web::find_cookie(request, visitor_cookie);
    auto const secret = signed_in ? signed_in->csrf_secret : (visitor ? Bytes(visitor->begin(), visitor->end()) : Bytes{});
    if (!is_safe(request.method) && !is_one_click(request, route) && !is_signed_by_provider(route)) (void)TRY(web::check_csrf(request, secret));
    if (route.permission != Permission::Public && !accounts::may(passage.context.who(), route.permission)) {
        // Whoever runs the installation reads no register by that alone: the door of an organisation leads them to its people.
        if (route.path != "/o/{organisation}" || !accounts::may(passage.context.who(), Permission::AdministerOrganisation)) return Error::forbidden();
        passage.answer = web::Response::redirect(passage.context.address("/people"));
        return passage;
    }
    if (passage.context.organisation) TRY(check_organisation(request, route, passage.context.where()));
    if (signed_in && passage.context.organisation && signed_in->last_organisation != passage.context.organisation->id)
        accounts_.sessions.remember_organisation(signed_in->session_hash, passage.context.organisation->id);
    return passage;
}

Result<Guard::Passage> Guard::admit_as(web::Request const& request, accounts::Route const& route, SignedIn const& signed_in, accounts::SeeAs::UnderWay under_way)
{
    Passage passage;
    auto const& visit = under_way.visit;
    if (!opens_to_visit(request, route)) return Error::forbidden("seeing_as");
    passage.context.organisation = TRY(organisation_of(request, passage));
    if (passage.context.organisation && passage.context.organisation->id != visit.organisation) return Error::not_found();
    passage.context.actor = std::move(under_way.actor);
    passage.context.seeing_as = accounts::SeeingAs{visit.visitor, visit.person_name, visit.until};
    // A visitor to the officer's eyes reads no more than their assistant.
    passage.context.actor->sight = accounts::Sight::of({{accounts::Role::DpoAssistant}, passage.context.actor->person, passage.context.actor->id, {}}).within(passage.context.actor->sight);
    passage.context.actor->by_token = true;   // like a token: the search of this organisation does not reach the person's others
    accounts::hide_confided(passage.context);
    if (route.path == "/") passage.answer = web::Response::redirect("/o/" + visit.organisation_slug);
    if (passage.answer) return passage;
    dress(passage, request, signed_in);
    show_seeing_as(passage, visit);
    if (!is_safe(request.method)) (void)TRY(web::check_csrf(request, signed_in.csrf_secret));
    if (route.permission != Permission::Public && !accounts::may(passage.context.who(), route.permission)) return Error::forbidden();
    if (passage.context.organisation) TRY(check_organisation(request, route, passage.context.where()));
    return passage;
}

void Guard::show_seeing_as(Passage& passage, accounts::SeeAsVisit const& visit)
{
    auto& context = passage.context;
    context.seeing_as = accounts::SeeingAs{visit.visitor, visit.person_name, visit.until};
    auto& frame = context.frame;
    frame.seeing_as = context.locale.text("see_as.banner", {{"name", visit.person_name}, {"time", context.locale.instant(visit.until)}});
    frame.many_organisations = false;   // the person's others are none of the visitor's business, nor is their bell
    frame.unread = 0;
}

Result<Guard::Passage> Guard::admit_api(web::Request const& request, accounts::Route const& route)
{
    Passage passage;
    std::optional<accounts::Tokens::Authenticated> caller;
    if (auto const token = bearer_of(request); !token.empty()) caller = accounts_.tokens.authenticate(trim(token), application_.now());
    if (!caller && route.permission != Permission::Public) return unauthorised();
    passage.context.organisation = TRY(organisation_of(request, passage));
    if (caller) {
        if (passage.context.organisation && passage.context.organisation->id != caller->actor.organisation) return Error::not_found();
        if (!passage.context.organisation) passage.context.organisation = accounts_.organisations.find(caller->actor.organisation);
        passage.context.actor = caller->actor;
    }
    accounts::hide_confided(passage.context);
    if (passage.answer) return passage;
    dress(passage, request, std::nullopt);
    if (route.permission != Permission::Public && !accounts::may(passage.context.who(), route.permission)) return Error::forbidden();
    if (passage.context.organisation) TRY(check_organisation(request, route, passage.context.where()));
    return passage;
}

void Guard::dress(Passage& passage, web::Request const& request, std::optional<SignedIn> const& signed_in)
{
    auto& context = passage.context;
    context.now = application_.now();
    context.request_id = request.id;
    auto language = signed_in ? signed_in->person.language : accounts::chosen_language(request);
    if (!language && context.organisation) language = context.organisation->language;
    if (!language) language = accepted_language(request);
    context.locale = Locale(language.value_or(Language::French), context.organisation ? context.organisation->zone : "Europe/Paris");

    auto& frame = context.frame;
    frame.locale = context.locale;
    frame.path = request.target;
    if (context.organisation && signed_in && !accounts::is_off(context.organisation->modules_off, "own_use")) frame.footer.push_back({context.locale.text("own.link"), context.address("/own-use")});
    frame.footer.push_back({context.locale.text("accessibility.link"), "/accessibility"});
    if (signed_in) {
        context.session_hash = signed_in->session_hash;
        context.last_organisation = signed_in->last_organisation;
        frame.theme = signed_in->person.theme;
        frame.person_name = signed_in->person.name;
        frame.person_email = signed_in->person.email_shown;
        frame.person_key = signed_in->person.id.text();
        frame.unread = signed_in->unread;
        frame.csrf = web::csrf_token(signed_in->csrf_secret);
        if (context.organisation) fill_navigation(frame, context, application_.registers, request.path);
        else if (signed_in->installation_administrator) fill_installation_navigation(frame, context.locale, request.path);
    } else if (!is_api(request)) {
        frame.theme = accounts::chosen_theme(request);
        auto secret = web::find_cookie(request, visitor_cookie).value_or("");
        if (secret.empty()) {
            secret = random_token();
            passage.cookies.push_back(web::set_cookie({std::string{visitor_cookie}, secret, std::nullopt, true, false}, request.secure));
        }
        frame.csrf = web::csrf_token(as_bytes(secret));
    }
    // The one place where an act says on the page it leads to what it did: a key of the catalogue, nothing else of the address.
    if (auto const done = request.query.find("done")) {
        auto const key = "done." + std::string{*done};
        if (auto words = context.locale.find(key)) frame.notice = web::Notice{web::Notice::Tone::Ok, std::move(*words)};
    }
}

}  // namespace greffier::app
