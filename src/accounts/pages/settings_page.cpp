#include <charconv>

#include "accounts/pages/form.hpp"
#include "accounts/pages/pages.hpp"
#include "core/text.hpp"
#include "web/problem.hpp"

namespace greffier::accounts {

using web::Html;
using web::Request;
using web::Response;
using namespace web::literals;

namespace {

void colour_field(Html& out, Locale const& locale, FormState const& form)
{
    out << "<fieldset class=\"g-field\" id=\"f-colour\"><legend class=\"form-label\">"_h << locale.text("accounts.colour") << "</legend><p class=\"g-hint\">"_h
        << locale.text("accounts.colour.hint") << "</p>"_h;
    for (int colour = 1; colour <= 8; ++colour) {
        auto id = "colour-" + std::to_string(colour);
        out << "<div"_h;
        out.attr("class"_h, "form-check g-org-" + std::to_string(colour));
        out << "><input class=\"form-check-input\" type=\"radio\" name=\"colour\""_h;
        out.attr("id"_h, id).attr("value"_h, std::int64_t{colour}).flag("checked"_h, form.values.get("colour") == std::to_string(colour));
        out << "><label"_h;
        out.attr("for"_h, id);
        out << "><span class=\"g-mark g-mark--s\" aria-hidden=\"true\">"_h << web::initials(form.values.get("name")) << "</span> "_h
            << locale.text("accounts.colour." + std::to_string(colour)) << "</label></div>"_h;
    }
    out << "</fieldset>\n"_h;
}

Response page_of(Context& context, FormState const& form, int status)
{
    auto const& locale = context.locale;
    context.frame.crumbs = {{locale.text("nav.administration"), ""}};
    Html out;
    web::page_head(out, context.frame, locale.text("accounts.settings.title"), locale.text("accounts.settings.lead"), {});
    error_summary(out, locale, form, {{"name", "accounts.organisation_name"}, {"slug", "accounts.slug"}});
    out << "<div class=\"g-settings\"><section class=\"g-section\">"_h;
    open_form(out, context, context.address("/settings"), true);
    organisation_name_field(out, locale, form);
    slug_field(out, locale, form, false);
    kind_field(out, locale, form);
    select_field(out, locale, form, {.name = "language", .label = "accounts.language_of_organisation", .hint = "accounts.language_of_organisation.hint"}, language_options());
    zone_field(out, locale, form);
    colour_field(out, locale, form);
    submit_button(out, locale.text("accounts.save"));
    out << "</form></section></div>"_h;
    return shown(context, locale.text("accounts.settings.title"), out, status);
}

int number_of(std::string const& text)
{
    int number = 0;
    auto end = text.data() + text.size();
    auto [rest, problem] = std::from_chars(text.data(), end, number);
    return problem == std::errc{} && rest == end ? number : 0;
}

}  // namespace

Answer show_settings(AccountServices&, Context& context, Request const&)
{
    auto const& info = context.where();
    FormState form;
    form.values.add("name", info.name);
    form.values.add("slug", info.slug);
    form.values.add("kind", info.kind);
    form.values.add("language", std::string(code_of(info.language)));
    form.values.add("zone", info.zone);
    form.values.add("colour", std::to_string(info.colour));
    return page_of(context, form, 200);
}

Answer save_settings(AccountServices& services, Context& context, Request const& request)
{
    auto form = typed(request, {"name", "slug", "kind", "language", "zone", "colour"});
    auto const& sent = request.form;
    auto slug = std::string(trim(sent.get("slug")));
    auto saved = services.organisations.rename_and_change(context.where().id, slug, sent.get("name"), sent.get("kind"),
                                                          parse_language(sent.get("language")).value_or(context.where().language), sent.get("zone"),
                                                          number_of(sent.get("colour")));
    if (!saved.ok()) {
        form.take(saved.error());
        return page_of(context, form, web::status_of(saved.error().kind));
    }
    return Response::redirect("/o/" + slug + "/settings?done=kept");
}

}  // namespace greffier::accounts
