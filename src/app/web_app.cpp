#include "app/web_app.hpp"

#include <algorithm>
#include <charconv>
#include <exception>
#include <system_error>

#include "accounts/pages/form.hpp"
#include "app/archives.hpp"
#include "app/failure_page.hpp"
#include "app/guard.hpp"
#include "app/look.hpp"
#include "app/own_use.hpp"
#include "app/traced.hpp"
#include "compliance/linter.hpp"
#include "core/json_writer.hpp"
#include "core/log.hpp"
#include "core/text.hpp"
#include "exchange/directory_page.hpp"
#include "exchange/formats.hpp"
#include "exchange/pages.hpp"
#include "records/api.hpp"
#include "records/exporting.hpp"
#include "records/hand_over.hpp"
#include "records/notifications.hpp"
#include "records/pages/attachments_page.hpp"
#include "overview/pages.hpp"
#include "overview/portfolio.hpp"
#include "reception/pages.hpp"
#include "records/pages/pages.hpp"
#include "records/vault.hpp"
#include "registers/access_request/pages.hpp"
#include "registers/account/pages.hpp"
#include "registers/action/plan_page.hpp"
#include "registers/breach/pages.hpp"
#include "registers/archival/panel.hpp"
#include "registers/consent/check_page.hpp"
#include "registers/consent/when_page.hpp"
#include "registers/contract/annex_page.hpp"
#include "registers/contract/checklist_page.hpp"
#include "registers/policy/panel.hpp"
#include "registers/undertaking/panel.hpp"
#include "registers/measure/pages.hpp"
#include "registers/profile/designation_page.hpp"
#include "registers/responsibility/pages.hpp"
#include "registers/training/pages.hpp"
#include "registers/declaration/check_page.hpp"
#include "registers/process/model_page.hpp"
#include "registers/retention/certificate_page.hpp"
#include "registers/evidence/map_page.hpp"
#include "storage/no_room.hpp"
#include "web/problem.hpp"
#include "web/router.hpp"
#include "web/static_files.hpp"

namespace greffier::app {

using accounts::Context;
using accounts::Route;
using web::Method;
using web::Permission;
using web::Request;
using web::Response;

struct WebApp::Impl {
    Application& application;
    std::function<void()> on_clock;
    accounts::AccountServices accounts;
    records::Vault& vault;
    records::PageServices pages;
    overview::OverviewServices overview;
    records::ApiServices api;
    exchange::ExchangeServices exchange;
    archive::ArchiveServices archives;
    overview::ComplianceFileServices compliance_files;
    founding::FoundingServices foundings;
    reception::ReceptionServices reception;
    Guard guard;
    Monitoring monitoring;
    std::vector<Route> routes;
    web::Matcher matcher;
    std::vector<Traced const*> traced;          ///< by the index of its route

    Impl(Application& app, std::string public_url, std::function<void()> clock_moved)
        : application(app), on_clock(std::move(clock_moved)),
          accounts{*app.database, app.organisations, app.people, app.memberships, app.sessions, app.throttle, app.links, app.tokens, app.journal, app.factors, app.see_as, std::move(public_url),
                   [this](accounts::Actor const& actor, std::vector<OrganisationId> const& only, Timestamp today) { return overview::Portfolio(*application.database, actor).standings(only, today); }, &app.correspondence, tell_of_reset, belongings(app), [this](OrganisationId organisation) { return services_of(organisation); }},
          vault(app.vault),
          pages{app.machinery, [this](OrganisationId organisation, Uuid actor, Locale const& locale) { return actor_name(organisation, actor, locale); }, [](records::Register const& kind) { return export_formats(kind); }, &app.recent},
          overview{app.machinery, pages.actor_name, &app.recent, &app.vault, &app.outbox}, api{app.machinery, vault, app.organisations}, exchange{app.machinery, app.directory.temporary() / "imports"}, archives(archive_services(app)), compliance_files(compliance_file_services(app, archives)), foundings(founding_services(app)), reception{accounts, app.machinery, app.vault, reception::FormWords(app.own_keys.of("public forms")), app.own_keys.of("delivery codes")}, guard(app, accounts), monitoring(app), routes(wired()), matcher(patterns(routes)), traced(traced_by_route(routes))
    {
    }

    /// Whoever hands work over wakes the runner, if one lives in this process.
    std::vector<Route> wired()
    {
        pages.wake_jobs = api.wake_jobs = [this] {
            if (application.wake_jobs) application.wake_jobs();
        };
        accounts.ways = application.ways.get();
        overview.absolute = [this](Request const& request, std::string_view path) { return accounts::absolute(accounts, request, path); };
        archives.accounts = foundings.accounts = api.accounts = &accounts;
        accounts.judge_again = [this](OrganisationId organisation, Timestamp now) {
            if (auto const town = application.organisations.find(organisation)) records::examine_all(application.machinery, organisation, now, town->zone);
        };
        return all_routes();
    }

    /// By name, as the profile has them.
    std::vector<std::string> services_of(OrganisationId organisation)
    {
        std::vector<std::string> names;
        auto const* kind = application.registers.find("profile");
        auto const profile = records::profile_of(application.records(organisation), {});
        auto const* field = kind ? kind->schema->find("services") : nullptr;
        if (!profile || !field || !field->rows) return names;
        if (auto const* rows = std::get_if<schema::Rows>(&schema::get(*kind->schema, *profile, "services")))
            for (auto const& row : *rows)
                if (auto const& name = schema::text_of(*field->rows, row, "name"); !name.empty()) names.push_back(name);
        return names;
    }

    static void tell_of_reset(storage::Session& session, PersonId person, OrganisationId organisation, Uuid actor, Timestamp now)
    {
        records::notify(session, {person, organisation, records::NotificationKind::FactorReset, actor, now});
    }

    static accounts::BelongingsOf belongings(Application& app)
    {
        return {[&app](OrganisationId organisation, accounts::Person const& person, Uuid actor) { return records::belongings_of(app.machinery, organisation, person, actor); },
                [&app](storage::Session& session, accounts::HandOver const& handing) { return records::hand_over(app.machinery, session, handing); }};
    }

    static std::vector<std::string> export_formats(records::Register const& kind)
    {
        std::vector<std::string> names;
        for (auto const& format : exchange::export_formats())
            if (exchange::find_export(format.name, kind)) names.emplace_back(format.name);
        return names;
    }

    std::string actor_name(OrganisationId organisation, Uuid actor, Locale const& locale)
    {
        return name_of_actor(application, organisation, actor, locale);
    }

    static std::vector<std::pair<Method, std::string>> patterns(std::vector<Route> const& routes)
    {
        std::vector<std::pair<Method, std::string>> all;
        for (auto const& route : routes) all.emplace_back(route.method, route.path);
        return all;
    }

    /// THE list of routes, by the part of the house they belong to.
    std::vector<Route> all_routes()
    {
        std::vector<Route> all = {
            {Method::Get, "/", Permission::Public, [this](Context& context, Request const& request) { return home(context, request); }},
            {Method::Get, "/healthz", Permission::Public, [](Context&, Request const&) -> Result<Response> { return Response::text("ok\n"); }},
            {Method::Get, "/readyz", Permission::Public, [this](Context&, Request const& request) -> Result<Response> { return ready(request); }},
            {Method::Get, "/metrics", Permission::Monitor, [this](Context&, Request const&) -> Result<Response> {
                 auto answer = Response::text(monitoring.metrics());
                 answer.header("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
                 return answer;
             }},
        };
        if (application.test_clock)
            all.push_back({Method::Post, "/test/clock", Permission::Loopback, [this](Context&, Request const& request) { return move_clock(request); }});
        for (auto rows : {accounts::account_routes(accounts), records::page_routes(pages), records::attachment_page_routes(pages, vault), overview::overview_routes(overview), breach::breach_routes(pages),
                          contract::checklist_routes(application.machinery), contract::annex_routes(application.machinery), consent::when_routes(), undertaking::paper_routes(application.machinery), policy::reading_routes(application.machinery),
                          archival::certificate_routes(application.machinery), measure::measure_routes(pages), responsibility::responsibility_routes(pages), profile::designation_routes(application.machinery), training::training_routes(pages),
                          retention::certificate_routes(application.machinery), account::account_routes(application.machinery), access_request::access_request_routes(application.machinery),
                          process::process_model_routes(application.machinery), declaration::declaration_check_routes(application.machinery), action::plan_routes(pages), evidence::map_routes(pages),
                          consent::check_routes(application.machinery), exchange::directory_routes(application.machinery, *application.ways), exchange::exchange_routes(exchange),
                          archive::archive_routes(archives), overview::compliance_file_routes(compliance_files), founding::founding_routes(foundings), look_routes(application),
                          reception::reception_routes(reception), records::api_routes(api), own_use_routes(application)})
            all.insert(all.end(), rows.begin(), rows.end());
        all.push_back(records::description_route(application.registers, all));
        return all;
    }

    /// Anyone may know whether to send people here; what is wrong is for those who can mend it.
    Response ready(Request const& request)
    {
        auto const checks = monitoring.readiness();
        bool const all = std::ranges::all_of(checks, &ReadyCheck::ok);
        auto const status = all ? 200 : 503;
        if (!guard.may_monitor(request)) return Response::text(all ? "ready\n" : "not ready\n", status);
        JsonWriter out;
        out.begin_object().member("ready", all).key("checks").begin_array();
        for (auto const& check : checks) {
            out.begin_object().member("name", check.name).member("ok", check.ok);
            if (check.reason.empty()) out.null_member("reason");
            else out.member("reason", check.reason);
            out.end_object();
        }
        out.end_array().end_object();
        return Response::json(out.text(), status);
    }

    Result<Response> home(Context& context, Request const&)
    {
        if (!context.actor || !context.actor->person) return Response::redirect("/sign-in");
        return Response::redirect(accounts::home_address(accounts, *context.actor->person, context.last_organisation));
    }

    /// {"now": RFC 3339} or {"advance_seconds": n} as a form or a query: the clock of a directory made for tests.
    Result<Response> move_clock(Request const& request)
    {
        auto const& given = request.form.empty() ? request.query : request.form;
        if (auto const now = given.find("now")) {
            auto const instant = parse_timestamp(*now);
            if (!instant) return Error{ErrorKind::Invalid, "invalid", {}, {{"now", "not_a_date", {}}}};
            application.test_clock->set(*instant);
        } else {
            std::int64_t seconds = 0;
            auto const text = given.get("advance_seconds");
            if (auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds); error != std::errc{} || end != text.data() + text.size())
                return Error{ErrorKind::Invalid, "invalid", {}, {{"advance_seconds", "not_a_number", {}}}};
            application.test_clock->advance(std::chrono::seconds(seconds));
        }
        if (on_clock) on_clock();
        return Response::json("{\"now\":\"" + to_text(application.now()) + "\"}");
    }

    /// The parts of an address by their name in words: nobody typed "at".
    static Error in_words(Error error, Locale const& locale)
    {
        for (auto& field : error.fields)
            if (auto name = locale.find("parameter." + field.field)) field.field = *name;
        return error;
    }

    Response error_page(Context const& context, Request const& request, Error const& error, int status)
    {
        if (request.wants_json()) return web::problem(error, context.locale, status);
        auto frame = context.frame;
        // A page that waited too long is not one that a role would open.
        auto const words = error.code == "csrf" ? std::string{"expired"} : std::to_string(status);
        frame.title = context.locale.find("error_page." + words + ".title").value_or(context.locale.text("error_page.other.title"));
        auto const body = web::error_body(context.locale, status, describe(in_words(error, context.locale), context.locale), request.id, words);
        bool const inside = frame.organisation || !frame.person_name.empty();
        auto response = Response::html(inside ? web::page(frame, body) : web::bare_page(frame, body), status);
        if (auto const wait = error.arguments.find("retry_after"); wait != error.arguments.end()) response.header("Retry-After", wait->second);
        return response;
    }

    static int status_of(Error const& error)
    {
        auto const named = error.arguments.find("status");
        if (named != error.arguments.end() && named->second.size() == 3 && named->second[0] >= '4' && named->second[0] <= '5')
            return (named->second[0] - '0') * 100 + (named->second[1] - '0') * 10 + (named->second[2] - '0');
        return web::status_of(error.kind);
    }

    /// Somebody who is known, at a door their roles do not open: in the journal. Strangers meet a sign-in page or a 404 instead.
    void note_refusal(Context const& context, Request const& request)
    {
        auto const person = PersonId::parse(context.frame.person_key);
        if (!person) return;
        accounts::JournalNote note{.event = "refused", .person = person, .subject = shorten(request.path, 200), .address = request.remote_address};
        if (auto const slug = request.params.find("organisation"); slug != request.params.end())
            if (auto const organisation = accounts.organisations.find(slug->second)) note.organisation = organisation->id;
        application.journal.keep(std::move(note), context.now);
    }

    /// Any address that names a record, whatever it shows of it: a route to come is noted like those there are.
    bool reads_restricted(Context const& context, Request const& request)
    {
        if (!context.actor || !context.organisation || !context.actor->keeps_restricted || (request.method != Method::Get && request.method != Method::Head)) return false;
        auto const id = request.params.find("id");
        auto const record = id == request.params.end() || !request.params.contains("register") ? std::nullopt : RecordId::parse(id->second);
        if (!record) return false;
        auto session = application.database->read_of(context.organisation->id);
        return session->query(storage::SqlText{"SELECT 1 FROM record WHERE organisation_id=? AND id=? AND restricted=1"}, context.organisation->id, *record).next();
    }

    Response answer(Request& request)
    {
        if (request.path.starts_with("/static/")) {
            request.route = "/static/{file}";
            auto file = web::serve_static(request, std::string_view{request.path}.substr(8));
            if (file.ok()) return std::move(*file);
            return Response::text("not found\n", 404);
        }
        if (request.path == "/favicon.ico") {
            request.route = "/favicon.ico";
            return Response::redirect(web::asset("favicon.ico"));
        }
        std::string allowed;
        auto match = matcher.find(request.method, request.path, &allowed);
        if (match.index == -2) {
            auto response = error_page(guard.stranger(request).context, request, Error::forbidden("method_not_allowed"), 405);
            response.header("Allow", allowed);
            return response;
        }
        if (match.index < 0) {
            auto passage = guard.refused(request);
            return error_page(passage.context, request, Error::not_found(), 404);
        }
        auto const& route = routes[static_cast<std::size_t>(match.index)];
        request.route = route.path;
        request.params = std::move(match.params);
        auto admitted = guard.admit(request, route);
        if (!admitted.ok()) {
            auto const passage = guard.refused(request);
            if (admitted.error().kind == ErrorKind::Forbidden && (admitted.error().code == "forbidden" || admitted.error().code == "seeing_as")) note_refusal(passage.context, request);
            return error_page(passage.context, request, admitted.error(), status_of(admitted.error()));
        }
        auto& passage = *admitted;
        auto response = [&]() -> Response {
            if (passage.answer) return std::move(*passage.answer);
            auto handled = route.handler(passage.context, request);
            return handled.ok() ? std::move(*handled) : error_page(passage.context, request, handled.error(), status_of(handled.error()));
        }();
        if (!passage.answer)
            if (auto note = note_of(traced[static_cast<std::size_t>(match.index)], passage.context, request, response.status, reads_restricted(passage.context, request))) application.journal.keep(std::move(*note), passage.context.now);
        for (auto const& cookie : passage.cookies) response.header("Set-Cookie", cookie);
        return response;
    }
};

WebApp::WebApp(Application& application, std::string public_url, std::function<void()> on_clock)
    : impl_(std::make_unique<Impl>(application, std::move(public_url), std::move(on_clock)))
{
}
WebApp::~WebApp() = default;

Monitoring& WebApp::monitoring() { return impl_->monitoring; }

std::vector<Route> const& WebApp::routes() const { return impl_->routes; }

namespace {

Locale locale_of(Request const& request)
{
    auto const language = accounts::chosen_language(request);
    return Locale(language ? *language : accepted_language(request).value_or(Language::French));
}

/// The page or problem of what no handler answered for.
Response failure_answer(Request const& request, Error const& error, int status)
{
    auto const locale = locale_of(request);
    if (request.wants_json()) return web::problem(error, locale, status);
    web::Frame frame;
    frame.locale = locale;
    return Response::html(web::bare_page(frame, web::error_body(locale, status, describe(error, locale), request.id)), status);
}

bool is_no_room(std::exception const& failure)
{
    if (dynamic_cast<storage::NoRoom const*>(&failure)) return true;
    auto const* system = dynamic_cast<std::system_error const*>(&failure);   // an attachment, a file kept for a moment
    return system && storage::means_no_room(system->code().value());
}

}  // namespace

Response WebApp::handle(Request& request)
{
    bool no_room = false;
    try {
        return impl_->answer(request);
    } catch (std::exception const& failure) {
        bool const storage = dynamic_cast<storage::StorageFailure const*>(&failure) != nullptr;
        no_room = is_no_room(failure);
        log(LogLevel::Failure, storage ? "storage" : "exception", {{"request", std::string_view{request.id}}, {"what", loggable(failure)}});
        if (auto answer = away_answer(request, failure, locale_of(request))) return std::move(*answer);
    }
    // Nothing of the failure goes out but that the disk is full, and the id under which the operator finds it.
    Error const error{ErrorKind::Conflict, no_room ? "no_room" : "internal", {{"id", request.id}}, {}};
    return failure_answer(request, error, no_room ? 507 : 500);
}

Response WebApp::refusal(Request const& request, int status)
{
    auto const code = [&] {
        switch (status) {
        case 408: return "timeout";
        case 413: return "too_large";
        case 414: return "address_too_long";
        case 415: return "content_kind";
        case 421: return "other_host";
        case 429: return "too_many_waiting";
        case 431: return "head_too_long";
        case 507: return "no_room";
        default: return "unreadable";
        }
    }();
    auto response = failure_answer(request, {status == 413 ? ErrorKind::TooLarge : ErrorKind::Invalid, code, {{"id", request.id}}, {}}, status);
    if (status == 429) response.header("Retry-After", "5");
    return response;
}

}  // namespace greffier::app
