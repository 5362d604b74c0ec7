#include "overview/dashboard.hpp"

#include <algorithm>
#include <map>

#include "overview/overview.hpp"
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

struct Dashboard {
    Context& context;
    OverviewServices const& services;
    std::vector<Tally> tallies;
    std::vector<Wrong> wrong;
    DueList due;
    std::vector<Changed> changed;
    records::LedgerKeeper::Head ledger;
};

bool can(Context const& context, web::Permission permission) { return accounts::may(context.who(), permission); }

std::string address(Context const& context, Line const& record) { return context.address("/" + record.register_slug + "/" + record.id.text()); }

std::int64_t live(Dashboard const& board, std::string_view slug, std::string_view status = "")
{
    std::int64_t count = 0;
    for (auto const& tally : board.tallies)
        if (tally.register_slug == slug && !tally.status.empty() && (status.empty() || tally.status == status)) count += tally.count;
    return count;
}

std::int64_t with_worst(Dashboard const& board, Severity severity)
{
    std::int64_t count = 0;
    for (auto const& tally : board.tallies)
        if (tally.worst == severity) count += tally.count;
    return count;
}

/// Registers that hold many records: the organisation's own profile counts for none.
std::vector<Register const*> kept(Dashboard const& board)
{
    std::vector<Register const*> registers;
    for (auto const* kind : board.services.machinery.registers.all())
        if (!kind->single) registers.push_back(kind);
    return registers;
}

void link(Html& out, std::string const& href, std::string_view words)
{
    out << "<a"_h;
    out.url("href"_h, href);
    out << ">"_h << words << "</a>"_h;
}

void begin_panel(Html& out, std::string_view id, std::string_view width, std::string_view title)
{
    out << "<section"_h;
    out.attr("class"_h, width.empty() ? "g-panel" : "g-panel " + std::string{width}).attr("aria-labelledby"_h, id);
    out << "><div class=\"g-panel-head\"><h2"_h;
    out.attr("id"_h, id);
    out << ">"_h << title << "</h2>"_h;
}

void reference(Html& out, Line const& record)
{
    if (!record.reference.empty()) out << "<span class=\"g-ref\">"_h << record.reference << "</span>"_h;
}

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
    for (auto const* kind : kept(board)) {
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
    begin_panel(out, "due", "g-col-7", locale.text("dashboard.due"));
    if (board.due.total > static_cast<std::int64_t>(board.due.first.size())) out << "<span class=\"g-muted\">"_h << locale.plural("dashboard.due_total", board.due.total) << "</span>"_h;
    out << "</div>"_h;
    if (board.due.first.empty()) out << "<p class=\"g-panel-body g-muted mb-0\">"_h << locale.text("dashboard.due_none") << "</p>"_h;
    else {
        out << "<ul class=\"g-list g-list--due\">"_h;
        for (auto const& one : board.due.first) {
            out << "<li><div>"_h;
            link(out, address(board.context, one.record), one.record.title);
            out << "<p>"_h << locale.text("dashboard.review") << " "_h;
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
    begin_panel(out, "fix", "g-col-5", locale.text("dashboard.fix"));
    link(out, board.context.address("/findings"), locale.text("dashboard.all_findings"));
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

// ---- how things stand -------------------------------------------------------------------------------------

/// Colour of a status in the bar; the table under it says the same in words and figures.
std::string shade(std::string_view status, std::size_t place)
{
    static constexpr std::string_view known[] = {"production", "validated", "to_validate", "draft", "suspended", "archived"};
    auto const found = std::ranges::find(known, status);
    return "s" + std::to_string(1 + (found == std::end(known) ? place % std::size(known) : static_cast<std::size_t>(found - std::begin(known))));
}

void write_bar(Html& out, Dashboard const& board, Register const& kind)
{
    constexpr double width = 400, gap = 1.5;
    auto const& locale = board.context.locale;
    auto const total = live(board, kind.slug);
    out << "<svg class=\"g-stack-bar\" viewBox=\"0 0 400 18\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"_h;
    std::int64_t before = 0;
    for (std::size_t i = 0; i < kind.statuses.size(); ++i) {
        auto const count = live(board, kind.slug, kind.statuses[i]);
        if (count == 0) continue;
        auto const from = static_cast<double>(before) * width / static_cast<double>(total);
        auto const to = static_cast<double>(before + count) * width / static_cast<double>(total);
        before += count;
        out << "<rect y=\"0\" height=\"18\""_h;
        out.attr("class"_h, shade(kind.statuses[i], i)).attr("x"_h, std::to_string(from)).attr("width"_h, std::to_string(before == total ? to - from : std::max(1.0, to - from - gap)));
        out << "/>"_h;
    }
    out << "</svg><table class=\"g-table mt-2\"><caption class=\"g-hidden\">"_h << locale.text("dashboard.by_status", {{"register", locale.text("register." + std::string{kind.slug})}})
        << "</caption><thead class=\"g-hidden\"><tr><th scope=\"col\">"_h << locale.text("column.status") << "</th><th scope=\"col\">"_h << locale.text("dashboard.records") << "</th></tr></thead><tbody>"_h;
    for (std::size_t i = 0; i < kind.statuses.size(); ++i) {
        auto const count = live(board, kind.slug, kind.statuses[i]);
        if (count == 0) continue;
        out << "<tr><th scope=\"row\"><svg class=\"g-swatch\" width=\"12\" height=\"12\" viewBox=\"0 0 12 12\" aria-hidden=\"true\"><rect width=\"12\" height=\"12\" rx=\"2\""_h;
        out.attr("class"_h, shade(kind.statuses[i], i));
        out << "/></svg> "_h;
        link(out, board.context.address("/" + std::string{kind.slug} + "?status=" + std::string{kind.statuses[i]}), locale.text("status." + std::string{kind.statuses[i]}));
        out << "</th><td class=\"g-num\">"_h << locale.number(count) << "</td></tr>"_h;
    }
    out << "</tbody></table>"_h;
}

void write_state(Html& out, Dashboard const& board)
{
    auto const& locale = board.context.locale;
    auto const registers = kept(board);
    begin_panel(out, "state", "mb-4", locale.text("dashboard.state"));
    out << "</div><div class=\"g-panel-body\">"_h;
    for (auto const* kind : registers) {
        if (live(board, kind->slug) == 0) continue;
        if (registers.size() > 1) out << "<h3 class=\"mb-2\">"_h << locale.text("register." + std::string{kind->slug}) << "</h3>"_h;
        write_bar(out, board, *kind);
    }
    out << "</div></section>"_h;
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
    begin_panel(out, "changes", "g-col-7", locale.text("dashboard.changes"));
    out << "</div><ul class=\"g-list g-list--due\">"_h;
    for (auto const& change : board.changed) {
        auto name = names.find(change.by);
        if (name == names.end()) name = names.emplace(change.by, board.services.actor_name(board.context.where().id, change.by, locale)).first;
        out << "<li><div>"_h;
        link(out, address(board.context, change.record), change.record.title);
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

// ---- the first day ----------------------------------------------------------------------------------------

void write_start(Html& out, std::string const& href, std::string_view icon, std::string_view title, std::string_view lead)
{
    out << "<li>"_h;
    web::icon(out, icon);
    out << "<h3>"_h;
    link(out, href, title);
    out << "</h3><p>"_h << lead << "</p></li>"_h;
}

void write_starts(Html& out, Dashboard const& board)
{
    auto const& context = board.context;
    auto const& locale = context.locale;
    auto const register_address = context.address("/" + std::string{kept(board).front()->slug});
    out << "<div class=\"g-empty\"><svg class=\"g-art\" viewBox=\"0 0 136 104\" aria-hidden=\"true\"><path class=\"a\" d=\"M14 14h52v78H14zM70 14h52v78H70z\"/>"
           "<path class=\"b\" d=\"M22 30h38M22 42h38M22 54h38M22 66h38M22 78h38M78 30h38M78 42h38M78 54h38M78 66h38M78 78h38\"/>"
           "<path class=\"c\" d=\"M28 14v78M84 14v78\"/><path class=\"d\" d=\"M90 28h20\"/></svg><h2>"_h
        << locale.text("dashboard.empty_title", {{"organisation", context.where().name}}) << "</h2><p>"_h << locale.text("dashboard.empty_lead") << "</p></div><h2 class=\"g-hidden\">"_h
        << locale.text("dashboard.starts") << "</h2><ul class=\"g-starts mb-4\">"_h;
    if (can(context, web::Permission::ImportRecords))
        write_start(out, register_address + "/import", "upload", locale.text("dashboard.start_import"), locale.text("dashboard.start_import_lead"));
    if (can(context, web::Permission::WriteRecords)) {
        write_start(out, register_address + "/new", "pencil", locale.text("dashboard.start_write"), locale.text("dashboard.start_write_lead"));
        write_start(out, context.address("/profile"), "building", locale.text("dashboard.start_profile"), locale.text("dashboard.start_profile_lead"));
    }
    out << "</ul>"_h;
}

Result<Response> show_dashboard(OverviewServices const& services, Context& context)
{
    auto const& machinery = services.machinery;
    Overview const overview{machinery.database, context.where().id};
    Dashboard const board{context, services, overview.tallies(), overview.wrong(shown_at_most), overview.due(context.now, context.now + soon, shown_at_most),
                          overview.changed(shown_at_most), machinery.ledger.head(context.where().id)};
    context.frame.crumbs.clear();
    context.frame.title = context.locale.text("nav.dashboard");
    auto const registers = kept(board);
    bool const empty = std::ranges::all_of(registers, [&](auto const* kind) { return live(board, kind->slug) == 0; });
    Html out;
    write_head(out, board, empty);
    if (empty && !registers.empty()) {
        write_starts(out, board);
        write_ledger(out, board);
    } else {
        write_figures(out, board);
        out << "<div class=\"g-cols\">"_h;
        write_due(out, board);
        write_wrong(out, board);
        out << "</div><div class=\"g-cols\">"_h;
        write_changes(out, board);
        out << "<div class=\"g-col-5\">"_h;
        write_state(out, board);
        write_ledger(out, board);
        out << "</div></div>"_h;
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
