#include "overview/agenda_page.hpp"

#include <algorithm>

#include "accounts/modules.hpp"
#include "core/json_writer.hpp"
#include "core/text.hpp"
#include "overview/agenda.hpp"
#include "overview/agenda_view.hpp"
#include "overview/reminders.hpp"
#include "records/api_parts.hpp"
#include "web/frame.hpp"
#include "web/pager.hpp"

namespace greffier::overview {

using namespace web::literals;
using accounts::Context;
using web::Html;
using web::Request;
using web::Response;

namespace {

constexpr int per_page = 50, owners_at_most = 200, of_a_month = 400;

std::int64_t number_in(std::string const& text, std::int64_t most)
{
    if (text.empty() || text.size() > 6 || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) return 1;
    return std::clamp<std::int64_t>(std::stoll(text), 1, most);
}

AgendaView view_of(OverviewServices const& services, Context& context, Request const& request, bool here)
{
    AgendaView view{context, services, here};
    auto const& query = request.query;
    view.today = local_date(context.now, context.locale.zone());
    if (auto const* kind = services.machinery.registers.find(query.get("register"))) view.filter.register_slug = kind->slug;
    if (auto const kind = query.get("kind"); context.locale.find("due." + kind) && kind.size() < 60) view.filter.kind = kind;
    if (auto const legal = query.get("legal"); legal == "yes" || legal == "no") view.filter.legal = legal == "yes";
    if (query.get("owner") == "me") view.filter.owner = context.who().person;
    else if (auto const owner = PersonId::parse(query.get("owner"))) view.filter.owner = owner;
    if (query.get("when") == "late") {
        view.late_only = true;
        view.filter.until = context.now;
    }
    if (here) view.filter.only = context.where().id;
    view.month = parse_date(query.get("month") + "-01");
    view.page = number_in(query.get("page"), AgendaTally::most / per_page);
    return view;
}

/// At most three statements: how much there is, the lines of this page, who answers for them.
Response show(AgendaView view)
{
    auto& context = view.context;
    auto& database = view.services.machinery.database;
    if (view.month) {
        auto const first = *view.month;
        auto filter = view.filter;
        filter.from = start_of_day(first, context.locale.zone());
        filter.until = start_of_day(add_months(first, 1), context.locale.zone());
        view.items = Agenda{database, context.who(), filter}.items(of_a_month);
    } else {
        Agenda const agenda{database, context.who(), view.filter};
        view.tally = agenda.tally(context.now);
        view.page = std::min(view.page, std::max<std::int64_t>(1, (view.tally.total + per_page - 1) / per_page));
        view.items = agenda.items(per_page, (view.page - 1) * per_page);
        view.per_page = per_page;
    }
    if (view.here) {
        auto everybody = view.filter;
        everybody.owner.reset();
        everybody.until.reset();
        view.owners = Agenda{database, context.who(), everybody}.owners(owners_at_most);
    }
    context.frame.crumbs.clear();
    context.frame.title = context.locale.text(view.here ? "nav.agenda" : "agenda.everywhere");
    Html out;
    write_agenda(out, view);
    return Response::html(web::page(context.frame, out));
}

Result<Response> take(OverviewServices const& services, Context& context, Request const& request)
{
    auto const record = RecordId::parse(request.form.get("record"));
    auto const at = request.form.get("at");
    if (!record || at.empty() || at.size() > 15 || !std::ranges::all_of(at, [](char c) { return c >= '0' && c <= '9'; })) return Error::not_found();
    TRY(take_due(services.machinery.database, context.where().id, context.who().sight, {*record, request.form.get("kind"), request.form.get("place"), from_millis(std::stoll(at))}, context.who().id, context.now));
    return Response::redirect(context.address("/agenda?done=kept"));
}

}  // namespace

Result<Response> agenda_json(OverviewServices const& services, Context& context, Request const& request)
{
    auto const paging = TRY(records::api::paging_of(request));
    AgendaFilter filter;
    filter.only = context.where().id;
    if (auto const slug = request.query.get("register"); !slug.empty()) {
        if (!services.machinery.registers.find(slug)) return records::api::field_error("register", "not_in_list");
        filter.register_slug = slug;
    }
    filter.kind = request.query.get("kind");
    filter.legal = TRY(records::api::yes_or_no(request, "legal"));
    for (auto const& [name, into] : {std::pair{"from", &filter.from}, {"until", &filter.until}}) {
        auto const text = request.query.get(name);
        if (text.empty()) continue;
        *into = parse_timestamp(text);
        if (auto const day = parse_date(text)) *into = start_of_day(*day, context.where().zone);
        if (!*into) return records::api::field_error(name, "not_a_date");
    }
    Agenda const agenda{services.machinery.database, context.who(), filter};
    auto const tally = agenda.tally(context.now);
    JsonWriter out;
    out.begin_object().key("items").begin_array();
    for (auto const& item : agenda.items(paging.per_page, static_cast<std::int64_t>(paging.page - 1) * paging.per_page)) write_json(out, item, context.now, context.locale);
    out.end_array().member("page", paging.page).member("per_page", paging.per_page).member("total", tally.total).member("late", tally.late).member("total_capped", tally.total >= AgendaTally::most).end_object();
    return Response::json(std::move(out).take());
}

std::vector<accounts::Route> agenda_routes(OverviewServices const& services)
{
    using web::Method;
    using web::Permission;
    return {
        {Method::Get, "/o/{organisation}/agenda", Permission::ReadRecords, [&services](Context& context, Request const& request) -> Result<Response> { return show(view_of(services, context, request, true)); }},
        {Method::Post, "/o/{organisation}/agenda/taken", Permission::WriteRecords, [&services](Context& context, Request const& request) { return take(services, context, request); }},
        {Method::Get, "/agenda", Permission::SignedIn, [&services](Context& context, Request const& request) -> Result<Response> { return show(view_of(services, context, request, false)); }},
    };
}

}  // namespace greffier::overview
