// A month as a calendar: a table of weeks, each day with what falls due on it; below a certain width, a list of the days that hold anything.
#include <map>

#include "overview/agenda_view.hpp"
#include "overview/lines.hpp"
#include "web/frame.hpp"

namespace greffier::overview {

using namespace web::literals;
using web::Html;

namespace {

constexpr std::size_t shown_of_a_day = 6;

std::string month_words(Date first, Locale const& locale) { return locale.text("agenda.month." + std::to_string(static_cast<unsigned>(first.month()))) + " " + std::to_string(static_cast<int>(first.year())); }

void write_step(Html& out, std::string const& href, std::string_view icon, std::string const& words)
{
    out << "<a class=\"btn btn-outline btn-sm\""_h;
    out.url("href"_h, href);
    out << ">"_h;
    web::icon(out, icon);
    out << "<span class=\"g-hidden\">"_h << words << "</span></a>"_h;
}

void write_day(Html& out, AgendaView const& view, Date day, std::vector<AgendaItem const*> const& items)
{
    auto const& locale = view.context.locale;
    bool const outside = day.month() != view.month->month();
    out << "<td"_h;
    out.attr("class"_h, outside ? "g-month-out" : items.empty() ? "g-month-free" : "g-month-busy");
    if (day == view.today) out.attr("aria-current"_h, "date");
    out << "><time"_h;
    out.attr("datetime"_h, to_text(day));
    out << "><span aria-hidden=\"true\">"_h << static_cast<std::int64_t>(static_cast<unsigned>(day.day())) << "</span><span class=\"g-hidden\">"_h << locale.date(day) << "</span></time>"_h;
    if (!outside && !items.empty()) {
        out << "<ul>"_h;
        for (std::size_t i = 0; i < items.size() && i < shown_of_a_day; ++i) {
            auto const& item = *items[i];
            out << "<li"_h;
            if (item.record.at < view.context.now) out.attr("class"_h, "g-month-late");
            out << "><a"_h;
            out.url("href"_h, item.record.address());
            out << "><span class=\"g-ref\">"_h << item.record.reference << "</span> "_h << words_of_due(item.kind, locale) << "</a></li>"_h;
        }
        if (items.size() > shown_of_a_day) out << "<li class=\"g-muted\">"_h << locale.plural("agenda.more", static_cast<std::int64_t>(items.size() - shown_of_a_day)) << "</li>"_h;
        out << "</ul>"_h;
    }
    out << "</td>"_h;
}

}  // namespace

void write_month(Html& out, AgendaView const& view)
{
    auto const& locale = view.context.locale;
    auto const first = *view.month;
    std::map<Date, std::vector<AgendaItem const*>> by_day;
    for (auto const& item : view.items) by_day[item.day.value_or(local_date(item.record.at, locale.zone()))].push_back(&item);
    out << "<section class=\"g-panel mb-4\" aria-labelledby=\"month-t\"><div class=\"g-panel-head\"><h2 id=\"month-t\">"_h << month_words(first, locale) << "</h2><div class=\"g-month-steps g-noprint\">"_h;
    auto const before = add_months(first, -1), after = add_months(first, 1);
    write_step(out, view.address(before), "chevron-left", month_words(before, locale));
    write_step(out, view.address(after), "chevron-right", month_words(after, locale));
    out << "</div></div><table class=\"g-month\" aria-labelledby=\"month-t\"><thead><tr>"_h;
    for (int i = 1; i <= 7; ++i) out << "<th scope=\"col\">"_h << locale.text("agenda.weekday." + std::to_string(i)) << "</th>"_h;
    out << "</tr></thead><tbody>"_h;
    auto const weekday = std::chrono::weekday{std::chrono::sys_days{first}}.iso_encoding();
    auto day = add_days(first, 1 - static_cast<int>(weekday));
    while (day < after) {
        out << "<tr>"_h;
        for (int i = 0; i < 7; ++i, day = add_days(day, 1)) {
            auto const found = by_day.find(day);
            write_day(out, view, day, found == by_day.end() ? std::vector<AgendaItem const*>{} : found->second);
        }
        out << "</tr>"_h;
    }
    out << "</tbody></table>"_h;
    if (view.items.empty()) out << "<p class=\"g-panel-body g-muted mb-0\">"_h << locale.text("agenda.month_empty") << "</p>"_h;
    out << "</section>"_h;
}

}  // namespace greffier::overview
