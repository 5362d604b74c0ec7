#include "registers/request/panel.hpp"

#include <algorithm>
#include <ranges>

#include "law/day_words.hpp"
#include "records/pages/controls.hpp"
#include "records/pages/form.hpp"
#include "registers/request/clock.hpp"
#include "registers/request/earlier.hpp"
#include "registers/request/letter_kinds.hpp"
#include "registers/request/work.hpp"
#include "web/frame.hpp"

namespace greffier::request {

namespace {

using namespace web::literals;
using records::PanelView;
using web::Html;

struct Shown {
    PanelView const& view;
    Request const& request;
    Date today;                           ///< of the state that is shown
    [[nodiscard]] Locale const& locale() const { return view.context.locale; }
    [[nodiscard]] std::string_view status() const { return view.stored.head.status; }
};

void write_day(Html& out, Date day, Locale const& locale)
{
    out << "<time"_h;
    out.attr("datetime"_h, to_text(day));
    out << ">"_h << law::weekday_and_date(day, locale) << "</time>"_h;
}

void write_note(Html& out, std::string const& words) { out << "<p class=\"g-small g-muted\">"_h << words << "</p>"_h; }

/// "Réponse le …", or how long is left, or that the clock stands still.
void write_main_clock(Html& out, Shown const& shown, TimeLimit const& limit)
{
    auto const& locale = shown.locale();
    auto const due = limit.deadline.answer.due;
    bool const open = is_open(shown.status()) && !shown.request.answered_on;
    auto const left = (std::chrono::sys_days{due} - std::chrono::sys_days{shown.today}).count();
    out << "<section aria-labelledby=\"clock-answer\""_h;
    out.attr("class"_h, open && (left <= 7 && !limit.deadline.suspended) ? "g-clock g-clock--main" : "g-clock g-clock--calm");
    out << "><h2 id=\"clock-answer\">"_h;
    web::icon(out, open ? limit.deadline.suspended ? "player-pause" : "stopwatch" : "circle-check");
    out << locale.text(!open ? "request.clock.over" : limit.deadline.suspended ? "request.clock.suspended" : "request.clock.answer_by") << "</h2><span class=\"g-left\">"_h;
    if (open) {
        out << records::days_left(due, shown.today, locale);
    } else if (shown.request.answered_on) {
        auto const late = (std::chrono::sys_days{*shown.request.answered_on} - std::chrono::sys_days{due}).count();
        out << (late > 0 ? locale.plural("request.clock.answered_late", late) : locale.text("request.clock.answered_in_time"));
    } else {
        out << locale.text("status." + std::string{shown.status()});
    }
    out << "</span><p>"_h << locale.text("request.clock.at_latest") << " <strong>"_h;
    write_day(out, due, locale);
    out << "</strong></p>"_h;
    if (open && limit.deadline.suspended) write_note(out, locale.text("request.clock.suspended_lead"));
    if (shown.request.answered_on) write_note(out, locale.text("request.clock.answered_on", {{"day", locale.date(*shown.request.answered_on)}}));
    out << "</section>"_h;
}

void write_fact(Html& out, std::string const& words, Date day, Locale const& locale)
{
    out << "<p>"_h << words << " <strong>"_h;
    write_day(out, day, locale);
    out << "</strong></p>"_h;
}

/// What else must be known of the time: extension, pauses, the other reading, the end of keeping.
void write_side_clock(Html& out, Shown const& shown, TimeLimit const& limit)
{
    auto const& locale = shown.locale();
    auto const& request = shown.request;
    out << "<section class=\"g-clock g-clock--side\" aria-labelledby=\"clock-side\"><h2 id=\"clock-side\">"_h;
    web::icon(out, "calendar-time");
    out << locale.text("request.clock.side") << "</h2>"_h;
    write_fact(out, locale.text("request.clock.received"), local_date(*request.received_at, shown.view.place.zone), locale);
    if (limit.deadline.paused_days > 0) write_note(out, locale.plural(limit.deadline.suspended ? "request.clock.pausing" : "request.clock.paused", limit.deadline.paused_days));
    if (limit.pauses_contradict) write_note(out, locale.text("request.clock.pauses_contradict"));
    if (limit.extension_holds) write_note(out, locale.text("request.clock.extended"));
    else if (request.extended && request.extension_told_on) write_note(out, locale.text("request.clock.extension_too_late"));
    if (is_open(shown.status()) && !limit.extension_holds && shown.today <= limit.deadline.extension_notice.due) write_fact(out, locale.text("request.clock.extension_until"), limit.deadline.extension_notice.due, locale);
    if (limit.deadline.from_identity) {
        write_fact(out, locale.text("request.clock.from_identity"), limit.deadline.from_identity->due, locale);
        write_note(out, locale.text("request.clock.from_identity_lead"));
    }
    if (auto const until = kept_until(request)) {
        write_fact(out, locale.text("request.clock.kept_until"), *until, locale);
        if (!shown.view.at && accounts::may(shown.view.context.who(), web::Permission::DecideRecords)) {
            // Held back, for a trial or a complaint (reception/).
            out << "<p><a"_h;
            out.url("href"_h, shown.view.context.address("/purge/requests/" + shown.view.stored.head.id.text()));
            out << ">"_h << locale.text("request.clock.hold") << "</a></p>"_h;
        }
    }
    out << "</section>"_h;
}

void write_steps(Html& out, Shown const& shown, TimeLimit const& limit)
{
    auto const& locale = shown.locale();
    out << "<div class=\"g-clocks-why\"><details class=\"g-disclose\"><summary>"_h;
    web::icon(out, "chevron-right");
    out << locale.text("record.why_this_date") << "</summary><ol class=\"g-steps\">"_h;
    for (auto const& step : limit.deadline.answer.steps) {
        out << "<li><div>"_h << law::words_of(step, locale, shown.view.place.calendar) << "</div><span class=\"g-res\">"_h;
        if (!step.rule.empty()) out << locale.text("request.clock.rule", {{"rule", std::string{step.rule}}});
        out << "</span></li>"_h;
    }
    out << "</ol><p class=\"g-small g-muted\">"_h << locale.text("request.clock.sources", {{"calendar", locale.text("holiday_calendar." + shown.view.place.calendar.info().code)}}) << "</p></details></div>"_h;
}

/// Where nobody has looked yet.
void write_unsearched(Html& out, Shown const& shown)
{
    auto const pending = [](Search const& one) { return !one.result || *one.result == SearchResult::Pending; };
    bool any = false;
    for (auto const& one : shown.request.searches | std::views::filter(pending)) {
        if (one.place.empty()) continue;
        out << (any ? ", "_h : "<span class=\"g-muted g-small\"><br>"_h) << one.place;
        any = true;
    }
    if (any) out << "</span>"_h;
}

void write_task(Html& out, Shown const& shown, Task const& task)
{
    auto const& locale = shown.locale();
    out << "<li"_h;
    out.attr("class"_h, task.state == Task::State::Done ? "done" : task.state == Task::State::Waiting ? "wait" : "todo");
    out << ">"_h;
    web::icon(out, task.state == Task::State::Done ? "circle-check" : task.state == Task::State::Waiting ? "hourglass" : "circle-dashed");
    out << "<span>"_h << locale.text("request.task." + std::string{task.what}) << "<span class=\"g-hidden\">"_h << locale.text("punctuation.colon")
        << locale.text(task.state == Task::State::Done ? "request.task_done" : task.state == Task::State::Waiting ? "request.task_waiting" : "request.task_todo") << "</span>"_h;
    if (task.all > 0) out << " <span class=\"g-muted\">"_h << locale.text("request.task_of", {{"done", locale.number(task.done)}, {"all", locale.number(task.all)}}) << "</span>"_h;
    if (task.what == "search") write_unsearched(out, shown);
    out << "</span>"_h;
    if (task.on) {
        out << "<span class=\"g-muted g-nowrap\">"_h << locale.date(*task.on) << "</span>"_h;
    } else if (task.state != Task::State::Done && shown.view.editable) {
        out << "<a"_h;
        out.url("href"_h, shown.view.address + "/edit#" + records::control_id(task.field));
        out << ">"_h << locale.text("request.task_note") << "<span class=\"g-hidden\">"_h << locale.text("punctuation.colon") << locale.text("request.task." + std::string{task.what}) << "</span></a>"_h;
    }
    out << "</li>"_h;
}

void write_tasks(Html& out, Shown const& shown)
{
    auto const tasks = tasks_of(shown.request, shown.status());
    if (tasks.empty()) return;
    auto const& locale = shown.locale();
    auto const left = std::ranges::count_if(tasks, [](Task const& task) { return task.state != Task::State::Done; });
    out << "<section class=\"g-panel g-col-7\" aria-labelledby=\"tasks-t\"><div class=\"g-panel-head\"><h2 id=\"tasks-t\">"_h << locale.text("request.tasks") << "</h2><span class=\"g-muted\">"_h
        << (left == 0 ? locale.text("request.tasks_none") : locale.plural("request.tasks_left", left)) << "</span></div><ul class=\"g-checklist\">"_h;
    for (auto const& task : tasks) write_task(out, shown, task);
    out << "</ul></section>"_h;
}

void write_earlier(Html& out, Shown const& shown)
{
    auto const& locale = shown.locale();
    auto const& view = shown.view;
    auto const earlier = earlier_requests(view, shown.request);
    out << "<h3 class=\"g-h3 mt-3\">"_h << locale.text("request.earlier") << "</h3>"_h;
    if (earlier.count == 0) return write_note(out, locale.text("request.earlier_none"));
    out << "<p>"_h << locale.plural(earlier.at_least ? "request.earlier_at_least" : "request.earlier_count", earlier.count) << "</p><ul>"_h;
    for (auto const& [head, received_at] : earlier.newest) {
        out << "<li><a"_h;
        out.url("href"_h, view.context.address("/" + std::string{view.kind.slug} + "/" + head.id.text()));
        out << ">"_h << head.title << "</a> <span class=\"g-ref\">"_h << head.reference << "</span> <span class=\"g-muted\">"_h << locale.date(local_date(received_at, view.place.zone)) << "</span></li>"_h;
    }
    out << "</ul>"_h;
}

void write_letters(Html& out, Shown const& shown)
{
    auto const& locale = shown.locale();
    out << "<section class=\"g-panel g-col-5\" aria-labelledby=\"letters-t\"><div class=\"g-panel-head\"><h2 id=\"letters-t\">"_h << locale.text("request.letters") << "</h2></div><div class=\"g-panel-body\"><ul class=\"g-letters\">"_h;
    for (auto const kind : letters_for(shown.request)) {
        out << "<li><a"_h;
        out.url("href"_h, shown.view.address + "/letters/" + std::string{code_of(kind)});
        out << ">"_h;
        web::icon(out, "file-text");
        out << locale.text("request.letter." + std::string{code_of(kind)}) << "</a></li>"_h;
    }
    out << "</ul>"_h;
    if (shown.view.editable) {
        // At which the person follows it (reception/).
        out << "<p><a"_h;
        out.url("href"_h, shown.view.address + "/follow-up");
        out << ">"_h << locale.text("request.follow_up_address") << "</a></p><p><a"_h;
        out.url("href"_h, shown.view.address + "/delivery");
        out << ">"_h << locale.text("request.delivery") << "</a></p>"_h;
    }
    if (shown.request.received_at) write_earlier(out, shown);
    out << "</div></section>"_h;
}

}  // namespace

void write_panel(web::Html& out, PanelView const& view)
{
    auto const request = request_schema().unpack(view.stored.row);
    if (!request.ok()) return;
    Shown const shown{view, *request, local_date(view.at.value_or(view.context.now), view.place.zone)};
    if (auto const limit = time_limit(*request, shown.today, view.place)) {
        out << "<div class=\"g-clocks\">"_h;
        write_main_clock(out, shown, *limit);
        write_side_clock(out, shown, *limit);
        write_steps(out, shown, *limit);
        out << "</div>"_h;
    }
    if (view.at) return;
    out << "<div class=\"g-cols\">"_h;
    write_tasks(out, shown);
    write_letters(out, shown);
    out << "</div>"_h;
}

}  // namespace greffier::request
