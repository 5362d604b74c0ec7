#include "registers/action/plan_page.hpp"

#include <algorithm>

#include "records/pages/controls.hpp"
#include "records/pages/paper.hpp"
#include "records/pages/shared.hpp"
#include "records/vocabulary.hpp"
#include "registers/action/plan.hpp"
#include "registers/action/register.hpp"
#include "registers/action/templates.hpp"
#include "schema/show.hpp"
#include "web/frame.hpp"

namespace greffier::action {

using accounts::Context;
using records::PageServices;
using web::Html;
using web::Response;
using namespace web::literals;

namespace {

struct PlanView {
    Context& context;
    records::Register const& kind;
    std::vector<PlanPart> parts;              ///< of the whole plan
    std::optional<HalfYear> only;             ///< a sheet of one half-year
    Date today;
    [[nodiscard]] std::string here() const { return context.address("/actions/plan"); }
    [[nodiscard]] bool shows(PlanPart const& part) const { return !only || part.half == only; }
};

std::string words_of(Locale const& locale, std::optional<HalfYear> const& half)
{
    if (!half) return locale.text("action.plan.undated");
    return locale.text(half->half == 1 ? "action.plan.first_half" : "action.plan.second_half", {{"year", std::to_string(half->year)}});
}

std::string step_words(Locale const& locale, std::optional<Step> step)
{
    return step ? locale.text("action_step." + std::string{choices_of(Step{}).code(*step)}) : locale.text("action.plan.no_step");
}

std::string shown(Locale const& locale, Action const& action, char const* name)
{
    auto const& info = action_schema().info();
    return schema::show(*info.find(name), schema::get(info, action_schema().pack(action), name), locale);
}

void write_head(Html& out, PlanView const& view)
{
    auto const& locale = view.context.locale;
    Html actions;
    if (accounts::may(view.context.who(), web::Permission::WriteRecords)) {
        actions << "<a class=\"btn btn-outline\""_h;
        actions.url("href"_h, view.context.address("/actions/new"));
        actions << ">"_h;
        web::icon(actions, "plus");
        actions << " "_h << locale.text("register.actions.new") << "</a>"_h;
    }
    actions << records::print_button(locale);
    web::page_head(out, view.context.frame, view.context.frame.title, locale.text("action.plan.lead"), actions);
}

void write_halves(Html& out, PlanView const& view)
{
    auto const& locale = view.context.locale;
    out << "<ul class=\"g-views\""_h;
    out.attr("aria-label"_h, locale.text("action.plan.halves"));
    out << ">"_h;
    auto item = [&](std::string const& address, std::string const& words, std::size_t count, bool current) {
        out << "<li><a"_h;
        out.url("href"_h, address);
        if (current) out.attr("aria-current"_h, "true");
        out << ">"_h << words << " <span class=\"g-num\">"_h << count << "</span></a></li>"_h;
    };
    std::size_t all = 0;
    for (auto const& part : view.parts) all += part.actions.size();
    item(view.here(), locale.text("action.plan.all"), all, !view.only);
    for (auto const& part : view.parts)
        if (part.half) item(view.here() + "?half=" + part.half->text(), words_of(locale, part.half), part.actions.size(), view.only == part.half);
    out << "</ul>"_h;
}

void write_cell(Html& out, std::string const& label, std::string const& words)
{
    out << "<td role=\"cell\""_h;
    out.attr("data-label"_h, label);
    out << ">"_h << words << "</td>"_h;
}

void write_action(Html& out, PlanView const& view, Planned const& one)
{
    auto const& locale = view.context.locale;
    auto const& info = action_schema().info();
    auto label = [&](char const* name) { return schema::short_label(info, *info.find(name), locale); };
    out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><a"_h;
    out.url("href"_h, view.context.address("/actions/" + one.head.id.text()));
    out << ">"_h << one.head.title << "</a> <span class=\"g-ref\">"_h << one.head.reference << "</span></th>"_h;
    write_cell(out, label("owner"), one.action.owner.name.empty() ? one.action.service : one.action.owner.name);
    write_cell(out, label("due_date"), one.action.due_date ? locale.date(*one.action.due_date) : std::string{});
    out << "<td role=\"cell\">"_h;
    records::status_badge(out, one.head.status, locale);
    if (one.is_late(view.today)) out << " <span class=\"g-badge g-badge--danger\">"_h << locale.text("action.plan.late") << "</span>"_h;
    out << "</td>"_h;
    write_cell(out, label("priority"), shown(locale, one.action, "priority"));
    write_cell(out, label("deliverable"), one.action.deliverable.value);
    out << "</tr>"_h;
}

void write_sums(Html& out, Locale const& locale, PlanPart const& part)
{
    out << "<span class=\"g-muted\">"_h
        << locale.text("action.plan.sums", {{"done", std::to_string(part.done)}, {"count", std::to_string(part.done + part.open)}, {"late", std::to_string(part.late)}});
    Action sums;
    if (part.cost_planned > 0) {
        sums.cost_planned = Money{part.cost_planned};
        out << " "_h << locale.text("action.plan.cost_planned", {{"sum", shown(locale, sums, "cost_planned")}});
    }
    if (part.cost_actual > 0) {
        sums.cost_actual = Money{part.cost_actual};
        out << " "_h << locale.text("action.plan.cost_actual", {{"sum", shown(locale, sums, "cost_actual")}});
    }
    out << "</span>"_h;
}

void write_step(Html& out, PlanView const& view, PlanPart const& part, std::size_t from, std::size_t to)
{
    auto const& locale = view.context.locale;
    auto const& info = action_schema().info();
    auto const words = step_words(locale, part.actions[from].action.step);
    out << "<div class=\"g-tablewrap\" tabindex=\"0\" role=\"group\""_h;
    out.attr("aria-label"_h, words_of(locale, part.half) + locale.text("punctuation.colon") + words);
    out << "><table class=\"g-table g-table--cards g-table--even\" role=\"table\"><caption>"_h << words << "</caption><thead role=\"rowgroup\"><tr role=\"row\"><th role=\"columnheader\" scope=\"col\">"_h << locale.text("register.actions.one") << "</th>"_h;
    for (auto const* name : {"owner", "due_date"}) out << "<th role=\"columnheader\" scope=\"col\">"_h << schema::short_label(info, *info.find(name), locale) << "</th>"_h;
    out << "<th role=\"columnheader\" scope=\"col\">"_h << locale.text("action.plan.status") << "</th>"_h;
    for (auto const* name : {"priority", "deliverable"}) out << "<th role=\"columnheader\" scope=\"col\">"_h << schema::short_label(info, *info.find(name), locale) << "</th>"_h;
    out << "</tr></thead><tbody role=\"rowgroup\">"_h;
    for (auto i = from; i < to; ++i) write_action(out, view, part.actions[i]);
    out << "</tbody></table></div>"_h;
}

void write_part(Html& out, PlanView const& view, PlanPart const& part)
{
    auto const& locale = view.context.locale;
    out << "<section class=\"g-panel mb-4\"><div class=\"g-panel-head\"><h2>"_h << words_of(locale, part.half) << "</h2> "_h;
    write_sums(out, locale, part);
    out << "</div>"_h;
    for (std::size_t from = 0; from < part.actions.size();) {
        auto to = from;
        while (to < part.actions.size() && part.actions[to].action.step == part.actions[from].action.step) ++to;
        write_step(out, view, part, from, to);
        from = to;
    }
    out << "</section>"_h;
}

void write_set(Html& out, PlanView const& view, records::Records const& records, Set set)
{
    auto const& locale = view.context.locale;
    auto const key = "action_set." + std::string{code_of(set)};
    auto const there = adopted_of(records, view.kind, set), size = size_of(set);
    out << "<section class=\"g-panel g-col-4\"><div class=\"g-panel-head\"><h3>"_h << locale.text(key) << "</h3></div><div class=\"g-panel-body\"><p>"_h << locale.text(key + ".help") << "</p>"_h;
    if (there == size) {
        out << "<p class=\"mb-0\"><span class=\"g-badge g-badge--ok\">"_h;
        web::icon(out, "check");
        out << " "_h << locale.text("action.plan.adopted") << "</span></p>"_h;
    } else {
        out << "<form method=\"post\""_h;
        out.url("action"_h, view.here());
        out << ">"_h;
        web::csrf_field(out, view.context.frame);
        out << "<button class=\"btn btn-outline\" type=\"submit\" name=\"set\""_h;
        out.attr("value"_h, code_of(set));
        out << ">"_h << locale.text("action.plan.adopt", {{"count", std::to_string(size - there)}}) << "<span class=\"g-hidden\">"_h << locale.text("punctuation.colon") << locale.text(key) << "</span></button></form>"_h;
    }
    out << "</div></section>"_h;
}

void write_sets(Html& out, PlanView const& view, records::Records const& records)
{
    if (view.only || !accounts::may(view.context.who(), web::Permission::WriteRecords)) return;
    out << "<h2 class=\"mt-4 mb-2\">"_h << view.context.locale.text("action.plan.ready") << "</h2><div class=\"g-cols\">"_h;
    for (auto const set : all_sets()) write_set(out, view, records, set);
    out << "</div>"_h;
}

Result<records::Register const*> plan_register(PageServices const& services, Context& context)
{
    auto const* kind = records::known_registers(services.machinery, context).find(action_register().slug);
    if (!kind) return Error::not_found();
    return kind;
}

Result<Response> show_plan(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& kind = *TRY(plan_register(services, context));
    auto const records = records::pages::store(services, context);
    std::vector<Planned> actions;
    records.each(kind, std::nullopt, [&](records::Stored const& stored) {
        if (auto action = action_schema().unpack(stored.row); action.ok()) actions.push_back({stored.head, *std::move(action)});
    });
    auto const today = local_date(context.now, context.where().zone);
    PlanView view{context, kind, parts_of(std::move(actions), today), HalfYear::parse(request.query.get("half")), today};
    records::pages::begin(context, kind, context.locale.text("action.plan"));
    Html out;
    write_head(out, view);
    if (!view.parts.empty()) write_halves(out, view);
    bool any = false;
    for (auto const& part : view.parts)
        if (view.shows(part)) {
            write_part(out, view, part);
            any = true;
        }
    if (!any) {
        out << "<div class=\"g-empty\">"_h;
        web::icon(out, "list-check");
        out << "<h2>"_h << context.locale.text("action.plan.empty") << "</h2><p>"_h << context.locale.text("action.plan.empty_lead") << "</p></div>"_h;
    }
    write_sets(out, view, records);
    return Response::html(web::page(context.frame, out));
}

Result<Response> adopt_set(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& kind = *TRY(plan_register(services, context));
    auto const set = parse_set(request.form.get("set"));
    if (!set) return Error::not_found();
    auto const& who = context.who();
    (void)TRY(adopt(services.machinery, context.where().id, who.sight, kind, *set, records::pages::by(context), context.locale));
    return records::pages::done(context.address("/actions/plan"), "plan_adopted");
}

}  // namespace

std::vector<accounts::Route> plan_routes(PageServices const& services)
{
    using web::Method;
    using web::Permission;
    return {
        {Method::Get, "/o/{organisation}/actions/plan", Permission::ReadRecords, [&services](Context& context, web::Request const& request) { return show_plan(services, context, request); }},
        {Method::Post, "/o/{organisation}/actions/plan", Permission::WriteRecords, [&services](Context& context, web::Request const& request) { return adopt_set(services, context, request); }},
    };
}

}  // namespace greffier::action
