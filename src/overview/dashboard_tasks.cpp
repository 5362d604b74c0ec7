// What waits for the person who looks: messages, records sent back, records to settle, drafts, late reviews.
#include <algorithm>
#include <map>

#include "core/text.hpp"
#include "overview/dashboard_parts.hpp"
#include "web/frame.hpp"

namespace greffier::overview {

using namespace web::literals;
using records::Register;
using web::Html;

namespace {

constexpr int shown_of_each = 5;
constexpr std::size_t shown_title = 120;
constexpr std::string_view advice_slug = "advice";

/// Statuses from which this person may bring a record to a settled one: somebody waits for them.
std::vector<std::string_view> settled_from(Register const& kind, accounts::Context const& context)
{
    std::vector<std::string_view> from;
    for (auto const& step : kind.transitions)
        if (step.permission == web::Permission::DecideRecords && can(context, step.permission) && kind.is_settled(step.to) && !kind.is_settled(step.from) &&
            kind.transition(step.from, kind.first_status()) && step.from != kind.first_status() && std::ranges::find(from, step.from) == from.end())
            from.push_back(step.from);
    return from;
}

void begin_task(Html& out, std::string_view icon)
{
    out << "<li class=\"g-fix\">"_h;
    web::icon(out, icon);
    out << "<div>"_h;
}

void end_task(Html& out, std::string_view words)
{
    if (!words.empty()) out << "<p>"_h << words << "</p>"_h;
    out << "</div></li>"_h;
}

struct Names {
    Dashboard const& board;
    std::map<Uuid, std::string> known = {};
    std::string const& of(Uuid actor)
    {
        auto found = known.find(actor);
        if (found == known.end()) found = known.emplace(actor, board.services.actor_name(board.context.where().id, actor, board.context.locale)).first;
        return found->second;
    }
};

void write_returned(Html& out, Dashboard const& board)
{
    auto const& locale = board.context.locale;
    Names names{board};
    for (auto const& one : board.tasks.returned) {
        begin_task(out, "arrow-back-up");
        write_link(out, address(board.context, one.record), one.record.title);
        end_task(out, locale.text("tasks.returned", {{"who", names.of(one.by)}, {"when", locale.date(local_date(one.at, locale.zone()))}}));
    }
}

void write_to_settle(Html& out, Dashboard const& board)
{
    auto const& locale = board.context.locale;
    for (auto const& group : board.tasks.to_settle) {
        for (auto const& one : group.first) {
            begin_task(out, "rosette-discount-check");
            write_link(out, address(board.context, one.record), one.record.title);
            end_task(out, locale.text("tasks.to_settle", {{"status", locale.text("status." + group.status)}, {"when", locale.date(local_date(one.since, locale.zone()))}}));
        }
        if (group.total <= static_cast<std::int64_t>(group.first.size())) continue;
        begin_task(out, "list-details");
        write_link(out, board.context.address("/" + std::string{group.kind->slug} + "?status=" + group.status), locale.plural("tasks.to_settle_all", group.total));
        end_task(out, "");
    }
}

void write_drafts(Html& out, Dashboard const& board)
{
    auto const& locale = board.context.locale;
    for (std::size_t i = 0; i < board.tasks.drafts.size() && i < static_cast<std::size_t>(shown_of_each); ++i) {
        auto const& draft = board.tasks.drafts[i].draft;
        auto const place = board.context.address("/" + draft.register_slug) + (draft.record ? "/" + draft.record->text() + "/edit" : std::string{"/new"});
        begin_task(out, "pencil");
        write_link(out, place, draft.title.empty() ? locale.text("tasks.draft_untitled") : shorten(draft.title, shown_title));
        end_task(out, locale.text(draft.record ? "tasks.draft" : "tasks.draft_new", {{"when", locale.instant(draft.saved_at)}}));
    }
}

/// Advice that waits for an answer, then for a decision: told to those who may settle either.
void count_advice(Tasks& tasks, Dashboard const& board)
{
    auto const registers = kept(board);
    if (!can(board.context, web::Permission::DecideRecords) || std::ranges::none_of(registers, [](auto const* kind) { return kind->slug == advice_slug; })) return;
    tasks.advice_to_give = live(board, advice_slug, "asked");
    tasks.advice_to_decide = live(board, advice_slug, "advised");
}

void write_advice(Html& out, Dashboard const& board)
{
    auto const& locale = board.context.locale;
    auto write = [&](std::int64_t count, std::string_view status, std::string_view key, std::string const& lead) {
        if (count == 0) return;
        begin_task(out, "message-question");
        write_link(out, board.context.address("/" + std::string{advice_slug} + "?status=" + std::string{status}), locale.plural(key, count));
        end_task(out, lead);
    };
    write(board.tasks.advice_to_give, "asked", "tasks.advice_to_give", locale.text("tasks.advice_to_give_lead"));
    write(board.tasks.advice_to_decide, "advised", "tasks.advice_to_decide", locale.text("tasks.advice_to_decide_lead"));
}

bool has_late_reviews(Dashboard const& board) { return board.due.late > 0 && can(board.context, web::Permission::WriteRecords); }

}  // namespace

Tasks tasks_of(Dashboard const& board)
{
    Tasks tasks;
    auto const& context = board.context;
    auto& database = board.services.machinery.database;
    Overview const overview{database, context.where().id, context.who().sight};
    if (auto const& person = context.who().person) {
        tasks.unread_exchanges = overview.unread_exchanges(*person);
        if (can(context, web::Permission::WriteRecords)) {
            tasks.returned = overview.returned_to(board.services.machinery.registers, *person, shown_of_each);
            tasks.drafts = records::Drafts{database, context.where().id, *person, context.who().sight}.all();
            std::erase_if(tasks.drafts, [](records::DraftLine const& line) { return line.in_bin; });   // nothing to go on with
        }
    }
    count_advice(tasks, board);
    for (auto const* kind : kept(board))
        for (auto const status : settled_from(*kind, context))
            if (auto const total = live(board, kind->slug, status); total > 0)
                tasks.to_settle.push_back({kind, std::string{status}, total, overview.waiting(kind->slug, status, shown_of_each)});
    return tasks;
}

void write_tasks(Html& out, Dashboard const& board)
{
    auto const& locale = board.context.locale;
    auto const& tasks = board.tasks;
    bool const none = tasks.unread_exchanges == 0 && tasks.returned.empty() && tasks.to_settle.empty() && tasks.drafts.empty() && tasks.advice_to_give == 0 && tasks.advice_to_decide == 0 && !has_late_reviews(board);
    begin_panel(out, "tasks", "mb-4", locale.text("tasks.title"));
    out << "</div>"_h;
    if (none) {
        out << "<p class=\"g-panel-body g-muted mb-0\">"_h << locale.text("tasks.none") << "</p></section>"_h;
        return;
    }
    out << "<ul class=\"g-list g-list--fix\">"_h;
    if (tasks.unread_exchanges > 0) {
        begin_task(out, "message");
        write_link(out, "/notifications?unread=yes", locale.plural("tasks.exchanges", tasks.unread_exchanges));
        end_task(out, locale.text("tasks.exchanges_lead"));
    }
    write_returned(out, board);
    write_to_settle(out, board);
    write_advice(out, board);
    write_drafts(out, board);
    if (has_late_reviews(board)) {
        begin_task(out, "calendar-due");
        write_link(out, board.context.address("/agenda?when=late"), locale.plural("tasks.late_reviews", board.due.late));
        end_task(out, locale.text("tasks.late_reviews_lead"));
    }
    out << "</ul></section>"_h;
}

}  // namespace greffier::overview
