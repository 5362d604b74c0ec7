#include "accounts/pages/form.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"
#include "web/cookie.hpp"

namespace greffier::accounts {

using web::Html;
using namespace web::literals;

namespace {

std::string id_of(std::string_view field) { return "f-" + std::string(field); }

std::string sentence(Locale const& locale, FieldError const& error) { return locale.text("error." + error.code, error.arguments); }

/// Everything of a field but its control; returns the ids that describe it.
std::string begin_field(Html& out, Locale const& locale, FormState const& form, Field const& field)
{
    auto id = id_of(field.name);
    auto const* error = form.error_of(field.name);
    out << "<div"_h;
    out.attr("class"_h, error ? "g-field g-field--err" : "g-field");
    out << "><label class=\"form-label\""_h;
    out.attr("for"_h, id);
    out << ">"_h << locale.text(field.label);
    if (!field.required) out << " <span class=\"g-req\">"_h << locale.text("accounts.optional") << "</span>"_h;
    out << "</label>"_h;
    std::string described;
    if (!field.hint.empty()) {
        out << "<p class=\"g-hint\""_h;
        out.attr("id"_h, id + "-h");
        out << ">"_h << locale.text(field.hint) << "</p>"_h;
        described = id + "-h";
    }
    if (error) {
        out << "<p class=\"g-err\""_h;
        out.attr("id"_h, id + "-e");
        out << ">"_h;
        web::icon(out, "alert-circle");
        out << "<span><span class=\"g-hidden\">"_h << locale.text("frame.title_refused") << "</span>"_h << sentence(locale, *error) << "</span></p>"_h;
        described += (described.empty() ? "" : " ") + id + "-e";
    }
    return described;
}

void common_attributes(Html& out, FormState const& form, Field const& field, std::string const& described)
{
    out.attr("id"_h, id_of(field.name)).attr("name"_h, field.name);
    if (!described.empty()) out.attr("aria-describedby"_h, described);
    if (form.error_of(field.name)) out.attr("aria-invalid"_h, "true");
    out.flag("required"_h, field.required);
}

constexpr std::array zones = std::to_array<std::string_view>({
    "Europe/Paris", "America/Guadeloupe", "America/Martinique", "America/Cayenne", "Indian/Reunion", "Indian/Mayotte", "America/St_Barthelemy",
    "America/Marigot", "America/Miquelon", "Pacific/Noumea", "Pacific/Tahiti", "Pacific/Wallis", "Europe/Brussels", "Europe/Luxembourg", "Europe/Monaco",
    "Europe/Andorra", "Europe/Zurich", "UTC",
});

}  // namespace

FieldError const* FormState::error_of(std::string_view field) const
{
    auto found = std::find_if(errors.begin(), errors.end(), [&](FieldError const& error) { return error.field == field; });
    return found == errors.end() ? nullptr : &*found;
}

void FormState::take(Error const& error)
{
    errors.insert(errors.end(), error.fields.begin(), error.fields.end());
    if (error.fields.empty()) errors.push_back({"", error.code, error.arguments});
}

FormState typed(web::Request const& request, std::initializer_list<std::string_view> fields)
{
    FormState form;
    for (auto field : fields) form.values.add(std::string(field), request.form.get(field));
    return form;
}

void open_form(Html& out, Context const& context, std::string_view action, bool guarded)
{
    out << "<form method=\"post\" novalidate"_h;
    out.url("action"_h, action);
    if (guarded) out.attr("data-guard"_h, action);
    out << ">"_h;
    web::csrf_field(out, context.frame);
}

void error_summary(Html& out, Locale const& locale, FormState const& form, std::initializer_list<Named> names)
{
    if (form.errors.empty()) return;
    out << "<div class=\"g-errors\" role=\"alert\" aria-labelledby=\"err-t\" tabindex=\"-1\"><h2 id=\"err-t\">"_h;
    web::icon(out, "alert-circle");
    out << " "_h << locale.plural("accounts.to_mend", static_cast<std::int64_t>(form.errors.size())) << "</h2><ul>"_h;
    for (auto const& error : form.errors) {
        out << "<li>"_h;
        if (error.field.empty()) {
            out << sentence(locale, error);
        } else {
            out << "<a"_h;
            out.url("href"_h, "#" + id_of(error.field));
            out << ">"_h;
            auto const* named = std::find_if(names.begin(), names.end(), [&](Named const& each) { return each.field == error.field; });
            // "This information is required", four times over, would say nothing of which.
            if (error.code == "required" && named != names.end()) out << locale.text(named->label) << locale.text("punctuation.colon");
            out << sentence(locale, error) << "</a>"_h;
        }
        out << "</li>"_h;
    }
    out << "</ul></div>\n"_h;
}

void text_field(Html& out, Locale const& locale, FormState const& form, Field const& field)
{
    auto described = begin_field(out, locale, form, field);
    out << "<input class=\"form-control\""_h;
    out.attr("type"_h, field.type).attr("autocomplete"_h, field.autocomplete);
    common_attributes(out, form, field, described);
    if (field.max_length > 0) out.attr("maxlength"_h, std::int64_t{field.max_length});
    out.flag("readonly"_h, field.read_only);
    if (field.type != "password") out.attr("value"_h, form.values.get(field.name));
    out << "></div>\n"_h;
}

void select_field(Html& out, Locale const& locale, FormState const& form, Field const& field, std::vector<Option> const& options)
{
    auto described = begin_field(out, locale, form, field);
    auto const current = form.values.get(field.name);
    // A long choice as wide as its words would be wider than a telephone.
    bool wide = std::any_of(options.begin(), options.end(), [](Option const& option) { return length_utf8(option.label) > 25; });
    out << "<select"_h;
    out.attr("class"_h, wide ? "form-select" : "form-select w-auto");
    common_attributes(out, form, field, described);
    out << ">"_h;
    for (auto const& option : options) {
        out << "<option"_h;
        out.attr("value"_h, option.value).flag("selected"_h, option.value == current);
        out << ">"_h << option.label << "</option>"_h;
    }
    out << "</select></div>\n"_h;
}

void submit_button(Html& out, std::string_view label, bool primary)
{
    out << "<div class=\"g-field\"><button type=\"submit\""_h;
    out.attr("class"_h, primary ? "btn btn-primary" : "btn btn-outline");
    out << ">"_h << label << "</button></div>\n"_h;
}

void button_form(Html& out, Context const& context, std::string_view action, std::string_view label, std::string_view spoken_suffix, bool danger)
{
    open_form(out, context, action);
    out << "<button type=\"submit\""_h;
    out.attr("class"_h, danger ? "btn btn-danger-outline btn-sm" : "btn btn-outline btn-sm");
    out << ">"_h << label << "<span class=\"g-hidden\"> "_h << spoken_suffix << "</span></button></form>"_h;
}

void secret(Html& out, Locale const& locale, std::string_view title, std::string_view words, std::string_view value)
{
    out << "<section class=\"g-secret\" role=\"status\" aria-labelledby=\"secret-t\"><h2 id=\"secret-t\">"_h << title << "</h2><p class=\"mb-0\">"_h << words
        << "</p><div class=\"g-secret-value\"><code id=\"secret\">"_h << value << "</code><button class=\"btn btn-outline\" type=\"button\" data-copy=\"secret\" hidden>"_h;
    web::icon(out, "copy");
    out << "<span>"_h << locale.text("accounts.copy") << "</span></button></div></section>\n"_h;
}

std::vector<Option> language_options() { return {{"fr", "Français"}, {"en", "English"}}; }

std::vector<Option> role_options(Locale const& locale, bool for_token)
{
    std::vector<Option> options;
    for (auto role : all_roles())
        if (!for_token || role != Role::Auditor) options.push_back({std::string(code_of(role)), locale.text("role." + std::string(code_of(role)))});
    return options;
}

void organisation_name_field(Html& out, Locale const& locale, FormState const& form, std::string_view name)
{
    text_field(out, locale, form, {.name = name, .label = "accounts.organisation_name", .autocomplete = "organization", .hint = "accounts.organisation_name.hint", .max_length = 200});
}

void kind_field(Html& out, Locale const& locale, FormState const& form)
{
    std::vector<Option> options;
    for (auto kind : organisation_kinds()) options.push_back({std::string(kind), locale.text("organisation_kind." + std::string(kind))});
    select_field(out, locale, form, {.name = "kind", .label = "accounts.kind"}, options);
}

void slug_field(Html& out, Locale const& locale, FormState const& form, bool may_be_empty)
{
    text_field(out, locale, form, {.name = "slug", .label = "accounts.slug", .hint = may_be_empty ? "accounts.slug.hint_empty" : "accounts.slug.hint", .required = !may_be_empty, .max_length = 40});
}

void zone_field(Html& out, Locale const& locale, FormState const& form)
{
    std::vector<Option> options;
    for (auto zone : zones) options.push_back({std::string(zone), std::string(zone)});
    auto const current = form.values.get("zone");
    if (!current.empty() && std::find(zones.begin(), zones.end(), current) == zones.end()) options.insert(options.begin(), {current, current});
    select_field(out, locale, form, {.name = "zone", .label = "accounts.zone", .hint = "accounts.zone.hint"}, options);
}

namespace {

void begin_table(Html& out, Locale const& locale, std::initializer_list<std::string_view> columns)
{
    out << "<table class=\"g-table g-table--cards\" role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\">"_h;
    for (auto key : columns) out << "<th role=\"columnheader\" scope=\"col\">"_h << locale.text(key) << "</th>"_h;
}

}  // namespace

void open_table(Html& out, Locale const& locale, std::initializer_list<std::string_view> columns, bool buttons)
{
    out << "<div class=\"g-tablewrap\">"_h;
    begin_table(out, locale, columns);
    if (buttons) out << "<th role=\"columnheader\" scope=\"col\"><span class=\"g-hidden\">"_h << locale.text("accounts.actions") << "</span></th>"_h;
    out << "</tr></thead><tbody role=\"rowgroup\">\n"_h;
}

void open_wide_table(Html& out, Locale const& locale, std::initializer_list<std::string_view> columns, std::string_view name)
{
    out << "<div class=\"g-tablewrap\" tabindex=\"0\" role=\"region\""_h;
    out.attr("aria-label"_h, name);
    out << ">"_h;
    begin_table(out, locale, columns);
    out << "</tr></thead><tbody role=\"rowgroup\">\n"_h;
}

void close_table(Html& out) { out << "</tbody></table></div>\n"_h; }

void open_cell(Html& out, Locale const& locale, std::string_view column)
{
    out << "<td role=\"cell\""_h;
    out.attr("data-label"_h, locale.text(column));
    out << "><div>"_h;
}

web::Response shown(Context& context, std::string title, Html const& body, int status)
{
    context.frame.title = std::move(title);
    context.frame.refused = status >= 400;
    return web::Response::html(web::page(context.frame, body), status);
}

web::Response shown_alone(Context& context, std::string title, Html const& body, bool wide, int status)
{
    context.frame.title = std::move(title);
    context.frame.refused = status >= 400;
    return web::Response::html(web::sign_in_page(context.frame, body, wide), status);
}

void set_session(web::Response& response, web::Request const& request, std::string const& token)
{
    response.header("Set-Cookie", web::set_cookie({.name = std::string(session_cookie), .value = token}, request.secure));
}

std::string absolute(AccountServices const& services, web::Request const& request, std::string_view path)
{
    if (!services.public_url.empty()) return services.public_url + std::string(path);
    return std::string(request.secure ? "https://" : "http://") + std::string(request.header("host")) + std::string(path);
}

}  // namespace greffier::accounts
