#include "registers/training/panel.hpp"

#include "registers/training/training.hpp"
#include "records/pages/panel.hpp"
#include "web/frame.hpp"

namespace greffier::training {

using records::Due;
using records::PanelView;
using web::Html;
using namespace web::literals;

namespace {

void write_fact(Html& out, std::string_view label, std::string_view words) { out << "<div><dt>"_h << label << "</dt><dd>"_h << words << "</dd></div>"_h; }

void write_attendance(Html& out, PanelView const& view, Training const& training)
{
    auto const& locale = view.context.locale;
    auto const all = static_cast<std::int64_t>(training.attendees.size());
    out << "<dl class=\"g-fields\">"_h;
    write_fact(out, locale.text("training.panel.invited"), locale.number(all));
    write_fact(out, locale.text("training.panel.present"), locale.number(training.count_present()));
    write_fact(out, locale.text("training.panel.awaited"), locale.number(training.count_awaited()));
    std::int64_t sum = 0, marks = 0, reached = 0;
    for (auto const& one : training.attendees)
        if (one.quiz_score) {
            sum += one.quiz_score->value;
            ++marks;
        }
    if (marks > 0) write_fact(out, locale.text("training.panel.quiz"), locale.percent(static_cast<int>(sum / marks)));
    for (auto const& one : training.reminders) reached += one.reached.value_or(0);
    if (reached > 0) write_fact(out, locale.text("training.panel.reached"), locale.number(reached));
    out << "</dl>"_h;
}

void write_way(Html& out, std::string const& address, std::string_view icon, std::string_view words)
{
    out << "<li><a"_h;
    out.url("href"_h, address);
    out << ">"_h;
    web::icon(out, icon);
    out << words << "</a></li>"_h;
}

}  // namespace

void write_panel(Html& out, PanelView const& view)
{
    auto const training = training_schema().unpack(view.stored.row);
    if (!training.ok()) return;
    auto const& locale = view.context.locale;
    bool const papers = !view.at && training->kind != Kind::Campaign;
    out << "<div class=\"g-cols\"><section class=\"g-panel g-col-7\"><div class=\"g-panel-head\"><h2 class=\"g-h3\">"_h << locale.text("training.panel.attendance") << "</h2></div><div class=\"g-panel-body\">"_h;
    write_attendance(out, view, *training);
    out << "</div></section>"_h;
    if (!view.at) {
        out << "<section class=\"g-panel g-col-5\"><div class=\"g-panel-head\"><h2 class=\"g-h3\">"_h << locale.text("training.panel.papers") << "</h2></div><div class=\"g-panel-body\"><ul class=\"g-letters\">"_h;
        if (papers) write_way(out, view.address + "/attendance", "printer", locale.text("training.attendance.open"));
        if (papers && training->starts_at) write_way(out, view.address + "/invitation", "calendar-plus", locale.text("training.invitation.open"));
        write_way(out, view.context.address("/trainings/coverage"), "report-analytics", locale.text("training.coverage.open"));
        out << "</ul></div></section>"_h;
    }
    out << "</div>"_h;
}

std::vector<Due> dues_of(schema::Row const& row, records::DueContext const& context)
{
    std::vector<Due> dues;
    auto const training = training_schema().unpack(row);
    if (!training.ok() || !training->starts_at) return dues;
    auto const day = local_date(*training->starts_at, context.where.zone);
    if (context.status == "scheduled") dues.push_back({"training.session", *training->starts_at, {}, false, {"starts_at"}});
    if (context.status != "held") return dues;
    for (auto const& one : training->attendees) {
        auto const due = next_due_of(*training, one, day);
        // Only what lies ahead: whoever came again stands in a later session, and this one would remind for ever.
        if (due && *due >= context.today) dues.push_back(context.on("training.again", *due, false, {"attendees", one.id, "next_due"}));
    }
    return dues;
}

}  // namespace greffier::training
