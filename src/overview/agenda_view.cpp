#include "overview/agenda_view.hpp"

#include <algorithm>

#include "accounts/modules.hpp"
#include "law/ladders.hpp"
#include "overview/lines.hpp"
#include "records/due_keeper.hpp"
#include "records/pages/controls.hpp"
#include "web/frame.hpp"
#include "web/pager.hpp"

namespace greffier::overview {

using namespace web::literals;
using web::Html;

namespace {

/// Overdue, today, within seven days, later.
enum class When { Late, Today, Week, Later };
constexpr std::array<std::string_view, 4> when_keys{"agenda.late", "agenda.today", "agenda.week", "agenda.later"};

Date day_of(AgendaItem const& item, Locale const& locale) { return item.day.value_or(local_date(item.record.at, locale.zone())); }

When when_of(AgendaItem const& item, AgendaView const& view)
{
    if (item.record.at < view.context.now) return When::Late;
    auto const day = day_of(item, view.context.locale);
    if (day <= view.today) return When::Today;
    return day <= add_days(view.today, 7) ? When::Week : When::Later;
}

void write_tabs(Html& out, AgendaView const& view)
{
    auto const& locale = view.context.locale;
    auto tab = [&](std::string const& href, std::string const& words, bool current) {
        out << "<li><a"_h;
        out.url("href"_h, href);
        if (current) out.attr("aria-current"_h, "page");
        out << ">"_h << words << "</a></li>"_h;
    };
    out << "<nav"_h;
    out.attr("aria-label"_h, locale.text("agenda.views"));
    out << "><ul class=\"g-tabs\">"_h;
    tab(view.address({}, 1, false), locale.text("agenda.as_list"), !view.month && !view.late_only);
    tab(view.address({}, 1, true), locale.text("agenda.only_late"), !view.month && view.late_only);
    tab(view.address(view.month.value_or(Date{view.today.year() / view.today.month() / std::chrono::day{1}})), locale.text("agenda.as_month"), view.month.has_value());
    out << "</ul></nav>"_h;
}

struct Option {
    std::string value, words;
};

void write_select(Html& out, std::string_view name, std::string_view label, std::string_view any, std::string const& chosen, std::vector<Option> const& options)
{
    auto const id = "a-" + std::string{name};
    out << "<span class=\"g-agenda-filter\"><label class=\"form-label mb-0\""_h;
    out.attr("for"_h, id);
    out << ">"_h << label << "</label><select class=\"form-select\""_h;
    out.attr("id"_h, id).attr("name"_h, name);
    out << "><option value=\"\">"_h << any << "</option>"_h;
    for (auto const& one : options) {
        out << "<option"_h;
        out.attr("value"_h, one.value).flag("selected"_h, one.value == chosen);
        out << ">"_h << one.words << "</option>"_h;
    }
    out << "</select></span>"_h;
}

std::vector<Option> kinds(AgendaView const& view)
{
    std::vector<Option> options;
    for (auto const& kind : law::kinds_with_ladders())
        if (!kind.starts_with('*')) options.push_back({kind, words_of_due(kind, view.context.locale)});
    // A kind that has no ladder of its own is offered when it is on the page.
    for (auto const& item : view.items)
        if (std::ranges::find(options, item.kind, &Option::value) == options.end()) options.push_back({item.kind, words_of_due(item.kind, view.context.locale)});
    if (!view.filter.kind.empty() && std::ranges::find(options, view.filter.kind, &Option::value) == options.end()) options.push_back({view.filter.kind, words_of_due(view.filter.kind, view.context.locale)});
    return options;
}

void write_filters(Html& out, AgendaView const& view)
{
    auto const& locale = view.context.locale;
    std::vector<Option> registers;
    for (auto const* kind : view.services.machinery.registers.all())
        if (records::keeps_dues(*kind) && (!view.here || accounts::keeps_register(view.context.where(), kind->slug))) registers.push_back({std::string{kind->slug}, locale.text("register." + std::string{kind->slug})});
    out << "<form method=\"get\" role=\"search\" class=\"g-noprint\""_h;
    out.url("action"_h, view.here ? view.context.address("/agenda") : std::string{"/agenda"}).attr("aria-label"_h, locale.text("agenda.filter_label"));
    out << "><div class=\"g-filterbar g-agenda-filters\">"_h;
    write_select(out, "register", locale.text("agenda.register"), locale.text("agenda.any"), view.filter.register_slug, registers);
    write_select(out, "kind", locale.text("agenda.kind"), locale.text("agenda.any"), view.filter.kind, kinds(view));
    write_select(out, "legal", locale.text("agenda.origin"), locale.text("agenda.any"), view.filter.legal ? *view.filter.legal ? "yes" : "no" : "", {{"yes", locale.text("agenda.of_law")}, {"no", locale.text("agenda.of_house")}});
    if (view.here || view.context.who().person) {
        std::vector<Option> people;
        auto const me = view.context.who().person;
        if (me) people.push_back({me->text(), locale.text("agenda.mine")});
        for (auto const& one : view.owners)
            if (one.id != me) people.push_back({one.id.text(), one.name});
        write_select(out, "owner", locale.text("agenda.owner"), locale.text("agenda.anybody"), view.filter.owner ? view.filter.owner->text() : "", people);
    }
    if (view.late_only) out << "<input type=\"hidden\" name=\"when\" value=\"late\">"_h;
    if (view.month) {
        out << "<input type=\"hidden\" name=\"month\""_h;
        out.attr("value"_h, to_text(*view.month).substr(0, 7));
        out << ">"_h;
    }
    out << "<button class=\"btn btn-outline btn-sm\" type=\"submit\">"_h << locale.text("list.filter") << "</button>"_h;
    auto const& f = view.filter;
    if (!f.register_slug.empty() || !f.kind.empty() || f.legal || f.owner) write_link(out, view.here ? view.context.address("/agenda") : std::string{"/agenda"}, locale.text("list.clear"));
    out << "</div></form>"_h;
}

void write_take(Html& out, AgendaView const& view, AgendaItem const& item)
{
    auto const& locale = view.context.locale;
    if (item.taken_at) {
        out << "<span class=\"g-badge g-badge--ok\">"_h << locale.text("agenda.taken") << "</span>"_h;
        return;
    }
    if (!view.here || view.context.seeing_as || !accounts::may(view.context.who(), web::Permission::WriteRecords)) return;
    out << "<form class=\"g-noprint\" method=\"post\""_h;
    out.url("action"_h, view.context.address("/agenda/taken"));
    out << ">"_h;
    web::csrf_field(out, view.context.frame);
    for (auto const& [name, value] : {std::pair{"record", item.record.id.text()}, {"kind", item.kind}, {"place", item.place}, {"at", std::to_string(to_millis(item.record.at))}}) {
        out << "<input type=\"hidden\""_h;
        out.attr("name"_h, name).attr("value"_h, value);
        out << ">"_h;
    }
    out << "<button class=\"btn btn-outline btn-sm\" type=\"submit\">"_h << locale.text("agenda.take") << "<span class=\"g-hidden\">"_h << locale.text("punctuation.colon") << words_of_due(item.kind, locale) << ", "_h
        << item.record.reference << "</span></button></form>"_h;
}

void write_item(Html& out, AgendaView const& view, AgendaItem const& item)
{
    auto const& locale = view.context.locale;
    out << "<li class=\"g-agenda-item\"><div class=\"g-agenda-when\">"_h;
    records::due_date(out, item.record.at, view.context.now, locale, !item.day);
    out << "</div><div class=\"g-agenda-what\"><p class=\"mb-0\"><strong>"_h << words_of_due(item.kind, locale) << "</strong> <span"_h;
    out.attr("class"_h, item.legal ? "g-badge g-badge--info" : "g-badge");
    out << ">"_h << locale.text(item.legal ? "agenda.of_law" : "agenda.of_house") << "</span></p><p class=\"mb-0\">"_h;
    write_link(out, item.record.address(), item.record.title.empty() ? item.record.reference : item.record.title);
    out << " <span class=\"g-ref\">"_h << item.record.reference << "</span> <span class=\"g-small g-muted\">"_h << locale.text("register." + item.record.register_slug) << "</span></p>"_h;
    if (!view.here) {
        out << "<p class=\"g-small mb-0\">"_h;
        write_place(out, item.record.where);
        out << "</p>"_h;
    }
    out << "<p class=\"g-small g-muted mb-0\">"_h << (item.owner_name.empty() ? locale.text("agenda.nobody") : locale.text("agenda.answers", {{"name", item.owner_name}})) << " <a class=\"g-noprint\""_h;
    out.url("href"_h, item.record.address());
    out << ">"_h << locale.text("agenda.why") << "<span class=\"g-hidden\">"_h << locale.text("punctuation.colon") << item.record.reference << "</span></a></p></div><div class=\"g-agenda-act\">"_h;
    write_take(out, view, item);
    out << "</div></li>"_h;
}

void write_groups(Html& out, AgendaView const& view)
{
    auto const& locale = view.context.locale;
    for (std::size_t from = 0; from < view.items.size();) {
        auto const when = when_of(view.items[from], view);
        auto to = from;
        while (to < view.items.size() && when_of(view.items[to], view) == when) ++to;
        auto const key = when_keys.at(static_cast<std::size_t>(when));
        auto const id = "g-" + std::string{key.substr(7)};
        out << "<section class=\"g-panel mb-4\""_h;
        out.attr("aria-labelledby"_h, id);
        out << "><div class=\"g-panel-head\"><h2"_h;
        out.attr("id"_h, id);
        out << ">"_h << locale.text(key) << "</h2>"_h;
        if (when == When::Late && view.page == 1) out << "<span class=\"g-muted\">"_h << locale.plural("agenda.count", view.tally.late) << "</span>"_h;
        out << "</div><ul class=\"g-agenda\">"_h;
        for (; from < to; ++from) write_item(out, view, view.items[from]);
        out << "</ul></section>"_h;
    }
}

void write_pager(Html& out, AgendaView const& view)
{
    auto const& locale = view.context.locale;
    auto const first = (view.page - 1) * view.per_page + 1;
    auto const pages = (view.tally.total + view.per_page - 1) / view.per_page;
    out << "<div class=\"g-pager\"><span>"_h
        << locale.text("list.range", {{"first", locale.number(first)}, {"last", locale.number(first + static_cast<std::int64_t>(view.items.size()) - 1)}, {"total", locale.number(view.tally.total)}}) << "</span>"_h;
    if (pages > 1) web::page_links(out, locale, view.page, pages, [&](std::int64_t number) { return view.address({}, number); });
    out << "</div>"_h;
}

void write_empty(Html& out, AgendaView const& view)
{
    auto const& locale = view.context.locale;
    out << "<div class=\"g-empty\">"_h;
    web::icon(out, "calendar-event");
    out << "<h2>"_h << locale.text("agenda.none") << "</h2><p>"_h << locale.text("agenda.none_lead") << "</p></div>"_h;
}

Html actions_of(AgendaView const& view)
{
    auto const& locale = view.context.locale;
    Html actions;
    auto link = [&](std::string const& href, std::string_view icon, std::string_view key) {
        actions << "<a class=\"btn btn-outline g-noprint\""_h;
        actions.url("href"_h, href);
        actions << ">"_h;
        web::icon(actions, icon);
        actions << " "_h << locale.text(key) << "</a>"_h;
    };
    if (view.here) link("/agenda", "building-community", "agenda.everywhere");
    if (view.context.who().person && !view.context.seeing_as) link("/account/calendar", "calendar-due", "agenda.subscribe");
    if (view.here && accounts::may(view.context.who(), web::Permission::ShapeRecords)) link(view.context.address("/settings/reminders"), "bell", "agenda.settings");
    return actions;
}

}  // namespace

std::string AgendaView::address(std::optional<Date> other_month, std::int64_t other_page, std::optional<bool> late) const
{
    std::string text = here ? context.address("/agenda") : std::string{"/agenda"};
    char sign = '?';
    auto add = [&](std::string_view name, std::string_view value) {
        text += sign;
        sign = '&';
        text.append(name).append("=").append(value);
    };
    if (!filter.register_slug.empty()) add("register", filter.register_slug);
    if (!filter.kind.empty()) add("kind", filter.kind);
    if (filter.legal) add("legal", *filter.legal ? "yes" : "no");
    if (filter.owner) add("owner", filter.owner->text());
    if (other_month) add("month", to_text(*other_month).substr(0, 7));
    else if (late.value_or(late_only)) add("when", "late");
    if (other_page > 1) add("page", std::to_string(other_page));
    return text;
}

void write_agenda(Html& out, AgendaView const& view)
{
    auto const& locale = view.context.locale;
    web::page_head(out, view.context.frame, locale.text(view.here ? "nav.agenda" : "agenda.everywhere"), locale.text("agenda.lead"), actions_of(view));
    write_tabs(out, view);
    write_filters(out, view);
    if (view.month) write_month(out, view);
    else if (view.items.empty()) write_empty(out, view);
    else {
        write_groups(out, view);
        write_pager(out, view);
    }
}

}  // namespace greffier::overview
