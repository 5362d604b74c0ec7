#include "records/pages/fields_form.hpp"

#include <algorithm>
#include <array>

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
    auto const* error = form.error_of("options[" + std::to_string(number) + "].label_" + std::string{part});
    fields_cell(out, locale, key);
    out << "<input class=\"form-control\" type=\"text\" maxlength=\"120\" autocomplete=\"off\""_h;
    out.attr("name"_h, name).attr("value"_h, form.values.get(name)).attr("aria-label"_h, locale.text(key) + ", " + locale.text("form.line", {{"n", std::to_string(number + 1)}}));
    if (error) out.attr("aria-invalid"_h, "true");
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

std::vector<CustomOption> sent_options(web::Pairs const& form)
{
    std::vector<CustomOption> options;
    for (int i = 0; form.has(option_name(i, "fr")) && i < 200; ++i) {
        CustomOption option{form.get(option_name(i, "code")), form.get(option_name(i, "fr")), form.get(option_name(i, "en")), form.get(option_name(i, "retired")) == "yes"};
        if (!option.code.empty() || !is_blank(option.label_fr) || !is_blank(option.label_en)) options.push_back(std::move(option));
    }
    return options;
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
