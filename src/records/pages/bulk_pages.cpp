// The routes of bulk acts: from what is ticked in a list to an act, its confirmation, its report and its undoing; and
// the acts of the organisation.
#include "core/text.hpp"
#include "records/bulk_job.hpp"
#include "records/find_many.hpp"
#include "records/pages/bulk_page.hpp"
#include "records/pages/list_view.hpp"
#include "web/frame.hpp"

namespace greffier::records::pages {

using namespace web::literals;
using web::Html;
using web::Response;

namespace {

constexpr int acts_per_page = 50;

std::string act_address(Context const& context, ActId id) { return context.address("/bulk-acts/" + id.text()); }

/// The act of the path; one that waits for its author is nobody else's.
Result<BulkPage> page_of(PageServices const& services, Context& context, web::Request const& request)
{
    auto const id = ActId::parse(request.param("act"));
    if (!id) return Error::not_found();
    auto act = TRY(Acts(services.machinery, context.where().id, context.who().sight).find(*id));
    bool const waits = act.state == ActState::Prepared || act.state == ActState::Gathering;
    if (waits && act.actor != context.who().id) return Error::not_found();
    auto const* kind = known_registers(services.machinery, context).find(act.register_slug);
    if (!kind) return Error::not_found();
    return BulkPage{context, services, *kind, std::move(act)};
}

// ---- from the list ----------------------------------------------------------------------------------------

Result<Response> start(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const act = request.param("what");
    if (kind.single || !Bulk::is_kind(act)) return Error::not_found();
    auto const records = store(services, context);
    auto const selection = TRY(selection_of(records, kind, context, request.form));
    Bulk const bulk(services.machinery, context.where().id, context.who().sight, kind);
    if (selection.all) return Response::redirect(act_address(context, TRY(bulk.prepare(act, *selection.all, by(context))).id));
    std::vector<Chosen> chosen;
    for (auto id : selection.ids) chosen.push_back({id, 0});
    return Response::redirect(act_address(context, TRY(bulk.prepare(act, chosen, by(context))).id));
}

/// The export of what is ticked is the ordinary export, of those ids or of that list; a record that went away since
/// it was ticked is left out, as it is of the list.
Result<Response> export_selection(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const records = store(services, context);
    auto selection = TRY(selection_of(records, kind, context, request.query));
    auto const state = TRY(parse_list_state(kind, pairs_of(request.query.get("state")), context.locale.zone(), context.now));
    auto const asked = request.query.get("format", "json");   // "csv" or "csv columns": as the list shows them
    auto target = address(context, kind) + "/export?format=" + web::encode_component(asked.substr(0, asked.find(' ')));
    if (asked.ends_with(" columns") && !state.columns.empty()) target += "&columns=" + columns_text(state.columns);
    if (selection.all) {
        auto const filters = list_address(state.query);
        return Response::redirect(target + (filters.empty() ? "" : "&" + filters));
    }
    if (selection.ids.empty()) return Error{ErrorKind::Invalid, "invalid", {}, {{"id", "nothing_selected", {}}}};
    auto const there = find_many(records, kind, selection.ids, state.query.at);
    std::erase_if(selection.ids, [&](RecordId id) { return !there.contains(id); });
    if (selection.ids.empty()) return Error::not_found();
    if (state.query.at) target += "&at=" + web::encode_component(to_text(*state.query.at));
    for (auto id : selection.ids) target += "&id=" + id.text();
    return Response::redirect(target);
}

// ---- one act ----------------------------------------------------------------------------------------------

/// What was asked already, or the field chosen in the address.
BulkTyped typed_of(BulkPage const& page, web::Request const& request)
{
    BulkTyped typed;
    typed.wish = parse_wish(page.kind, page.act.request);
    if (typed.wish.decision.on) typed.decided_on = to_text(*typed.wish.decision.on);
    typed.next_review = to_text(typed.wish.next_review.value_or(add_months(local_date(page.context.now, page.context.where().zone), 12)));
    if (request.query.has("other")) typed.wish.field.clear();
    if (auto const field = request.query.find("field"); field && *field != typed.wish.field) {
        web::Pairs chosen;
        chosen.add("field", std::string{*field});
        typed = read_wish(page, chosen);
    }
    return typed;
}

Result<Response> show_act(PageServices const& services, Context& context, web::Request const& request)
{
    auto page = TRY(page_of(services, context, request));
    switch (page.act.state) {
    case ActState::Gathering: return Error::not_found();
    case ActState::Prepared: return ask_page(page, request, typed_of(page, request));
    case ActState::Running: case ActState::Undoing: return progress_page(page);
    default: return report_page(page);
    }
}

Result<Response> confirm(BulkPage& page)
{
    auto const bulk = page.bulk();
    auto const& who = page.context.who();
    auto const now = by(page.context);
    auto const act = TRY(bulk.confirm(page.act.id, now, [&](storage::Session& session) { hand_over(session, page.act, who, Direction::There, now.now); }));
    if (act.asked <= bulk_at_once) (void)TRY(bulk.run(act.id, now, who));
    else if (page.services.wake_jobs) page.services.wake_jobs();
    return Response::redirect(page.here());
}

Result<Response> answer_act(PageServices const& services, Context& context, web::Request const& request)
{
    auto page = TRY(page_of(services, context, request));
    if (page.act.state != ActState::Prepared) return Response::redirect(page.here());   // sent twice: show what became of it
    bool const confirms = request.form.get("op") == "confirm";
    auto typed = read_wish(page, request.form);
    if (confirms && page.act.kind != "review") {   // what was shown is what is done: only the answers are new
        auto const answer = typed.wish.changes_validated;
        auto errors = std::move(typed.errors);
        typed = typed_of(page, request);
        typed.wish.changes_validated = answer;
        typed.errors = std::move(errors);
    }
    if (typed.errors.empty()) {
        auto asked = page.bulk().ask(page.act.id, typed.wish, by(context));
        if (!asked.ok()) {
            if (asked.error().kind != ErrorKind::Invalid) return asked.error();
            typed.errors = asked.error().fields;
            if (page.act.kind == "review") for (auto& error : typed.errors) error.field = "next_review";
        } else {
            page.act = std::move(*asked);
        }
    }
    if (!typed.errors.empty()) return ask_page(page, request, typed, 422);
    if (!confirms) return Response::redirect(page.here());
    auto const outlook = page.bulk().forecast(page.act, context.who(), local_date(context.now, context.where().zone), 0);
    if (outlook.refusals.contains("bulk_unanswered")) {
        typed.errors.push_back({"changes_validated", "required", {}});
        return ask_page(page, request, typed, 422);
    }
    return confirm(page);
}

Result<Response> cancel_act(PageServices const& services, Context& context, web::Request const& request)
{
    auto page = TRY(page_of(services, context, request));
    if (page.act.actor != context.who().id) return Error::forbidden("act_of_another");
    auto const stopped = page.bulk().cancel(page.act.id, by(context));
    if (!stopped.ok() && stopped.error().code != "act_not_running") return stopped.error();   // it was quicker: the report says so
    return Response::redirect(page.here());
}

Result<Response> ask_undo(PageServices const& services, Context& context, web::Request const& request)
{
    auto page = TRY(page_of(services, context, request));
    if (auto const code = Acts::why_not_undone(page.act, context.who(), context.now); !code.empty())
        return code == "act_of_another" ? Error::forbidden(code) : Error::conflict(code);
    return undo_page(page);
}

Result<Response> undo_act(PageServices const& services, Context& context, web::Request const& request)
{
    auto page = TRY(page_of(services, context, request));
    auto const acts = page.bulk().acts();
    auto const& who = context.who();
    auto const now = by(context);
    TRY(acts.begin_undo(page.act.id, now, who, [&](storage::Session& session) { hand_over(session, page.act, who, Direction::Back, now.now); }));
    if (page.act.done <= act_group) {
        auto const reason = undo_reason(page.act, Locale(context.where().language, context.where().zone));
        while (TRY(acts.undo_group(page.act.id, now, reason))) {}
    } else if (services.wake_jobs) services.wake_jobs();
    return Response::redirect(page.here());
}

// ---- the acts of the organisation -------------------------------------------------------------------------

void write_act(Html& out, PageServices const& services, Context& context, Act const& act)
{
    auto const& locale = context.locale;
    auto cell = [&](char const* key, std::string const& words) {
        out << "<td role=\"cell\""_h;
        out.attr("data-label"_h, locale.text(key));
        out << "><div>"_h << words << "</div></td>"_h;
    };
    out << "<tr role=\"row\" class=\"g-rowlink\"><th role=\"rowheader\" scope=\"row\"><a class=\"g-title\""_h;
    out.url("href"_h, act_address(context, act.id));
    out << ">"_h << act_title(act.kind, locale) << "</a></th>"_h;
    auto const* kind = known_registers(services.machinery, context).find(act.register_slug);
    cell("bulk.register", locale.text("register." + act.register_slug));
    cell("bulk.asked_for", kind ? wish_words(*kind, act, locale) : "");
    cell("bulk.who", services.actor_name(context.where().id, act.actor, locale));
    cell("bulk.when", locale.instant(act.created_at));
    cell("bulk.how_many", act.refused > 0 ? locale.text("bulk.done_and_refused", {{"done", locale.number(act.done)}, {"refused", locale.number(act.refused)}}) : locale.number(act.done));
    cell("bulk.state", locale.text("bulk.state." + std::string{code_of(act.state)}));
    out << "</tr>"_h;
}

Result<Response> list_acts(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& locale = context.locale;
    auto const text = request.query.get("page");
    int const number = !text.empty() && text.size() < 5 && text.find_first_not_of("0123456789") == std::string::npos ? std::max(1, std::stoi(text)) : 1;
    auto const acts = Acts(services.machinery, context.where().id, context.who().sight).list(number, acts_per_page);
    context.frame.crumbs = {{locale.text("nav.dashboard"), context.address("")}};
    context.frame.title = locale.text("bulk.acts");
    Html out;
    web::page_head(out, context.frame, locale.text("bulk.acts"), locale.text("bulk.acts_lead"), Html{});
    if (acts.items.empty()) {
        out << "<div class=\"g-empty\">"_h;
        web::icon(out, "list-details");
        out << "<h2>"_h << locale.text("bulk.no_acts") << "</h2><p>"_h << locale.text("bulk.no_acts_lead") << "</p></div>"_h;
        return Response::html(web::page(context.frame, out));
    }
    out << "<div class=\"g-tablewrap\" tabindex=\"0\" role=\"region\""_h;
    out.attr("aria-label"_h, locale.text("bulk.acts"));
    out << "><table class=\"g-table g-table--cards\" role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\">"_h;
    for (auto const* key : {"bulk.act", "bulk.register", "bulk.asked_for", "bulk.who", "bulk.when", "bulk.how_many", "bulk.state"})
        out << "<th role=\"columnheader\" scope=\"col\">"_h << locale.text(key) << "</th>"_h;
    out << "</tr></thead><tbody role=\"rowgroup\">"_h;
    for (auto const& act : acts.items) write_act(out, services, context, act);
    out << "</tbody></table></div>"_h;
    if (acts.total > acts_per_page) {
        out << "<div class=\"g-pager\"><nav"_h;
        out.attr("aria-label"_h, locale.text("list.pages"));
        out << "><ul class=\"g-pages\">"_h;
        auto link = [&](int page, char const* key, bool enabled) {
            if (!enabled) return;
            out << "<li><a"_h;
            out.url("href"_h, context.address("/bulk-acts?page=" + std::to_string(page)));
            out << ">"_h << locale.text(key) << "</a></li>"_h;
        };
        link(number - 1, "list.previous", number > 1);
        link(number + 1, "list.next", static_cast<std::int64_t>(number) * acts_per_page < acts.total);
        out << "</ul></nav></div>"_h;
    }
    return Response::html(web::page(context.frame, out));
}

}  // namespace

std::vector<accounts::Route> bulk_routes(PageServices const& services)
{
    using web::Method;
    using web::Permission;
    auto route = [&services](auto handler) { return [&services, handler](Context& context, web::Request const& request) { return handler(services, context, request); }; };
    return {
        {Method::Post, "/o/{organisation}/{register}/bulk/{what}", Permission::WriteRecords, route(start)},
        {Method::Get, "/o/{organisation}/{register}/bulk/export", Permission::ExportRecords, route(export_selection)},
        {Method::Get, "/o/{organisation}/bulk-acts", Permission::ReadRecords, route(list_acts)},
        {Method::Get, "/o/{organisation}/bulk-acts/{act}", Permission::ReadRecords, route(show_act)},
        {Method::Post, "/o/{organisation}/bulk-acts/{act}", Permission::WriteRecords, route(answer_act)},
        {Method::Post, "/o/{organisation}/bulk-acts/{act}/cancel", Permission::WriteRecords, route(cancel_act)},
        {Method::Get, "/o/{organisation}/bulk-acts/{act}/undo", Permission::WriteRecords, route(ask_undo)},
        {Method::Post, "/o/{organisation}/bulk-acts/{act}/undo", Permission::WriteRecords, route(undo_act)},
    };
}

}  // namespace greffier::records::pages
