// The questions an organisation adds to its registers: declared, ordered, retired. Administrators and DPOs.
#include <algorithm>

#include "accounts/pages/form.hpp"
#include "core/text.hpp"
#include "records/custom_fields.hpp"
#include "records/pages/shared.hpp"
#include "records/reword.hpp"
#include "web/frame.hpp"
#include "web/problem.hpp"

namespace greffier::records::pages {

using namespace web::literals;
using accounts::FormState;
using web::Html;
using web::Request;
using web::Response;
using Answer = Result<Response>;

namespace {

constexpr int spare_options = 4;   // empty lines for new answers; saving brings as many more
constexpr std::array texts = std::to_array<std::string_view>({"label_fr", "label_en", "help_fr", "help_en", "section", "kind", "code", "target"});
constexpr std::array boxes = std::to_array<std::string_view>({"required", "in_list", "searchable"});

CustomFields fields_of(PageServices const& services, Context const& context) { return {services.machinery.database, services.machinery.registers, context.where().id}; }
std::string at(Context const& context, Register const& kind, std::string_view rest = "") { return context.address("/fields/" + std::string{kind.slug} + std::string{rest}); }
std::string register_words(Register const& kind, Locale const& locale) { return locale.text("register." + std::string{kind.slug}); }

Result<Register const*> kind_of(PageServices const& services, Request const& request)
{
    auto const* kind = services.machinery.registers.find(request.param("register"));
    if (!kind) return Error::not_found();
    return kind;
}

Result<CustomField> own_field(PageServices const& services, Context const& context, Register const& kind, Request const& request)
{
    for (auto& field : fields_of(services, context).offered(kind.slug))
        if (field.owner == TermOwner::Own && field.code == request.param("code")) return std::move(field);
    return Error::not_found();
}

void crumbs(Context& context, Register const* kind)
{
    auto const& locale = context.locale;
    context.frame.crumbs = {{locale.text("nav.administration"), ""}};
    if (kind) context.frame.crumbs.push_back({locale.text("nav.fields"), context.address("/fields")});
}

void head_row(Html& out, Locale const& locale, std::initializer_list<char const*> keys, bool acts)
{
    out << "<div class=\"g-tablewrap\"><table class=\"g-table g-table--cards\" role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\">"_h;
    for (auto const* key : keys) out << "<th role=\"columnheader\" scope=\"col\">"_h << locale.text(key) << "</th>"_h;
    if (acts) out << "<th role=\"columnheader\" scope=\"col\"><span class=\"g-hidden\">"_h << locale.text("accounts.actions") << "</span></th>"_h;
    out << "</tr></thead><tbody role=\"rowgroup\">"_h;
}

void cell(Html& out, Locale const& locale, char const* key)
{
    out << "<td role=\"cell\""_h;
    out.attr("data-label"_h, locale.text(key));
    out << ">"_h;
}

// ---- all registers ------------------------------------------------------------------------------------------------

Answer show_registers(PageServices const& services, Context& context, Request const&)
{
    auto const& locale = context.locale;
    auto const offered = fields_of(services, context).offered();
    crumbs(context, nullptr);
    Html out;
    web::page_head(out, context.frame, locale.text("fields.title"), locale.text("fields.lead"), {});
    head_row(out, locale, {"fields.register", "fields.asked", "fields.retired"}, false);
    for (auto const* kind : services.machinery.registers.all()) {
        auto count = [&](bool retired) { return std::ranges::count_if(offered, [&](CustomField const& field) { return field.register_slug == kind->slug && field.retired == retired; }); };
        out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><a class=\"g-title\""_h;
        out.url("href"_h, at(context, *kind));
        out << ">"_h << register_words(*kind, locale) << "</a></th>"_h;
        cell(out, locale, "fields.asked");
        out << static_cast<std::int64_t>(count(false)) << "</td>"_h;
        cell(out, locale, "fields.retired");
        out << static_cast<std::int64_t>(count(true)) << "</td></tr>"_h;
    }
    out << "</tbody></table></div>"_h;
    return accounts::shown(context, locale.text("fields.title"), out);
}

// ---- the fields of one register -----------------------------------------------------------------------------------

void write_acts(Html& out, Context const& context, Register const& kind, CustomField const& field, std::string const& words, bool first, bool last)
{
    auto const& locale = context.locale;
    cell(out, locale, "accounts.actions");
    if (field.owner == TermOwner::Own) {
        auto const here = at(context, kind, "/" + field.code);
        out << "<div class=\"g-cellacts\"><a class=\"btn btn-outline btn-sm\""_h;
        out.url("href"_h, here);
        out << ">"_h << locale.text("act.edit") << "<span class=\"g-hidden\"> "_h << words << "</span></a>"_h;
        if (!first) accounts::button_form(out, context, here + "/up", locale.text("fields.up"), words, false);
        if (!last) accounts::button_form(out, context, here + "/down", locale.text("fields.down"), words, false);
        accounts::button_form(out, context, here + (field.retired ? "/reinstate" : "/retire"), locale.text(field.retired ? "fields.reinstate" : "fields.retire"), words, false);
        out << "</div>"_h;
    }
    out << "</td>"_h;
}

void write_table(Html& out, Context const& context, Register const& kind, std::vector<CustomField> const& fields)
{
    auto const& locale = context.locale;
    if (fields.empty()) {
        out << "<p class=\"g-muted\">"_h << locale.text("fields.none") << "</p>"_h;
        return;
    }
    head_row(out, locale, {"fields.label", "fields.kind", "fields.section", "fields.owner"}, true);
    for (std::size_t i = 0; i < fields.size(); ++i) {
        auto const& field = fields[i];
        auto const& words = locale.language() == Language::French ? field.label_fr : field.label_en;
        out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><div><span class=\"g-title\">"_h << words << "</span> <code class=\"g-muted\">"_h << field.code << "</code>"_h;
        if (field.required) out << " <span class=\"g-badge g-badge--line\">"_h << locale.text("form.required") << "</span>"_h;
        if (field.retired) out << " <span class=\"g-badge g-badge--line\">"_h << locale.text("fields.retired_one") << "</span>"_h;
        out << "</div></th>"_h;
        cell(out, locale, "fields.kind");
        out << locale.text("fields.kind." + field.kind) << "</td>"_h;
        cell(out, locale, "fields.section");
        out << locale.text(kind.schema->name + ".section." + field.section) << "</td>"_h;
        cell(out, locale, "fields.owner");
        out << locale.text("terms.owner." + std::string{code_of(field.owner)}) << "</td>"_h;
        bool const first = i == 0 || fields[i - 1].owner != TermOwner::Own, last = i + 1 == fields.size();
        write_acts(out, context, kind, field, words, first, last);
        out << "</tr>"_h;
    }
    out << "</tbody></table></div>"_h;
}

// ---- the form of one field ----------------------------------------------------------------------------------------

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
    cell(out, locale, key);
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
    head_row(out, locale, {"terms.label_fr", "terms.label_en", "fields.retired_one"}, false);
    for (int i = 0; i < held + spare_options; ++i) {
        out << "<tr role=\"row\">"_h;
        option_input(out, locale, form, i, "fr", "terms.label_fr");
        option_input(out, locale, form, i, "en", "terms.label_en");
        auto const code = form.values.get(option_name(i, "code"));
        if (code.empty()) {
            out << "<td role=\"cell\">"_h;
        } else {
            cell(out, locale, "fields.retired_one");
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

void write_fields(Html& out, Context const& context, Register const& kind, FormState const& form, bool added)
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

Response register_page(PageServices const& services, Context& context, Register const& kind, FormState const& form, int status)
{
    auto const& locale = context.locale;
    auto const title = register_words(kind, locale);
    crumbs(context, &kind);
    Html out;
    web::page_head(out, context.frame, title, locale.text("fields.register_lead"), {});
    accounts::error_summary(out, locale, form);
    write_table(out, context, kind, fields_of(services, context).offered(kind.slug));
    out << "<div class=\"g-settings mt-4\"><section class=\"g-section\" aria-labelledby=\"new-t\"><h2 id=\"new-t\">"_h << locale.text("fields.new") << "</h2>"_h;
    accounts::open_form(out, context, at(context, kind), true);
    write_fields(out, context, kind, form, true);
    accounts::submit_button(out, locale.text("terms.add"));
    out << "</form></section></div>"_h;
    return accounts::shown(context, title, out, status);
}

FormState blank(Register const& kind)
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

/// Lines without a French label are lines nobody filled, but for those that were answers already.
std::vector<CustomOption> sent_options(web::Pairs const& form)
{
    std::vector<CustomOption> options;
    for (int i = 0; form.has(option_name(i, "fr")) && i < 200; ++i) {
        CustomOption option{form.get(option_name(i, "code")), form.get(option_name(i, "fr")), form.get(option_name(i, "en")), form.get(option_name(i, "retired")) == "yes"};
        if (!option.code.empty() || !is_blank(option.label_fr) || !is_blank(option.label_en)) options.push_back(std::move(option));
    }
    return options;
}

Answer show_register(PageServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(kind_of(services, request));
    return register_page(services, context, kind, blank(kind), 200);
}

Answer add_field(PageServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(kind_of(services, request));
    auto const& sent = request.form;
    CustomField field;
    field.register_slug = kind.slug;
    field.code = sent.get("code");
    field.kind = sent.get("kind");
    field.label_fr = sent.get("label_fr");
    field.label_en = sent.get("label_en");
    field.help_fr = sent.get("help_fr");
    field.help_en = sent.get("help_en");
    field.section = sent.get("section");
    if (field.kind == "link") field.target = kind.single ? "processings" : std::string{kind.slug};
    field.required = sent.get("required") == "yes";
    field.in_list = sent.get("in_list") == "yes";
    field.searchable = sent.get("searchable") == "yes";
    if (field.kind == "choice" || field.kind == "choices") field.options = sent_options(sent);
    auto const added = fields_of(services, context).add(std::move(field));
    if (added.ok()) return done(at(context, kind), "field_added");
    if (added.error().kind != ErrorKind::Invalid) return added.error();
    auto form = typed_field(request);
    form.take(added.error());
    return register_page(services, context, kind, form, web::status_of(added.error().kind));
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

Response field_page(Context& context, Register const& kind, CustomField const& field, FormState const& form, int status)
{
    auto const& locale = context.locale;
    crumbs(context, &kind);
    context.frame.crumbs.push_back({register_words(kind, locale), at(context, kind)});
    auto const title = locale.text("fields.edit_title");
    Html out;
    web::page_head(out, context.frame, title, locale.text("fields.edit_lead", {{"code", field.code}, {"kind", locale.text("fields.kind." + field.kind)}}), {});
    accounts::error_summary(out, locale, form);
    out << "<div class=\"g-settings\"><section class=\"g-section\">"_h;
    accounts::open_form(out, context, at(context, kind, "/" + field.code), true);
    write_fields(out, context, kind, form, false);
    accounts::submit_button(out, locale.text("act.save"));
    out << "</form></section></div>"_h;
    return accounts::shown(context, title, out, status);
}

Answer edit_field(PageServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(kind_of(services, request));
    auto const field = TRY(own_field(services, context, kind, request));
    return field_page(context, kind, field, form_of(field), 200);
}

Answer save_field(PageServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(kind_of(services, request));
    auto const field = TRY(own_field(services, context, kind, request));
    auto const& sent = request.form;
    CustomFieldEdit edit{sent.get("label_fr"), sent.get("label_en"), sent.get("help_fr"), sent.get("help_en"), sent.get("section")};
    edit.required = sent.get("required") == "yes";
    edit.in_list = sent.get("in_list") == "yes";
    edit.searchable = sent.get("searchable") == "yes";
    if (!field.options.empty()) edit.options = sent_options(sent);
    auto const saved = fields_of(services, context).change(kind.slug, field.code, std::move(edit));
    if (saved.ok()) {
        reword_options(services.machinery, context.where().id, field, *saved, context.now);
        return done(at(context, kind), "saved");
    }
    if (saved.error().kind != ErrorKind::Invalid) return saved.error();
    auto form = typed_field(request);
    form.values.add("kind", field.kind);
    form.take(saved.error());
    return field_page(context, kind, field, form, web::status_of(saved.error().kind));
}

template <bool Retired>
Answer retire_field(PageServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(kind_of(services, request));
    CustomFieldEdit edit;
    edit.retired = Retired;
    TRY(fields_of(services, context).change(kind.slug, request.param("code"), std::move(edit)));
    return done(at(context, kind), Retired ? "field_retired" : "field_reinstated");
}

/// Changes places with the own field before or after; positions are written anew, so that two equal ones part.
template <int Step>
Answer move_field(PageServices const& services, Context& context, Request const& request)
{
    auto const& kind = *TRY(kind_of(services, request));
    auto const store = fields_of(services, context);
    auto own = store.offered(kind.slug);
    std::erase_if(own, [](CustomField const& field) { return field.owner != TermOwner::Own; });
    auto const found = std::ranges::find(own, request.param("code"), &CustomField::code);
    if (found == own.end()) return Error::not_found();
    auto const index = found - own.begin(), other = index + Step;
    if (other >= 0 && other < static_cast<std::ptrdiff_t>(own.size())) std::swap(own[static_cast<std::size_t>(index)], own[static_cast<std::size_t>(other)]);
    for (std::size_t i = 0; i < own.size(); ++i) {
        if (own[i].position == static_cast<int>(i)) continue;
        CustomFieldEdit edit;
        edit.position = static_cast<int>(i);
        TRY(store.change(kind.slug, own[i].code, std::move(edit)));
    }
    return done(at(context, kind), "saved");
}

}  // namespace

std::vector<accounts::Route> fields_routes(PageServices const& services)
{
    using web::Method;
    using web::Permission;
    auto row = [&services](Method method, std::string path, auto handler) {
        return accounts::Route{method, "/o/{organisation}/fields" + std::move(path), Permission::ShapeRecords,
                               [&services, handler](Context& context, Request const& request) { return handler(services, context, request); }};
    };
    return {
        row(Method::Get, "", show_registers),
        row(Method::Get, "/{register}", show_register),
        row(Method::Post, "/{register}", add_field),
        row(Method::Get, "/{register}/{code}", edit_field),
        row(Method::Post, "/{register}/{code}", save_field),
        row(Method::Post, "/{register}/{code}/retire", retire_field<true>),
        row(Method::Post, "/{register}/{code}/reinstate", retire_field<false>),
        row(Method::Post, "/{register}/{code}/up", move_field<-1>),
        row(Method::Post, "/{register}/{code}/down", move_field<1>),
    };
}

}  // namespace greffier::records::pages
