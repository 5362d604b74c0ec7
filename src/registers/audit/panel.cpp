#include "registers/audit/panel.hpp"

#include <array>

#include "accounts/modules.hpp"
#include "records/pages/controls.hpp"
#include "records/pages/prefilled.hpp"
#include "records/pages/treatment.hpp"
#include "registers/audit/audit.hpp"
#include "web/frame.hpp"

namespace greffier::audit {

using records::PanelView;
using web::Html;
using namespace web::literals;

namespace {

std::string_view tone_of(Risk risk) { return risk == Risk::Low ? "ok" : risk == Risk::Medium ? "info" : risk == Risk::High ? "warn" : "danger"; }

void write_risk(Html& out, Locale const& locale, Risk risk)
{
    out << "<span"_h;
    out.attr("class"_h, "g-badge g-badge--" + std::string{tone_of(risk)});
    out << ">"_h << locale.text("audit_risk." + std::string{code_of(risk)}) << "</span>"_h;
}

constexpr std::array levels{Level::Maximal, Level::Important, Level::Limited, Level::Negligible};

std::string words_of(Locale const& locale, Level level) { return locale.text("audit_level." + std::string{choices_of(Level{}).code(level)}); }

/// How many open observations stand at each gravity and likelihood.
void write_map(Html& out, Locale const& locale, Audit const& audit)
{
    out << "<section class=\"g-panel g-col-7\"><div class=\"g-panel-head\"><h2 class=\"g-h3\">"_h << locale.text("audit.map") << "</h2></div><div class=\"g-tablewrap\" tabindex=\"0\" role=\"group\""_h;
    out.attr("aria-label"_h, locale.text("audit.map"));
    out << "><table class=\"g-table\"><caption class=\"g-hidden\">"_h << locale.text("audit.map.caption") << "</caption><thead><tr><th scope=\"col\">"_h << locale.text("audit.map.corner") << "</th>"_h;
    for (auto likelihood = levels.rbegin(); likelihood != levels.rend(); ++likelihood) out << "<th scope=\"col\">"_h << words_of(locale, *likelihood) << "</th>"_h;
    out << "</tr></thead><tbody>"_h;
    for (auto const gravity : levels) {
        out << "<tr><th scope=\"row\">"_h << words_of(locale, gravity) << "</th>"_h;
        for (auto likelihood = levels.rbegin(); likelihood != levels.rend(); ++likelihood) {
            int count = 0;
            for (auto const& one : audit.observations) count += one.is_open() && one.gravity == gravity && one.likelihood == *likelihood;
            out << "<td>"_h;
            if (count > 0) {
                out << "<strong>"_h << locale.number(count) << "</strong> "_h;
                write_risk(out, locale, risk_of(gravity, *likelihood));
            } else {
                out << "<span class=\"g-muted g-xs\">"_h << locale.text("audit_risk." + std::string{code_of(risk_of(gravity, *likelihood))}) << "</span>"_h;
            }
            out << "</td>"_h;
        }
        out << "</tr>"_h;
    }
    out << "</tbody></table></div></section>"_h;
}

std::string action_of(PanelView const& view, Audit const& audit, Observation const& one)
{
    web::Pairs answers;
    answers.add("name", one.title);
    answers.add("description", one.remedy.value);
    answers.add("source", "audit");
    answers.add("audits", view.stored.head.id.text());
    answers.add("origin", view.stored.head.reference);
    answers.add(std::string{records::origin_part}, records::origin_words(one.title));
    answers.add("service", audit.service);
    if (auto const risk = one.risk()) answers.add("priority", *risk >= Risk::High ? "high" : *risk == Risk::Medium ? "normal" : "low");
    if (one.due) answers.add("due_date", to_text(*one.due));
    return records::new_form_address(view.context, "actions", answers);
}

void write_open(Html& out, PanelView const& view, Audit const& audit)
{
    auto const& locale = view.context.locale;
    bool const offers = !view.at && accounts::may(view.context.who(), web::Permission::WriteRecords) && accounts::keeps_register(view.context.where(), "actions");
    out << "<section class=\"g-panel g-col-5\"><div class=\"g-panel-head\"><h2 class=\"g-h3\">"_h << locale.text("audit.open") << "</h2></div>"_h;
    records::ActionsFrom const actions(view);
    bool any = false;
    for (auto const& one : audit.observations) {
        if (!one.is_open()) continue;
        if (!any) out << "<ul class=\"g-list\">"_h;
        any = true;
        out << "<li><div>"_h << one.title << " "_h;
        if (auto const risk = one.risk()) write_risk(out, locale, *risk);
        if (one.due && !view.at) {
            out << " "_h;
            records::due_date(out, law::end_of(*one.due, view.place), view.context.now, locale);
        }
        if (!actions.write(out, one.title) && offers) {
            out << "<br><a class=\"g-small\""_h;
            out.url("href"_h, action_of(view, audit, one));
            out << ">"_h << locale.text("treatment.make") << "<span class=\"g-hidden\">"_h << locale.text("punctuation.colon") << one.title << "</span></a>"_h;
        }
        out << "</div></li>"_h;
    }
    if (any) out << "</ul>"_h;
    else out << "<div class=\"g-panel-body\"><p class=\"mb-0\">"_h << locale.text("audit.nothing_open") << "</p></div>"_h;
    out << "</section>"_h;
}

}  // namespace

void write_panel(Html& out, PanelView const& view)
{
    auto const audit = audit_schema().unpack(view.stored.row);
    if (!audit.ok() || audit->observations.empty()) return;
    out << "<div class=\"g-cols\">"_h;
    write_map(out, view.context.locale, *audit);
    write_open(out, view, *audit);
    out << "</div>"_h;
}

}  // namespace greffier::audit
