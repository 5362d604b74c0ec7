#include "registers/action/panel.hpp"

#include "registers/action/action.hpp"
#include "records/pages/prefilled.hpp"
#include "web/frame.hpp"

namespace greffier::action {

using records::Due;
using records::PanelView;
using web::Html;
using namespace web::literals;

namespace {

Date later(Date from, Duration const& period) { return add_days(add_months(from, period.years * 12 + period.months), period.weeks * 7 + period.days); }

/// The same work, due one period later: what was found and obtained this time stays with this one.
std::string next_time(PanelView const& view, Action const& action)
{
    auto const from = action.due_date.value_or(local_date(view.context.now, view.place.zone));
    web::Pairs answers;
    auto const& codes = action_schema().info();
    for (auto const* name : {"name", "description", "step", "priority", "deliverable", "source", "service"})
        if (auto const* text = std::get_if<std::string>(&schema::get(codes, view.stored.row, name))) answers.add(name, *text);
    answers.add("repeat_every.count", action.repeat_every->text());
    answers.add("due_date", to_text(later(from, *action.repeat_every)));
    return records::new_form_address(view.context, "actions", answers);
}

}  // namespace

void write_panel(Html& out, PanelView const& view)
{
    if (view.at) return;
    auto const& locale = view.context.locale;
    auto const action = action_schema().unpack(view.stored.row);
    if (!action.ok()) return;
    out << "<p class=\"mb-3\"><a class=\"btn btn-outline\""_h;
    out.url("href"_h, view.context.address("/actions/plan"));
    out << ">"_h;
    web::icon(out, "list-check");
    out << " "_h << locale.text("action.plan.open") << "</a>"_h;
    if (action->repeat_every && !is_open(view.stored.head.status) && accounts::may(view.context.who(), web::Permission::WriteRecords)) {
        out << " <a class=\"btn btn-outline\""_h;
        out.url("href"_h, next_time(view, *action));
        out << ">"_h;
        web::icon(out, "refresh");
        out << " "_h << locale.text("action.next_time") << "</a>"_h;
    }
    out << "</p>"_h;
}

std::vector<Due> dues_of(schema::Row const& row, records::DueContext const& context)
{
    auto const action = action_schema().unpack(row);
    if (!action.ok() || !action->due_date || !is_open(context.status)) return {};
    return {context.on("action.due", *action->due_date, false, {"due_date"})};
}

}  // namespace greffier::action
