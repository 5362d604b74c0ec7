#include "overview/dashboard.hpp"

#include <algorithm>
#include <map>

#include "accounts/modules.hpp"
#include "overview/dashboard_parts.hpp"
#include "records/pages/controls.hpp"
#include "web/frame.hpp"

namespace greffier::overview {

using namespace web::literals;
using accounts::Context;
using records::Register;
using records::Severity;
using web::Html;
using web::Response;

namespace {

constexpr int shown_at_most = 10;
constexpr std::chrono::days soon{60};

// ---- the head ---------------------------------------------------------------------------------------------

void write_head(Html& out, Dashboard const& board, bool empty)
{
    auto& context = board.context;
    auto const& locale = context.locale;
    Html actions;
    if (!empty && can(context, web::Permission::WriteRecords))
        for (auto const* kind : kept(board)) {
            actions << "<a class=\"btn btn-primary\""_h;
            actions.url("href"_h, context.address("/" + std::string{kind->slug} + "/new"));
            actions << ">"_h;
            web::icon(actions, "plus");
            actions << " "_h << locale.text("register." + std::string{kind->slug} + ".new") << "</a>"_h;
            break;   // one primary button per view
        }
    auto const blocking = with_worst(board, Severity::Blocking);
    auto lead = locale.date(local_date(context.now, locale.zone())) + ". ";
    if (empty) lead += locale.text("dashboard.lead_empty");
    else if (blocking > 0) lead += locale.plural("dashboard.lead_blocking", blocking);
    else if (board.due.late > 0) lead += locale.plural("dashboard.lead_late", board.due.late);
    else lead += locale.text("dashboard.lead_quiet");
    web::page_head(out, context.frame, locale.text("nav.dashboard"), lead, actions);
}

void write_figures(Html& out, Dashboard const& board)
{
    auto const& locale = board.context.locale;
    auto figure = [&](std::string_view words, std::int64_t count, std::string_view detail) {
        out << "<div><dt>"_h << words << "</dt><dd>"_h << locale.number(count) << " <small>"_h << detail << "</small></dd></div>"_h;
    };
    out << "<dl class=\"g-figures\">"_h;
    auto const registers = kept(board);
    for (auto const* kind : registers) {
        if (!is_foremost(*kind) || (kind != registers.front() && live(board, kind->slug) == 0)) continue;   // a register nobody began yet is in the menu
        auto const settled = kind->has_status("production") ? locale.plural("dashboard.in_production", live(board, kind->slug, "production")) : std::string{};
        figure(locale.text("register." + std::string{kind->slug}), live(board, kind->slug), settled);
    }
    auto const blocking = with_worst(board, Severity::Blocking);
    figure(locale.text("dashboard.to_mend"), blocking + with_worst(board, Severity::Major),
           blocking == 0 ? locale.text("dashboard.none_blocking") : locale.plural("dashboard.of_which_blocking", blocking));
    figure(locale.text("dashboard.to_review"), board.due.total, board.due.late == 0 ? locale.text("dashboard.none_late") : locale.plural("dashboard.of_which_late", board.due.late));
    out << "</dl>"_h;
}

// ---- what to do -------------------------------------------------------------------------------------------

void write_due(Html& out, Dashboard const& board)
{
    auto const& locale = board.context.locale;
    begin_panel(out, "due", "mb-4", locale.text("dashboard.due"));
    if (board.due.total > static_cast<std::int64_t>(board.due.first.size())) out << "<span class=\"g-muted\">"_h << locale.plural("dashboard.due_total", board.due.total) << "</span>"_h;
    write_link(out, board.context.address("/agenda"), locale.text("nav.agenda"));
    out << "</div>"_h;
    if (board.due.first.empty()) out << "<p class=\"g-panel-body g-muted mb-0\">"_h << locale.text("dashboard.due_none") << "</p>"_h;
    else {
        out << "<ul class=\"g-list g-list--due\">"_h;
        for (auto const& one : board.due.first) {
            out << "<li><div>"_h;
            write_link(out, address(board.context, one.record), one.record.title);
            auto const* kind = board.services.machinery.registers.find(one.record.register_slug);
            out << "<p>"_h << locale.text(kind && kind->dues ? "register." + one.record.register_slug : "dashboard.review") << " "_h;
            reference(out, one.record);
            out << "</p></div>"_h;
            records::due_date(out, one.review_at, board.context.now, locale);
            out << "</li>"_h;
        }
        out << "</ul>"_h;
    }
    out << "</section>"_h;
}

void write_wrong(Html& out, Dashboard const& board)
{
    auto const& locale = board.context.locale;
    begin_panel(out, "fix", "mb-4", locale.text("dashboard.fix"));
    write_link(out, board.context.address("/findings"), locale.text("dashboard.all_findings"));
    out << "</div>"_h;
    if (board.wrong.empty()) out << "<p class=\"g-panel-body g-muted mb-0\">"_h << locale.text("dashboard.fix_none") << "</p>"_h;
    else {
        out << "<ul class=\"g-list g-list--fix\">"_h;
        for (auto const& one : board.wrong) {
            out << "<li class=\"g-fix\"><svg aria-hidden=\"true\""_h;
            out.attr("class"_h, "icon g-sev-" + std::string{records::severity_letter(one.worst)});
            out << "><use"_h;
            out.url("href"_h, web::icon_address(records::severity_icon(one.worst)));
            out << "/></svg><div><a"_h;
            out.url("href"_h, address(board.context, one.record));
            out << "><span class=\"g-hidden\">"_h << locale.text("severity." + std::string{code_of(one.worst)}) << locale.text("punctuation.colon") << "</span>"_h << one.record.title << "</a><p>"_h
                << locale.text("rule." + one.rule + ".title");
            if (one.findings > 1) out << " "_h << locale.plural("dashboard.and_others", one.findings - 1);
            out << "</p></div></li>"_h;
        }
        out << "</ul>"_h;
    }
    out << "</section>"_h;
}

std::string act_words(Changed const& change, Locale const& locale)
{
    if (change.action == "status") return locale.text("history.act_status", {{"status", locale.text("status." + change.record.status)}});
    return locale.text("history.act_" + change.action);
}

void write_changes(Html& out, Dashboard const& board)
{
    auto const& locale = board.context.locale;
    std::map<Uuid, std::string> names;
    begin_panel(out, "changes", "mb-4", locale.text("dashboard.changes"));
    out << "</div><ul class=\"g-list g-list--due\">"_h;
    for (auto const& change : board.changed) {
        auto name = names.find(change.by);
        if (name == names.end()) name = names.emplace(change.by, board.services.actor_name(board.context.where().id, change.by, locale)).first;
        out << "<li><div>"_h;
        write_link(out, address(board.context, change.record), change.record.title);
        out << "<p>"_h << locale.text("dashboard.changed_by", {{"act", act_words(change, locale)}, {"who", name->second}, {"version", locale.number(change.version)}}) << "</p></div><time class=\"g-small g-muted\""_h;
        out.attr("datetime"_h, to_text(change.at));
        out << ">"_h << locale.instant(change.at) << "</time></li>"_h;
    }
    out << "</ul></section>"_h;
}

void write_ledger(Html& out, Dashboard const& board)
{
    auto const& locale = board.context.locale;
    auto const& head = board.ledger;
    begin_panel(out, "ledger", "", locale.text("dashboard.ledger"));
    out << "</div><div class=\"g-panel-body\"><p>"_h << locale.plural("dashboard.ledger_entries", static_cast<std::int64_t>(head.size)) << " "_h
        << (head.checkpoint_at ? locale.text("dashboard.ledger_signed", {{"when", locale.instant(*head.checkpoint_at)}}) : locale.text("dashboard.ledger_unsigned"))
        << "</p><p class=\"g-hash\">"_h << locale.text("dashboard.ledger_root") << " "_h << to_hex(head.root) << "</p>"_h;
    if (head.checkpoint) {
        out << "<details class=\"g-disclose\"><summary>"_h;
        web::icon(out, "chevron-right");
        out << locale.text("dashboard.ledger_copy") << "</summary><p class=\"mt-2\">"_h << locale.text("dashboard.ledger_why") << "</p><pre class=\"g-code\" id=\"checkpoint\" tabindex=\"0\""_h;
        out.attr("aria-label"_h, locale.text("dashboard.ledger_point"));
        out << ">"_h << *head.checkpoint << "</pre><button class=\"btn btn-outline btn-sm\" type=\"button\" data-copy=\"checkpoint\" hidden>"_h;
        web::icon(out, "copy");
        out << " "_h << locale.text("dashboard.copy") << "</button></details>"_h;
    }
    out << "</div></section>"_h;
}

Result<Response> show_dashboard(OverviewServices const& services, Context& context)
{
    auto const& machinery = services.machinery;
    Overview const overview{machinery.database, context.where().id, context.who().sight};
    auto const& zone = context.where().zone;
    auto const today = start_of_day(local_date(context.now, zone), zone);   // a review is not late on its own day
    Dashboard board{context, services, overview.tallies(), overview.wrong(shown_at_most), overview.due(today, today + soon, shown_at_most),
                    overview.changed(shown_at_most), machinery.ledger.head(context.where().id)};
    // What a register holds that is switched off is kept, and not spoken of.
    auto const silent = [&](std::string const& slug) { return !accounts::keeps_register(context.where(), slug); };
    std::erase_if(board.tallies, [&](Tally const& tally) { return silent(tally.register_slug); });
    std::erase_if(board.changed, [&](Changed const& each) { return silent(each.record.register_slug); });
    auto const due = std::erase_if(board.due.first, [&](Due const& each) { return silent(each.record.register_slug); });
    board.due.total -= static_cast<std::int64_t>(due);
    if (board.due.first.empty()) board.due.late = board.due.total = 0;
    board.tasks = tasks_of(board);
    board.reviews = overview.reviews_by_month(context.now, zone);
    context.frame.crumbs.clear();
    context.frame.title = context.locale.text("nav.dashboard");
    auto const registers = kept(board);
    bool const empty = std::ranges::all_of(registers, [&](auto const* kind) { return live(board, kind->slug) == 0; });
    Html out;
    write_head(out, board, empty);
    if (empty && !registers.empty()) {
        write_starts(out, board);
        write_tasks(out, board);
        write_ledger(out, board);
    } else {
        write_figures(out, board);
        out << "<div class=\"g-cols\"><div class=\"g-col-7\">"_h;
        write_tasks(out, board);
        write_due(out, board);
        write_wrong(out, board);
        out << "</div><div class=\"g-col-5\">"_h;
        write_state(out, board);
        write_ledger(out, board);
        out << "</div></div>"_h;
        write_changes(out, board);
    }
    return Response::html(web::page(context.frame, out));
}

}  // namespace

std::vector<accounts::Route> dashboard_routes(OverviewServices const& services)
{
    return {{web::Method::Get, "/o/{organisation}", web::Permission::ReadRecords,
             [&services](Context& context, web::Request const&) { return show_dashboard(services, context); }}};
}

}  // namespace greffier::overview
