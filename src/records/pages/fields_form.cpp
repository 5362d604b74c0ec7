#include "records/pages/fields_form.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>

#include "core/text.hpp"
#include "web/frame.hpp"

namespace greffier::records::pages {

using namespace web::literals;
using accounts::FormState;
using web::Html;
using web::Request;

namespace {

constexpr int spare_options = 4;   // empty lines for new answers; saving brings as many more
constexpr std::array texts = std::to_array<std::string_view>({"label_fr", "label_en", "help_fr", "help_en", "section", "kind", "code", "target"});
constexpr std::array boxes = std::to_array<std::string_view>({"required", "in_list", "searchable"});

void write_box(Html& out, Locale const& locale, FormState const& form, std::string_view name)
{
    auto const id = "f-" + std::string{name};
    out << "<div class=\"form-check\"><input class=\"form-check-input\" type=\"checkbox\" value=\"yes\""_h;
    out.attr("id"_h, id).attr("name"_h, name).flag("checked"_h, form.values.get(name) == "yes");
    out << "><label"_h;
    out.attr("for"_h, id);
    out << ">"_h << locale.text("fields." + std::string{name}) << "</label></div>"_h;
}

std::string option_name(int number, std::string_view part) { return "option." + std::to_string(number) + "." + std::string{part}; }

void option_input(Html& out, Locale const& locale, FormState const& form, int number, std::string_view part, char const* key)
{
    auto const name = option_name(number, part);
    auto const* error = form.error_of(name);
    auto const id = "f-" + name;
    fields_cell(out, locale, key);
    if (error) {
        out << "<p class=\"g-err\""_h;
        out.attr("id"_h, id + "-e");
        out << ">"_h;
        web::icon(out, "alert-circle");
        out << "<span>"_h << locale.text("error." + error->code, error->arguments) << "</span></p>"_h;
    }
    out << "<input class=\"form-control\" type=\"text\" maxlength=\"120\" autocomplete=\"off\""_h;
    out.attr("id"_h, id).attr("name"_h, name).attr("value"_h, form.values.get(name)).attr("aria-label"_h, locale.text(key) + ", " + locale.text("form.line", {{"n", std::to_string(number + 1)}}));
    if (error) out.attr("aria-invalid"_h, "true").attr("aria-describedby"_h, id + "-e");
    out << "></td>"_h;
}

void write_options(Html& out, Locale const& locale, FormState const& form)
{
    int held = 0;
    while (form.values.has(option_name(held, "fr"))) ++held;
    out << "<fieldset class=\"g-field g-field--wide\" id=\"f-options\" tabindex=\"-1\" data-shown-when=\"kind=choice|choices\"><legend class=\"form-label\">"_h << locale.text("fields.options") << "</legend><p class=\"g-hint\">"_h
        << locale.text("fields.options_hint") << "</p>"_h;
    if (auto const* error = form.error_of("options")) {
        out << "<p class=\"g-err\">"_h;
        web::icon(out, "alert-circle");
        out << "<span>"_h << locale.text("error." + error->code, error->arguments) << "</span></p>"_h;
    }
    fields_table(out, locale, {"terms.label_fr", "terms.label_en", "fields.retired_one"}, false);
    for (int i = 0; i < held + spare_options; ++i) {
        out << "<tr role=\"row\">"_h;
        option_input(out, locale, form, i, "fr", "terms.label_fr");
        option_input(out, locale, form, i, "en", "terms.label_en");
        auto const code = form.values.get(option_name(i, "code"));
        if (code.empty()) {
            out << "<td role=\"cell\">"_h;
        } else {
            fields_cell(out, locale, "fields.retired_one");
            out << "<input type=\"hidden\""_h;
            out.attr("name"_h, option_name(i, "code")).attr("value"_h, code);
            out << "><input class=\"form-check-input\" type=\"checkbox\" value=\"yes\""_h;
            out.attr("name"_h, option_name(i, "retired")).flag("checked"_h, form.values.get(option_name(i, "retired")) == "yes");
            out.attr("aria-label"_h, locale.text("fields.retired_one") + locale.text("punctuation.colon") + form.values.get(option_name(i, "fr")));
            out << ">"_h;
        }
        out << "</td></tr>"_h;
    }
    out << "</tbody></table></div></fieldset>"_h;
}

}  // namespace

void fields_table(Html& out, Locale const& locale, std::initializer_list<char const*> keys, bool acts)
{
    out << "<div class=\"g-tablewrap\"><table class=\"g-table g-table--cards\" role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\">"_h;
    for (auto const* key : keys) out << "<th role=\"columnheader\" scope=\"col\">"_h << locale.text(key) << "</th>"_h;
    if (acts) out << "<th role=\"columnheader\" scope=\"col\"><span class=\"g-hidden\">"_h << locale.text("accounts.actions") << "</span></th>"_h;
    out << "</tr></thead><tbody role=\"rowgroup\">"_h;
}

void fields_cell(Html& out, Locale const& locale, char const* key)
{
    out << "<td role=\"cell\""_h;
    out.attr("data-label"_h, locale.text(key));
    out << ">"_h;
}

void open_field_form(Html& out, Context const& context, std::string const& address, bool unsaved)
{
    out << "<form method=\"post\" novalidate"_h;
    out.url("action"_h, address).attr("data-guard"_h, address).flag("data-unsaved"_h, unsaved);
    out << ">"_h;
    web::csrf_field(out, context.frame);
}

void write_field_form(Html& out, Context const& context, Register const& kind, FormState const& form, bool added)
{
    auto const& locale = context.locale;
    accounts::text_field(out, locale, form, {.name = "label_fr", .label = "fields.label_fr", .hint = "fields.label_hint", .max_length = 120});
    accounts::text_field(out, locale, form, {.name = "label_en", .label = "fields.label_en", .hint = "terms.label_en_hint", .required = false, .max_length = 120});
    if (added) {
        std::vector<accounts::Option> options;
        for (auto const& one : custom_kinds()) options.push_back({std::string{one.name}, locale.text("fields.kind." + std::string{one.name})});
        accounts::select_field(out, locale, form, {.name = "kind", .label = "fields.kind", .hint = "fields.kind_hint"}, options);
    }
    auto const kind_code = form.values.get("kind");
    if (added || kind_code == "choice" || kind_code == "choices") write_options(out, locale, form);
    std::vector<accounts::Option> sections;
    for (auto const& section : kind.schema->sections) sections.push_back({section, locale.text(kind.schema->name + ".section." + section)});
    accounts::select_field(out, locale, form, {.name = "section", .label = "fields.section"}, sections);
    accounts::text_field(out, locale, form, {.name = "help_fr", .label = "fields.help_fr", .hint = "fields.help_hint", .required = false, .max_length = 500});
    accounts::text_field(out, locale, form, {.name = "help_en", .label = "fields.help_en", .required = false, .max_length = 500});
    out << "<div class=\"g-field\">"_h;
    for (auto const name : boxes) write_box(out, locale, form, name);
    out << "</div>"_h;
    if (added) accounts::text_field(out, locale, form, {.name = "code", .label = "terms.code", .hint = "terms.code_hint", .required = false, .max_length = 40});
}

FormState blank_field(Register const& kind)
{
    FormState form;
    form.values.add("kind", "string");
    form.values.add("section", kind.schema->sections.empty() ? "" : kind.schema->sections.back());
    return form;
}

FormState typed_field(Request const& request)
{
    FormState form;
    for (auto const& [name, value] : request.form)
        if (std::ranges::find(texts, name) != texts.end() || std::ranges::find(boxes, name) != boxes.end() || name.starts_with("option.")) form.values.add(name, value);
    return form;
}

SentOptions sent_options(web::Pairs const& form)
{
    SentOptions sent;
    for (int i = 0; form.has(option_name(i, "fr")) && i < 200; ++i) {
        CustomOption option{form.get(option_name(i, "code")), form.get(option_name(i, "fr")), form.get(option_name(i, "en")), form.get(option_name(i, "retired")) == "yes"};
        if (option.code.empty() && is_blank(option.label_fr) && is_blank(option.label_en)) continue;
        sent.options.push_back(std::move(option));
        sent.lines.push_back(i);
    }
    return sent;
}

void take_errors(FormState& form, Error const& error, std::vector<int> const& lines)
{
    form.take(error);
    for (auto& each : form.errors) {
        std::string_view rest = each.field;
        if (!rest.starts_with("options[")) continue;
        rest.remove_prefix(8);
        std::size_t number = 0;
        auto const [end, wrong] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
        rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
        // A code is made from the French label: that is where it is mended.
        each.field = wrong == std::errc{} && number < lines.size() ? option_name(lines[number], rest == "].label_en" ? "en" : "fr") : "options";
    }
    // "Missing", and then "not a code" of the code made from nothing: once is enough.
    std::vector<FieldError> once;
    for (auto const& each : form.errors) {
        auto const same = [&](FieldError const& other) { return other.field == each.field; };
        auto const held = std::ranges::find_if(once, same);
        if (held == once.end() || !each.field.starts_with("option.")) once.push_back(each);
        else if (each.code == "required") *held = each;
    }
    form.errors = std::move(once);
}

namespace {

/// "Réponses proposées, ligne 3" for "option.2.fr"; the question of any other field.
std::string name_of(Locale const& locale, std::string_view field)
{
    if (field == "options") return locale.text("fields.options");
    if (field == "code") return locale.text("terms.code");
    if (!field.starts_with("option.")) return locale.text("fields." + std::string{field});
    int line = 0;
    std::from_chars(field.data() + 7, field.data() + field.size(), line);
    return locale.text("fields.options") + ", " + locale.text("form.line", {{"n", std::to_string(line + 1)}}) + ", " + locale.text(field.ends_with(".en") ? "terms.label_en" : "terms.label_fr");
}

bool has_words(FormState const& form, int line) { return !is_blank(form.values.get(option_name(line, "fr"))) || !is_blank(form.values.get(option_name(line, "en"))); }

/// The lines of a form's answers, without the empty ones that wait at their end.
int lines_with_answers(FormState const& form)
{
    int lines = 0;
    for (int i = 0; form.values.has(option_name(i, "fr")); ++i)
        if (has_words(form, i) || !form.values.get(option_name(i, "code")).empty()) lines = i + 1;
    return lines;
}

int line_named(web::Pairs const& values, std::string_view code)
{
    int line = 0;
    while (values.has(option_name(line, "fr")) && values.get(option_name(line, "code")) != code) ++line;
    return line;
}

/// What stands now in a question and is not what a form says, in words.
std::vector<std::string> differences(Register const& kind, CustomField const& now, FormState const& form, Locale const& locale)
{
    std::vector<std::string> all;
    auto tell = [&](std::string const& question, std::string const& value) { all.push_back(question + locale.text("punctuation.colon") + (value.empty() ? locale.text("record.unanswered") : value)); };
    for (auto const& [name, value] : {std::pair<std::string, std::string>{"label_fr", now.label_fr}, {"label_en", now.label_en}, {"help_fr", now.help_fr}, {"help_en", now.help_en}})
        if (squeeze(form.values.get(name)) != value) tell(locale.text("fields." + name), value);
    if (form.values.get("section") != now.section) tell(locale.text("fields.section"), locale.text(kind.schema->name + ".section." + now.section));
    for (auto const& [name, value] : {std::pair<std::string, bool>{"required", now.required}, {"in_list", now.in_list}, {"searchable", now.searchable}})
        if ((form.values.get(name) == "yes") != value) tell(locale.text("fields." + name), locale.text(value ? "yes" : "no"));
    for (int i = 0; form.values.has(option_name(i, "fr")); ++i) {
        auto const option = std::ranges::find(now.options, form.values.get(option_name(i, "code")), &CustomOption::code);
        if (option == now.options.end()) continue;
        for (auto const& [part, value] : {std::pair<char const*, std::string>{"fr", option->label_fr}, {"en", option->label_en}})
            if (squeeze(form.values.get(option_name(i, part))) != value) tell(name_of(locale, option_name(i, part)), value);
        if ((form.values.get(option_name(i, "retired")) == "yes") != option->retired)
            tell(locale.text("fields.options") + ", " + locale.text("form.line", {{"n", std::to_string(i + 1)}}), locale.text(option->retired ? "fields.retired_one" : "fields.still_asked"));
    }
    if (now.retired) all.push_back(locale.text("fields.met_retired"));
    return all;
}

}  // namespace

void write_field_errors(Html& out, Locale const& locale, FormState const& form)
{
    if (form.errors.empty()) return;
    out << "<div class=\"g-errors\" role=\"alert\" aria-labelledby=\"err-t\" tabindex=\"-1\"><h2 id=\"err-t\">"_h;
    web::icon(out, "alert-circle");
    out << " "_h << locale.plural("accounts.to_mend", static_cast<std::int64_t>(form.errors.size())) << "</h2><ul>"_h;
    for (auto const& error : form.errors) {
        auto const words = locale.text("error." + error.code, error.arguments);
        out << "<li>"_h;
        if (error.field.empty()) out << words;
        else {
            out << "<a"_h;
            out.url("href"_h, "#f-" + error.field);
            out << ">"_h << name_of(locale, error.field) << locale.text("punctuation.colon") << words << "</a>"_h;
        }
        out << "</li>"_h;
    }
    out << "</ul></div>"_h;
}

std::vector<std::string> add_what_stands(CustomField const& now, FormState& form)
{
    int lines = lines_with_answers(form);
    auto line_of = [&](CustomOption const& option) -> std::optional<int> {
        for (int i = 0; i < lines; ++i)
            if (form.values.get(option_name(i, "code")) == option.code) return i;
        // The same answer, which both have just thought of: it is one.
        for (int i = 0; i < lines; ++i)
            if (form.values.get(option_name(i, "code")).empty() && fold(squeeze(form.values.get(option_name(i, "fr")))) == fold(option.label_fr)) return i;
        return std::nullopt;
    };
    std::map<std::string, std::string> codes;   // by the name of their box
    std::vector<CustomOption const*> missing;
    for (auto const& option : now.options) {
        if (auto const line = line_of(option)) codes[option_name(*line, "code")] = option.code;
        else missing.push_back(&option);
    }
    web::Pairs kept;   // the empty lines at the end make room
    for (auto const& [name, value] : form.values) {
        int line = -1;
        if (name.starts_with("option.")) std::from_chars(name.data() + 7, name.data() + name.size(), line);
        if (line >= lines) continue;
        if (!codes.contains(name)) kept.add(name, value);
    }
    for (auto const& [name, code] : codes) kept.add(name, code);   // a line just added has no box for one yet
    for (auto const* option : missing) {
        kept.add(option_name(lines, "code"), option->code);
        kept.add(option_name(lines, "fr"), option->label_fr);
        kept.add(option_name(lines, "en"), option->label_en);
        kept.add(option_name(lines, "retired"), option->retired ? "yes" : "");
        ++lines;
    }
    // An aid the other has just written is not lost to the empty box it was not yet in.
    std::vector<std::string> put_back;
    web::Pairs values;
    for (auto const& [name, value] : kept) {
        auto const* aid = name == "help_fr" ? &now.help_fr : name == "help_en" ? &now.help_en : nullptr;
        bool const fills = aid && is_blank(value) && !aid->empty();
        if (fills) put_back.push_back(name);
        values.add(name, fills ? *aid : value);
    }
    for (auto const* option : missing) put_back.push_back(option_name(line_named(values, option->code), "fr"));
    form.values = std::move(values);
    return put_back;
}

void write_met(Html& out, Context const& context, Register const& kind, CustomField const& now, FormState const& form, std::vector<std::string> const& put_back)
{
    auto const& locale = context.locale;
    auto const differs = differences(kind, now, form, locale);
    out << "<section class=\"g-alert g-alert--warn\" role=\"alert\">"_h;
    web::icon(out, "alert-triangle");
    out << "<div class=\"g-alert-text\"><h2>"_h << locale.text("fields.met") << "</h2>"_h;
    auto list = [&](char const* lead, std::vector<std::string> const& lines) {
        if (lines.empty()) return;
        out << "<p>"_h << locale.text(lead) << "</p><ul>"_h;
        for (auto const& one : lines) out << "<li>"_h << one << "</li>"_h;
        out << "</ul>"_h;
    };
    std::vector<std::string> taken;
    for (auto const& name : put_back) taken.push_back(name_of(locale, name) + locale.text("punctuation.colon") + form.values.get(name));
    list("fields.met_lead", differs);
    list("fields.met_taken", taken);
    if (differs.empty() && taken.empty()) out << "<p>"_h << locale.text("fields.met_same") << "</p>"_h;
    out << "</div></section>"_h;
}

FormState form_of(CustomField const& field)
{
    FormState form;
    auto add = [&](std::string_view name, std::string const& value) { form.values.add(std::string{name}, value); };
    add("label_fr", field.label_fr);
    add("label_en", field.label_en);
    add("help_fr", field.help_fr);
    add("help_en", field.help_en);
    add("section", field.section);
    add("kind", field.kind);
    for (auto const& [name, on] : {std::pair{"required", field.required}, {"in_list", field.in_list}, {"searchable", field.searchable}}) add(name, on ? "yes" : "");
    for (std::size_t i = 0; i < field.options.size(); ++i) {
        auto const number = static_cast<int>(i);
        add(option_name(number, "code"), field.options[i].code);
        add(option_name(number, "fr"), field.options[i].label_fr);
        add(option_name(number, "en"), field.options[i].label_en);
        add(option_name(number, "retired"), field.options[i].retired ? "yes" : "");
    }
    return form;
}

}  // namespace greffier::records::pages
