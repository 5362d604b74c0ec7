#include "records/pages/controls.hpp"

#include <algorithm>

#include "core/local_time.hpp"
#include "core/text.hpp"
#include "law/countries.hpp"
#include "records/pages/form_aids.hpp"
#include "records/pages/link_picker.hpp"
#include "schema/extend.hpp"
#include "schema/kinds.hpp"
#include "schema/show.hpp"
#include "web/frame.hpp"

namespace greffier::records {

using namespace web::literals;
using schema::Kind;
using web::Html;

namespace {

void common(Html& out, Control const& control)
{
    out.attr("id"_h, control.id).attr("name"_h, control.name);
    if (!control.described_by.empty()) out.attr("aria-describedby"_h, control.described_by);
    if (control.invalid) out.attr("aria-invalid"_h, "true");
}

std::string text_of(schema::Value const& value)
{
    if (auto const* text = std::get_if<std::string>(&value)) return *text;
    if (auto const* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
    if (auto const* date = std::get_if<Date>(&value)) return to_text(*date);
    if (auto const* instant = std::get_if<Timestamp>(&value)) return to_text(*instant);
    if (auto const* texts = std::get_if<schema::Texts>(&value)) return join(*texts, "\n");
    return {};
}

int limit_of(schema::FieldInfo const& field)
{
    if (field.max_length) return field.max_length;
    return field.kind == Kind::Text ? 10000 : 200;
}

void write_option(Html& out, std::string_view code, std::string_view words, bool selected)
{
    out << "<option"_h;
    out.attr("value"_h, code).flag("selected"_h, selected);
    out << ">"_h << words << "</option>"_h;
}

void write_select(Html& out, Control const& control)
{
    auto const chosen = text_of(control.value);
    out << "<select class=\"form-select\""_h;
    common(out, control);
    out << ">"_h;
    if (!control.field.required || chosen.empty()) write_option(out, "", control.locale.text("form.choose"), chosen.empty());
    bool listed = chosen.empty();
    for (auto const& entry : control.field.list->entries) {
        if (entry.retired && entry.code != chosen) continue;
        listed = listed || entry.code == chosen;
        write_option(out, entry.code, schema::code_label(*control.field.list, entry.code, control.locale), entry.code == chosen);
    }
    if (!listed) write_option(out, chosen, chosen, true);   // an organisation's own term
    out << "</select>"_h;
}

struct NamedCountry { std::string code, name, key; };

/// Names in the reader's language, in the reader's order; made once per language.
std::vector<NamedCountry> const& countries_in(Locale const& locale)
{
    auto make = [](Language language) {
        Locale const words(language);
        std::vector<NamedCountry> named;
        for (auto const& country : law::countries()) {
            auto name = words.country(country.code);
            auto key = sort_key(name);
            named.push_back({country.code, std::move(name), std::move(key)});
        }
        std::ranges::sort(named, {}, &NamedCountry::key);
        return named;
    };
    static auto const french = make(Language::French);
    static auto const english = make(Language::English);
    return locale.language() == Language::French ? french : english;
}

/// Typed in words, with the one list of names that write_country_names() puts in the page: 250 options in each of
/// five selects would weigh more than the rest of the form.
void write_country(Html& out, Control const& control)
{
    auto const held = text_of(control.value);
    out << "<input class=\"form-control\" type=\"text\" list=\"countries\" maxlength=\"100\" autocomplete=\"off\""_h;
    common(out, control);
    out.attr("value"_h, law::find_country(held) ? control.locale.country(held) : held);
    out << ">"_h;
}

void write_duration(Html& out, Control const& control)
{
    auto count = text_of(control.value);
    std::string unit = "Y";
    if (auto const duration = schema::Duration::parse(count)) {
        if (duration->days && !duration->years && !duration->months && !duration->weeks) count = std::to_string(duration->days), unit = "D";
        else if (duration->weeks && !duration->years && !duration->months && !duration->days) count = std::to_string(duration->weeks), unit = "W";
        else if (duration->months && !duration->weeks && !duration->days) count = std::to_string(duration->years * 12 + duration->months), unit = "M";
        else if (duration->years && !duration->weeks && !duration->days) count = std::to_string(duration->years);
    }
    out << "<div class=\"g-duo\"><input class=\"form-control\" inputmode=\"numeric\" autocomplete=\"off\""_h;
    out.attr("id"_h, control.id + "-count").attr("name"_h, control.name + ".count").attr("value"_h, count);
    if (control.invalid) out.attr("aria-invalid"_h, "true").attr("aria-describedby"_h, control.described_by);
    out << "><select class=\"form-select\""_h;
    out.attr("name"_h, control.name + ".unit").attr("id"_h, control.id).attr("aria-label"_h, control.locale.text("form.unit"));
    out << ">"_h;
    for (auto const& [code, key] : {std::pair{"Y", "form.unit_years"}, {"M", "form.unit_months"}, {"W", "form.unit_weeks"}, {"D", "form.unit_days"}})
        write_option(out, code, control.locale.text(key), unit == code);
    out << "</select></div>"_h;
}

void write_boxes(Html& out, Control const& control)
{
    auto const* chosen = std::get_if<schema::Texts>(&control.value);
    auto is_chosen = [&](std::string_view code) { return chosen && std::ranges::find(*chosen, code) != chosen->end(); };
    out << "<div class=\"g-choices\">"_h;
    int number = 0;
    auto box = [&](std::string_view code) {
        auto const id = control.id + "-" + std::to_string(number++);
        out << "<div class=\"form-check\"><input class=\"form-check-input\" type=\"checkbox\""_h;
        out.attr("id"_h, id).attr("name"_h, control.name).attr("value"_h, code).flag("checked"_h, is_chosen(code));
        out << "><label"_h;
        out.attr("for"_h, id);
        out << ">"_h << schema::code_label(*control.field.list, code, control.locale) << "</label></div>"_h;
    };
    for (auto const& entry : control.field.list->entries)
        if (!entry.retired || is_chosen(entry.code)) box(entry.code);
    if (chosen)
        for (auto const& code : *chosen)
            if (!control.field.list->find(code)) box(code);
    out << "</div>"_h;
}

void write_truth(Html& out, Control const& control, std::string_view words)
{
    auto const* truth = std::get_if<bool>(&control.value);
    if (!control.field.tristate) {
        out << "<div class=\"form-check\"><input class=\"form-check-input\" type=\"checkbox\" value=\"true\""_h;
        common(out, control);
        out.flag("checked"_h, truth && *truth);
        out << "><label"_h;
        out.attr("for"_h, control.id);
        out << ">"_h << words << "</label></div>"_h;
        return;
    }
    struct Answer { char const* code; char const* key; bool checked; };
    for (auto const& answer : {Answer{"true", "yes", truth && *truth}, Answer{"false", "no", truth && !*truth}, Answer{"", "form.unanswered", !truth}}) {
        auto const id = control.id + "-" + (*answer.code ? answer.code : "none");
        out << "<div class=\"form-check form-check-inline\"><input class=\"form-check-input\" type=\"radio\""_h;
        out.attr("id"_h, id).attr("name"_h, control.name).attr("value"_h, answer.code).flag("checked"_h, answer.checked);
        out << "><label"_h;
        out.attr("for"_h, id);
        out << ">"_h << control.locale.text(answer.key) << "</label></div>"_h;
    }
}

void write_area(Html& out, Control const& control)
{
    auto const text = text_of(control.value);
    auto const lines = std::clamp<std::int64_t>(static_cast<std::int64_t>(text.size() / 80) + std::ranges::count(text, '\n') + 1, 2, 14);
    out << "<textarea class=\"form-control\""_h;
    common(out, control);
    out.attr("rows"_h, lines);
    if (control.field.kind == Kind::Text) out.attr("maxlength"_h, static_cast<std::int64_t>(limit_of(control.field)));   // others: so much a line
    out << ">\n"_h << text << "</textarea>"_h;   // the first line break of a textarea is dropped by browsers
}

bool suggests(Control const& control)
{
    return !control.field.suggest.empty() && control.aids && control.aids->suggestions.contains(control.field.suggest);
}

void write_line(Html& out, Control const& control)
{
    auto const text = text_of(control.value);
    out << "<input"_h;
    bool narrow = false;
    switch (control.field.kind) {
    case Kind::Date:
        // A date that could not be read is shown as it was typed: a date input would silently empty it.
        out.attr("type"_h, std::holds_alternative<std::string>(control.value) ? "text" : "date");
        narrow = true;
        break;
    case Kind::Timestamp:
        out.attr("type"_h, std::holds_alternative<std::string>(control.value) ? "text" : "datetime-local");
        narrow = true;
        break;
    case Kind::Integer: case Kind::Percent: out.attr("type"_h, "text").attr("inputmode"_h, "numeric").attr("size"_h, "9"); narrow = true; break;
    case Kind::Money: case Kind::Decimal: out.attr("type"_h, "text").attr("inputmode"_h, "decimal").attr("size"_h, "12"); narrow = true; break;
    case Kind::Email: out.attr("type"_h, "email").attr("autocomplete"_h, "off").attr("maxlength"_h, "254"); break;
    case Kind::Phone: out.attr("type"_h, "tel").attr("autocomplete"_h, "off").attr("maxlength"_h, "40"); break;
    case Kind::Url: out.attr("type"_h, "url").attr("maxlength"_h, "2000"); break;
    default: out.attr("type"_h, "text").attr("maxlength"_h, static_cast<std::int64_t>(limit_of(control.field)));
    }
    out.attr("class"_h, narrow ? "form-control w-auto" : "form-control");
    common(out, control);
    if (suggests(control)) out.attr("list"_h, "suggest-" + control.field.suggest);
    if (auto const* cents = std::get_if<std::int64_t>(&control.value); cents && control.field.kind == Kind::Money) {
        auto const rest = std::to_string(std::abs(*cents % 100));
        out.attr("value"_h, (*cents < 0 ? "-" : "") + std::to_string(std::abs(*cents / 100)) + "," + (rest.size() == 1 ? "0" + rest : rest));
    } else if (auto const* instant = std::get_if<Timestamp>(&control.value)) {
        out.attr("value"_h, to_local_minutes(*instant, control.locale.zone()));
    } else {
        out.attr("value"_h, text);
    }
    out << ">"_h;
    if (control.field.kind != Kind::Timestamp) return;
    out << "<input type=\"hidden\""_h;
    out.attr("name"_h, control.name + ".zone").attr("value"_h, control.locale.zone());
    out << ">"_h;
}

}  // namespace

void write_country_names(Html& out, Locale const& locale)
{
    out << "<datalist id=\"countries\">"_h;
    for (auto const& country : countries_in(locale)) {
        out << "<option"_h;
        out.attr("value"_h, country.name);
        out << "></option>"_h;
    }
    out << "</datalist>"_h;
}

void write_suggestions(Html& out, FormAids const& aids)
{
    for (auto const& [name, words] : aids.suggestions) {
        out << "<datalist"_h;
        out.attr("id"_h, "suggest-" + name);
        out << ">"_h;
        for (auto const& word : words) {
            out << "<option"_h;
            out.attr("value"_h, word);
            out << "></option>"_h;
        }
        out << "</datalist>"_h;
    }
}

void write_control(Html& out, Control const& control, std::string_view words)
{
    switch (control.field.kind) {
    case Kind::Bool: return write_truth(out, control, words);
    case Kind::Choice: case Kind::Term: return write_select(out, control);
    case Kind::Choices: case Kind::Terms: return write_boxes(out, control);
    case Kind::Country: return write_country(out, control);
    case Kind::Duration: return write_duration(out, control);
    case Kind::Link: case Kind::Links: return write_link_picker(out, control, words);
    case Kind::Text: case Kind::Strings: return write_area(out, control);
    default: return write_line(out, control);
    }
}

std::string path_words(schema::SchemaInfo const& info, std::string_view path, Locale const& locale)
{
    std::string_view rest;
    auto const* field = schema::field_at(info, path, &rest);
    auto const head = path.substr(0, path.size() - rest.size());
    if (!field) return locale.find("field." + std::string{head}).value_or(std::string{path});
    auto words = schema::short_label(info, *field, locale);
    if (rest.empty()) return words;
    if (rest.front() == '[') {
        auto const close = rest.find(']');
        auto const number = std::string{rest.substr(1, close - 1)};
        if (!number.empty() && std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; }) && number.size() < 7)
            words += ", " + locale.text("form.line", {{"n", std::to_string(std::stoi(number) + 1)}});
        rest = close == std::string_view::npos ? std::string_view{} : rest.substr(close + 1);
    }
    if (rest.size() > 1 && rest.front() == '.' && field->rows)
        if (auto const* part = field->rows->find(rest.substr(1))) words += ", " + schema::short_label(*field->rows, *part, locale);
    return words;
}

void status_badge(Html& out, std::string_view status, Locale const& locale)
{
    struct Look { std::string_view status, tone, icon; };
    static constexpr Look looks[] = {
        {"draft", "line", "pencil"}, {"to_validate", "warn", "hourglass"}, {"validated", "accent", "check"}, {"production", "ok", "circle-check"},
        {"suspended", "danger", "player-pause"}, {"archived", "line", "archive"}, {"current", "ok", "circle-check"},
        {"reported", "warn", "alarm"}, {"breach", "danger", "alarm"}, {"notified", "info", "send"}, {"incident", "line", "circle-minus"}, {"closed", "ok", "circle-check"},
        {"to_assess", "warn", "hourglass"}, {"approved", "accent", "check"}, {"in_use", "ok", "circle-check"}, {"signed", "ok", "circle-check"}, {"terminated", "line", "circle-minus"},
    };
    auto const look = std::ranges::find(looks, status, &Look::status);
    out << "<span"_h;
    out.attr("class"_h, "g-badge g-badge--" + std::string{look == std::end(looks) ? "line" : look->tone});
    out << ">"_h;
    web::icon(out, look == std::end(looks) ? "point" : look->icon);
    out << " "_h << locale.text("status." + std::string{status}) << "</span>"_h;
}

void restricted_badge(Html& out, Locale const& locale)
{
    out << "<span class=\"g-badge g-badge--warn\">"_h;
    web::icon(out, "lock");
    out << " "_h << locale.text("record.restricted") << "</span>"_h;
}

std::string_view severity_icon(Severity severity)
{
    switch (severity) {
    case Severity::Blocking: return "alert-octagon";
    case Severity::Major: return "alert-triangle";
    case Severity::Minor: return "info-circle";
    default: return "bulb";
    }
}

std::string_view severity_letter(Severity severity)
{
    return severity == Severity::Blocking ? "b" : severity == Severity::Major ? "m" : "n";
}

void severity_badge(Html& out, Severity severity, Locale const& locale)
{
    static constexpr std::string_view tones[] = {"line", "info", "warn", "danger"};
    out << "<span"_h;
    out.attr("class"_h, "g-badge g-badge--" + std::string{tones[static_cast<std::size_t>(severity)]});
    out << ">"_h;
    web::icon(out, severity_icon(severity));
    out << " "_h << locale.text("severity." + std::string{code_of(severity)}) << "</span>"_h;
}

std::string days_left(Date due, Date today, Locale const& locale)
{
    auto const days = (std::chrono::sys_days{due} - std::chrono::sys_days{today}).count();
    if (days == 0) return locale.text("due.today");
    if (days < 0) return locale.plural("due.late_days", -days);
    int months = 0;   // whole ones of the calendar: thirty days are not a month
    while (add_months(today, months + 1) <= due) ++months;
    return months < 2 ? locale.plural("due.in_days", days) : locale.plural("due.in_months", months);
}

void due_date(Html& out, Timestamp due, Timestamp now, Locale const& locale, bool hour)
{
    auto const day = local_date(due, locale.zone());
    auto const today = local_date(now, locale.zone());
    auto const days = (std::chrono::sys_days{day} - std::chrono::sys_days{today}).count();
    out << "<span"_h;
    out.attr("class"_h, days < 0 ? "g-due g-due--late" : days <= 14 ? "g-due g-due--soon" : "g-due");
    out << "><span class=\"g-due-left\">"_h;
    web::icon(out, days < 0 ? "alert-triangle" : days <= 14 ? "clock" : "calendar-event");
    out << days_left(day, today, locale) << "</span><time"_h;
    out.attr("datetime"_h, hour ? to_text(due) : to_text(day));
    out << ">"_h << (hour ? locale.instant(due) : locale.date(day)) << "</time></span>"_h;
}

}  // namespace greffier::records
