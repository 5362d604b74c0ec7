// How the registers stand, in pictures with their tables; and on the first day, where to begin.
#include <algorithm>

#include "core/text.hpp"
#include "overview/charts.hpp"
#include "overview/dashboard_parts.hpp"
#include "web/frame.hpp"

namespace greffier::overview {

using namespace web::literals;
using records::Register;
using records::Severity;
using web::Html;

namespace {

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
        write_link(out, board.context.address("/" + std::string{kind.slug} + "?status=" + std::string{kind.statuses[i]}), locale.text("status." + std::string{kind.statuses[i]}));
        out << "</th><td class=\"g-num\">"_h << locale.number(count) << "</td></tr>"_h;
    }
    out << "</tbody></table>"_h;
}

/// "janvier février …": the words of one key, by their place.
std::string word_at(Locale const& locale, std::string_view key, unsigned place)
{
    auto const all = split(locale.text(key), ' ');
    return place < all.size() ? all[place] : std::string{};
}

void write_reviews(Html& out, Dashboard const& board)
{
    auto const& locale = board.context.locale;
    auto const& calendar = board.reviews;
    std::int64_t coming = 0;
    for (auto const& month : calendar.months) coming += month.count;
    if (coming + calendar.late == 0) return;
    auto const overdue = board.context.address("/" + std::string{kept(board).front()->slug} + "?overdue=yes");
    std::vector<Bar> bars{{locale.text("dashboard.reviews_late"), locale.text("dashboard.reviews_late_short"), calendar.late, "s5", overdue}};
    for (auto const& month : calendar.months) {
        auto const place = static_cast<unsigned>(month.first.month()) - 1;
        bars.push_back({word_at(locale, "month.names", place) + " " + std::to_string(static_cast<int>(month.first.year())), word_at(locale, "month.initials", place), month.count, "s1"});
    }
    out << "<h3 class=\"mt-4 mb-2\">"_h << locale.text("dashboard.reviews") << "</h3>"_h;
    column_chart(out, "chart-reviews", locale.text("dashboard.reviews_summary", {{"late", locale.number(calendar.late)}, {"coming", locale.number(coming)}}), locale.text("dashboard.month"), bars, locale);
}

void write_severities(Html& out, Dashboard const& board)
{
    auto const& locale = board.context.locale;
    std::vector<Bar> bars;
    std::int64_t sum = 0;
    constexpr std::string_view shades[] = {"s4", "s2", "s3", "s5"};   // from advice to blocking, near the hues of the badges
    for (auto severity : {Severity::Blocking, Severity::Major, Severity::Minor, Severity::Advice}) {
        auto const words = locale.text("severity." + std::string{code_of(severity)});
        auto const count = with_worst(board, severity);
        sum += count;
        bars.push_back({words, words, count, std::string{shades[static_cast<std::size_t>(severity)]}, board.context.address("/findings?severity=" + std::string{code_of(severity)})});
    }
    if (sum == 0) return;
    out << "<h3 class=\"mt-4 mb-2\">"_h << locale.text("dashboard.severities") << "</h3>"_h;
    line_bars(out, "chart-severities", locale.plural("dashboard.severities_summary", sum), locale.text("column.findings"), bars, locale);
}

}  // namespace

namespace {

/// The registers behind the foremost: how many records each holds, a line each.
void write_others(Html& out, Dashboard const& board, std::vector<Register const*> const& registers)
{
    auto const& locale = board.context.locale;
    auto const begun = [&](Register const* kind) { return !is_foremost(*kind) && live(board, kind->slug) > 0; };
    if (std::ranges::none_of(registers, begun)) return;
    out << "<details class=\"g-disclose mt-4\"><summary>"_h;
    web::icon(out, "chevron-right");
    out << locale.text("dashboard.others") << "</summary><table class=\"g-table\"><thead class=\"g-hidden\"><tr><th scope=\"col\">"_h << locale.text("nav.registers")
        << "</th><th scope=\"col\">"_h << locale.text("dashboard.records") << "</th></tr></thead><tbody>"_h;
    for (auto const* kind : registers) {
        if (!begun(kind)) continue;
        out << "<tr><th scope=\"row\">"_h;
        write_link(out, board.context.address("/" + std::string{kind->slug}), locale.text("register." + std::string{kind->slug}));
        out << "</th><td class=\"g-num\">"_h << locale.number(live(board, kind->slug)) << "</td></tr>"_h;
    }
    out << "</tbody></table></details>"_h;
}

}  // namespace

void write_state(Html& out, Dashboard const& board)
{
    auto const& locale = board.context.locale;
    auto const registers = kept(board);
    begin_panel(out, "state", "mb-4", locale.text("dashboard.state"));
    out << "</div><div class=\"g-panel-body\">"_h;
    for (auto const* kind : registers) {
        if (!is_foremost(*kind) || live(board, kind->slug) == 0) continue;
        if (registers.size() > 1) out << "<h3 class=\"mb-2\">"_h << locale.text("register." + std::string{kind->slug}) << "</h3>"_h;
        write_bar(out, board, *kind);
    }
    write_severities(out, board);
    write_reviews(out, board);
    write_others(out, board, registers);
    out << "</div></section>"_h;
}

// ---- the first day ----------------------------------------------------------------------------------------

namespace {

void write_start(Html& out, std::string const& href, std::string_view icon, std::string_view title, std::string_view lead)
{
    out << "<li>"_h;
    web::icon(out, icon);
    out << "<h3>"_h;
    write_link(out, href, title);
    out << "</h3><p>"_h << lead << "</p></li>"_h;
}

}  // namespace

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

}  // namespace greffier::overview
