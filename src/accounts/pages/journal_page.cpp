// The journal of access: of an organisation, for those who answer for it, and of the whole installation.
#include <algorithm>

#include "accounts/confided.hpp"
#include "accounts/pages/form.hpp"
#include "accounts/pages/pages.hpp"
#include "core/text.hpp"
#include "web/pager.hpp"
#include "web/percent.hpp"

namespace greffier::accounts {

using web::Html;
using web::Request;
using web::Response;
using namespace web::literals;

namespace {

struct View {
    AccountServices& services;
    Context& context;
    JournalWish wish;
    std::string from, to;                ///< days, as they were asked
    std::string person_name;             ///< of the person looked at
    std::vector<FieldError> errors;

    [[nodiscard]] bool whole() const { return !context.organisation; }
    [[nodiscard]] std::string place() const { return whole() ? "/journal" : context.address("/journal"); }

    /// "?event=…&page=2", or nothing.
    [[nodiscard]] std::string state(std::int64_t page = 1, std::optional<PersonId> of = {}) const
    {
        std::string text;
        auto add = [&](std::string_view name, std::string_view value) {
            if (value.empty()) return;
            text.append(text.empty() ? "?" : "&").append(name).append("=").append(web::encode_component(value));
        };
        add("event", wish.event);
        add("person", of ? of->text() : wish.person ? wish.person->text() : "");
        add("from", from);
        add("to", to);
        if (page > 1) add("page", std::to_string(page));
        return text;
    }
};

View view_of(AccountServices& services, Context& context, Request const& request)
{
    View view{services, context, {}, squeeze(request.query.get("from")), squeeze(request.query.get("to")), {}, {}};
    auto& wish = view.wish;
    auto const& zone = context.locale.zone();
    if (context.organisation) wish.organisation = context.organisation->id;
    auto const event = request.query.get("event");
    if (std::ranges::find(journal_events(), event) != journal_events().end()) wish.event = event;
    wish.person = PersonId::parse(request.query.get("person"));
    auto day = [&](std::string_view field, std::string const& text) -> std::optional<Date> {
        auto const date = parse_date(text);
        if (!date && !text.empty()) view.errors.push_back({std::string{field}, "bad_date", {{"value", shorten(text, 40)}}});
        return date;
    };
    if (auto const first = day("from", view.from)) wish.from = start_of_day(*first, zone);
    if (auto const last = day("to", view.to)) wish.before = start_of_day(add_days(*last, 1), zone);
    auto const page = request.query.get("page");
    if (!page.empty() && page.size() < 5 && std::ranges::all_of(page, [](char c) { return c >= '0' && c <= '9'; })) wish.page = std::max(1, std::stoi(page));
    return view;
}

void write_head(Html& out, View const& view)
{
    auto const& locale = view.context.locale;
    Html actions;
    actions << "<a class=\"btn btn-outline\""_h;
    actions.url("href"_h, view.place() + "/export" + view.state());
    actions << ">"_h;
    web::icon(actions, "download");
    actions << " "_h << locale.text("journal.export") << "</a>"_h;
    web::page_head(out, view.context.frame, locale.text("journal.title"), locale.text(view.whole() ? "journal.lead_whole" : "journal.lead"), actions);
}

void write_day(Html& out, Locale const& locale, std::string_view name, std::string_view label, std::string const& value)
{
    auto const id = "f-" + std::string{name};
    out << "<span class=\"g-labelled\"><label class=\"form-label mb-0\""_h;
    out.attr("for"_h, id);
    out << ">"_h << locale.text(label) << "</label><input class=\"form-control\" type=\"date\""_h;
    out.attr("id"_h, id).attr("name"_h, name).attr("value"_h, value);
    out << "></span>"_h;
}

void write_filters(Html& out, View const& view)
{
    auto const& locale = view.context.locale;
    out << "<form method=\"get\" role=\"search\""_h;
    out.url("action"_h, view.place()).attr("aria-label"_h, locale.text("journal.filter_label"));
    out << "><div class=\"g-filterbar g-filterbar--named\"><span class=\"g-labelled\"><label class=\"form-label mb-0\" for=\"f-event\">"_h << locale.text("journal.event") << "</label><select class=\"form-select\" id=\"f-event\" name=\"event\"><option value=\"\">"_h
        << locale.text("journal.any_event") << "</option>"_h;
    for (auto event : journal_events()) {
        out << "<option"_h;
        out.attr("value"_h, event).flag("selected"_h, event == view.wish.event);
        out << ">"_h << locale.text("journal.event." + std::string{event}) << "</option>"_h;
    }
    out << "</select></span>"_h;
    write_day(out, locale, "from", "journal.from", view.from);
    write_day(out, locale, "to", "journal.to", view.to);
    if (view.wish.person) {
        out << "<input type=\"hidden\" name=\"person\""_h;
        out.attr("value"_h, view.wish.person->text());
        out << ">"_h;
    }
    out << "<button class=\"btn btn-outline\" type=\"submit\">"_h << locale.text("journal.filter") << "</button>"_h;
    if (!view.state().empty()) {
        out << " <a"_h;
        out.url("href"_h, view.place());
        out << ">"_h << locale.text("journal.all") << "</a>"_h;
    }
    out << "</div></form>\n"_h;
    for (auto const& error : view.errors) out << "<p class=\"g-err\" role=\"alert\">"_h << locale.text("error." + error.code, error.arguments) << "</p>"_h;
}

/// A code in words: a role, a day, a provider by its label.
std::string value_in_words(View const& view, std::string const& name, std::string const& code)
{
    auto const& locale = view.context.locale;
    if (auto words = locale.find((name == "role" ? "role." : "journal.detail." + name + ".") + code)) return *words;
    if (name == "by" && view.services.ways) return view.services.ways->label_of(code);
    if (auto const day = name == "until" ? parse_date(code) : std::nullopt) return locale.date(*day);
    return code;
}

/// "rôle : Lecture, format : csv"
std::string details_of(View const& view, JournalNote const& note)
{
    auto const& locale = view.context.locale;
    std::vector<std::string> words;
    for (auto const& [name, value] : note.details) {
        if (value.empty()) continue;
        std::vector<std::string> values;
        for (auto const& code : split(value, ',')) values.push_back(value_in_words(view, name, code));
        words.push_back(locale.find("journal.detail." + name).value_or(name) + locale.text("punctuation.colon") + join(values, ", "));
    }
    return join(words, " · ");
}

/// The page an address is of, as the menus call it; the most precise first.
constexpr std::pair<std::string_view, std::string_view> places[] = {
    {"people/reviews", "review.title"}, {"people/movements", "movement.title"}, {"people", "accounts.people.title"}, {"see-as", "see_as.title"}, {"tokens", "accounts.tokens.title"},
    {"settings", "accounts.settings.title"}, {"modules", "modules.title"}, {"look", "look.title"}, {"archive", "archive.page.title"}, {"organisations", "founding.title"},
    {"journal", "journal.title"}, {"compliance-file", "compliance_file.title"},
};

/// A register by its name, with the way to the record: its number says nothing to who reads the journal.
bool write_register(Html& out, View const& view, std::string_view subject)
{
    auto const parts = split(subject, '/');
    auto const name = view.context.locale.find("register." + parts.front());
    if (!name) return false;
    out << *name;
    auto const record = parts.size() > 1 ? RecordId::parse(parts[1]) : std::nullopt;
    if (!record || view.whole() || (is_confided(parts.front()) && !reads_confided(view.context))) return true;   // no way to what is the officer's alone
    out << ", <a"_h;
    out.url("href"_h, view.context.address("/" + parts.front() + "/" + record->text()));
    out << ">"_h << view.context.locale.text("journal.record") << "</a>"_h;
    return true;
}

/// What an entry concerns, in words where it is a page of the house or a person; otherwise its address.
std::string subject_in_words(View const& view, JournalEntry const& entry)
{
    std::string_view const subject = entry.note.subject;
    for (auto const& [start, title] : places) {
        if (!subject.starts_with(start) || (subject.size() > start.size() && subject[start.size()] != '/')) continue;
        auto const rest = subject.substr(std::min(subject.size(), start.size() + 1));
        if (start == "people")
            if (auto const id = PersonId::parse(rest.substr(0, rest.find('/'))))
                if (auto const person = view.services.people.find(*id)) return person->name;
        return view.context.locale.text(title);
    }
    return std::string{subject};
}

void write_who(Html& out, View const& view, JournalEntry const& entry)
{
    auto const& locale = view.context.locale;
    open_cell(out, locale, "journal.who");
    if (entry.note.person) {
        out << "<a"_h;
        out.url("href"_h, view.place() + view.state(1, entry.note.person));
        out << ">"_h << (entry.person_name.empty() ? locale.text("journal.unknown") : entry.person_name) << "</a>"_h;
    } else if (!entry.token_name.empty()) {
        out << locale.text("actor.token", {{"name", entry.token_name}});
    } else {
        out << "<span class=\"g-muted\">"_h << locale.text("journal.nobody") << "</span>"_h;
    }
    if (!entry.seen_as.empty()) out << "<br>"_h << locale.text("journal.as", {{"name", entry.seen_as}});
    if (!entry.note.address.empty()) out << "<br><span class=\"g-small g-muted\">"_h << entry.note.address << "</span>"_h;
    out << "</div></td>"_h;
}

void write_entry(Html& out, View const& view, JournalEntry const& entry)
{
    auto const& locale = view.context.locale;
    out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><time"_h;
    out.attr("datetime"_h, to_text(entry.at));
    out << ">"_h << locale.instant(entry.at) << "</time></th>"_h;
    open_cell(out, locale, "journal.event");
    out << locale.find("journal.event." + entry.note.event).value_or(entry.note.event);
    if (auto const details = details_of(view, entry.note); !details.empty()) out << "<br><span class=\"g-small g-muted\">"_h << details << "</span>"_h;
    out << "</div></td>"_h;
    write_who(out, view, entry);
    open_cell(out, locale, "journal.subject");
    if (view.whole() && !entry.organisation_name.empty()) out << entry.organisation_name << "<br>"_h;
    out << "<span class=\"g-small g-muted\">"_h;
    if (!write_register(out, view, entry.note.subject)) out << subject_in_words(view, entry);
    out << "</span></div></td></tr>\n"_h;
}

}  // namespace

Answer show_journal(AccountServices& services, Context& context, Request const& request)
{
    auto const& locale = context.locale;
    auto const view = view_of(services, context, request);
    auto const page = services.journal.list(view.wish);
    context.frame.crumbs = {{locale.text("nav.administration"), ""}};
    Html out;
    write_head(out, view);
    write_filters(out, view);
    if (page.items.empty()) {
        out << "<p class=\"g-muted\">"_h << locale.text(view.state().empty() ? "journal.none" : "journal.none_so") << "</p>\n"_h;
    } else {
        open_table(out, locale, {"journal.when", "journal.event", "journal.who", "journal.subject"}, false);
        for (auto const& entry : page.items) write_entry(out, view, entry);
        close_table(out);
        auto const pages = (page.total + view.wish.per_page - 1) / view.wish.per_page;
        if (pages > 1) web::page_links(out, locale, view.wish.page, pages, [&](std::int64_t number) { return view.place() + view.state(number); }, page.total_capped);
    }
    return shown(context, locale.text("journal.title"), out, view.errors.empty() ? 200 : 422);
}

Answer export_journal(AccountServices& services, Context& context, Request const& request)
{
    auto const view = view_of(services, context, request);
    if (!view.errors.empty()) return Error{ErrorKind::Invalid, "invalid", {}, view.errors};
    std::string lines;
    services.journal.each(view.wish, [&](JournalEntry const& entry) { lines += to_json_line(entry.at, entry.note) + "\n"; });
    auto response = Response::text(std::move(lines));
    response.header("Content-Type", "application/x-ndjson; charset=utf-8");
    auto const name = std::string{view.whole() ? "installation" : context.where().slug} + "-journal-" + to_text(local_date(context.now, context.locale.zone())) + ".jsonl";
    response.header("Content-Disposition", "attachment; filename=\"" + name + "\"");
    response.header("Cache-Control", "no-store");
    return response;
}

}  // namespace greffier::accounts
