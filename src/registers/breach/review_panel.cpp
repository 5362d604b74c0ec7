#include "registers/breach/review_panel.hpp"

#include "accounts/modules.hpp"
#include "records/pages/form.hpp"
#include "records/pages/paper.hpp"
#include "records/pages/treatment.hpp"
#include "records/store.hpp"
#include "web/frame.hpp"

namespace greffier::breach {

using namespace web::literals;
using records::PanelView;
using web::Html;

namespace {

constexpr std::string_view plan_slug = "actions";

void write_state(Html& out, PanelView const& view, Breach const& b)
{
    auto const& locale = view.context.locale;
    bool const done = b.is_reviewed();
    out << "<p>"_h << (done ? "<span class=\"g-badge g-badge--ok\">"_h : "<span class=\"g-badge g-badge--warn\">"_h);
    web::icon(out, done ? "circle-check" : "alert-circle");
    out << " "_h << locale.text(done ? "breach.review.done" : "breach.review.todo") << "</span> "_h;
    if (b.reviewed_on) out << locale.text("breach.review.on", {{"day", locale.date(*b.reviewed_on)}}) << " "_h;
    if (!b.reviewed_by.empty()) out << b.reviewed_by;
    out << "</p>"_h;
    if (!done) out << "<p class=\"g-muted\">"_h << locale.text("breach.review.lead") << "</p>"_h;
}

/// What the plan of action holds of this breach, as its reader may see it.
void write_actions(Html& out, PanelView const& view)
{
    auto const* plan = view.machinery.registers.find(plan_slug);
    if (!plan || !accounts::keeps_register(view.context.where(), plan_slug)) return;
    auto const& locale = view.context.locale;
    records::Records const records(view.machinery, view.context.where().id, view.context.who().sight);
    std::vector<records::Stored> actions;
    for (auto const& link : records.links_to(view.stored.head.id))
        if (link.register_slug == plan_slug)
            if (auto action = records.find(*plan, link.id); action.ok()) actions.push_back(std::move(*action));
    out << "<h3 class=\"g-h3 mt-3\">"_h << locale.text("breach.review.actions") << "</h3>"_h;
    if (actions.empty()) out << "<p class=\"g-muted\">"_h << locale.text("breach.review.no_action") << "</p>"_h;
    else {
        records::PaperTable table(out, locale.text("breach.review.actions"), {locale.text("action.name.short"), locale.text("breach.review.state"), locale.text("action.due_date.short")});
        for (auto const& action : actions) {
            Html name;
            name << "<a"_h;
            name.url("href"_h, view.context.address("/actions/" + action.head.id.text()));
            name << ">"_h << action.head.title << "</a> <span class=\"g-ref\">"_h << action.head.reference << "</span>"_h;
            table.row(name);
            table.cell(locale.text("status." + action.head.status));
            auto const* due = std::get_if<Date>(&schema::get(*plan->schema, action.row, "due_date"));
            table.cell(due ? locale.date(*due) : std::string{"–"});
        }
        table.end();
    }
    auto const add = view.editable ? records::new_action_address(view.machinery.registers, view.context, view.kind, view.stored.head, records::service_of_row(view.kind, view.stored.row)) : std::string{};
    if (add.empty()) return;
    out << "<p class=\"mt-3 mb-0\"><a class=\"btn btn-outline\""_h;
    out.url("href"_h, add);
    out << ">"_h;
    web::icon(out, "plus");
    out << " "_h << locale.text("breach.review.add") << "</a></p>"_h;
}

}  // namespace

void write_review(Html& out, PanelView const& view, Breach const& b)
{
    auto const& status = view.stored.head.status;
    if (view.at || status == "reported" || status == "incident") return;
    auto const& locale = view.context.locale;
    out << "<section class=\"g-panel g-col-12\" aria-labelledby=\"review\"><div class=\"g-panel-head\"><h2 id=\"review\">"_h << locale.text("breach.panel.review") << "</h2>"_h;
    if (view.editable) {
        out << "<a"_h;
        out.url("href"_h, view.address + "/edit#" + records::control_id("lessons"));
        out << ">"_h << locale.text(b.is_reviewed() ? "act.edit" : "breach.review.write") << "<span class=\"g-hidden\">"_h << locale.text("punctuation.colon") << locale.text("breach.lessons.short") << "</span></a>"_h;
    }
    out << "</div><div class=\"g-panel-body\">"_h;
    write_state(out, view, b);
    write_actions(out, view);
    out << "</div></section>"_h;
}

}  // namespace greffier::breach
