#include "registers/retention/panel.hpp"

#include "registers/retention/retention.hpp"
#include "schema/show.hpp"
#include "web/frame.hpp"

namespace greffier::retention {

using namespace web::literals;
using records::PanelView;
using web::Html;

namespace {

void write_totals(Html& out, Locale const& locale, RetentionRun const& run)
{
    auto const totals = totals_of(run);
    auto const& outcomes = choices_of(Outcome{}).list;
    if (totals.deleted + totals.anonymised + totals.archived == 0) {
        out << "<p class=\"g-muted\">"_h << locale.text("retention.panel.none") << "</p>"_h;
        return;
    }
    out << "<dl class=\"g-fields\">"_h;
    auto one = [&](Outcome outcome, std::int64_t count) {
        if (count > 0) out << "<div><dt>"_h << schema::code_label(outcomes, choices_of(outcome).code(outcome), locale) << "</dt><dd><strong>"_h << locale.number(count) << "</strong></dd></div>"_h;
    };
    one(Outcome::Deleted, totals.deleted);
    one(Outcome::Anonymised, totals.anonymised);
    one(Outcome::Archived, totals.archived);
    out << "</dl>"_h;
}

void write_holds(Html& out, Locale const& locale, RetentionRun const& run, Date today)
{
    bool first = true;
    for (auto const& hold : run.holds) {
        if (!hold.stands(today)) continue;
        if (first) out << "<h3 class=\"g-h3\">"_h << locale.text("retention.panel.holds") << "</h3><ul>"_h;
        first = false;
        out << "<li>"_h << hold.subject;
        if (hold.reason) out << " – "_h << schema::code_label(choices_of(*hold.reason).list, choices_of(*hold.reason).code(*hold.reason), locale);
        if (hold.until) out << ", "_h << locale.text("retention.panel.until", {{"day", locale.date(*hold.until)}});
        out << "</li>"_h;
    }
    if (!first) out << "</ul>"_h;
}

}  // namespace

void write_panel(Html& out, PanelView const& view)
{
    auto const run = retention_run_schema().unpack(view.stored.row);
    if (!run.ok()) return;
    auto const& locale = view.context.locale;
    auto const today = local_date(view.at.value_or(view.context.now), view.place.zone);
    out << "<section class=\"g-panel mb-3\" aria-labelledby=\"retention-panel\"><div class=\"g-panel-head\"><h2 class=\"g-h3\" id=\"retention-panel\">"_h << locale.text("retention.panel.title")
        << "</h2></div><div class=\"g-panel-body\">"_h;
    write_totals(out, locale, *run);
    write_holds(out, locale, *run, today);
    if (auto const next = next_run_of(*run); next && view.stored.head.status == "carried_out") out << "<p>"_h << locale.text("retention.panel.next", {{"day", locale.date(*next)}}) << "</p>"_h;
    if (!view.at) {
        out << "<p class=\"mb-0\"><a class=\"btn btn-outline\""_h;
        out.url("href"_h, view.address + "/certificate");
        out << ">"_h;
        web::icon(out, "printer");
        out << " "_h << locale.text("retention.panel.certificate") << "</a></p>"_h;
    }
    out << "</div></section>"_h;
}

std::vector<records::Due> dues_of(schema::Row const& row, records::DueContext const& context)
{
    auto const run = retention_run_schema().unpack(row);
    if (!run.ok()) return {};
    std::vector<records::Due> dues;
    bool const done = context.status == "carried_out";
    if (!done && run->planned_on) dues.push_back(context.on("retention.run", *run->planned_on, false, {"planned_on"}));
    if (auto const next = next_run_of(*run); next && done) dues.push_back(context.on("retention.next", *next, false, {"next_run"}));
    if (done && run->backups_until && *run->backups_until >= context.today) dues.push_back(context.on("retention.backups", *run->backups_until, false, {"backups_until"}));
    for (auto const& hold : run->holds)
        if (hold.until && !hold.lifted_on) dues.push_back(context.on("retention.hold", *hold.until, false, {"holds", hold.id, "until"}));
    return dues;
}

}  // namespace greffier::retention
