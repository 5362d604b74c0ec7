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

/// Whoever runs the installation says under which organisation this one stands.
void place(Html& out, Context const& context, FormState const& form)
{
    auto const& locale = context.locale;
    out << "<section class=\"g-section\" aria-labelledby=\"place-t\"><h2 id=\"place-t\">"_h << locale.text("accounts.place.title") << "</h2><p>"_h << locale.text("accounts.place.lead") << "</p>"_h;
    open_form(out, context, context.address("/settings/place"));
    text_field(out, locale, form, {.name = "parent", .label = "accounts.place.parent", .hint = "accounts.place.hint", .required = false, .max_length = 40});
    submit_button(out, locale.text("accounts.place.button"), false);
    out << "</form></section>"_h;
}

void link_section(Html& out, Context const& context, std::string_view title, std::string_view lead, std::string_view label, std::string_view rest, bool danger = false)
{
    auto const& locale = context.locale;
    out << "<section class=\"g-section\"><h2>"_h << locale.text(title) << "</h2><p>"_h << locale.text(lead) << "</p><p><a"_h;
    out.attr("class"_h, danger ? "btn btn-danger-outline" : "btn btn-outline").url("href"_h, context.address(rest));
    out << ">"_h << locale.text(label) << "</a></p></section>"_h;
}

/// Archived, or not: nothing is lost either way, so a button does it.
void state_section(Html& out, Context const& context)
{
    auto const& locale = context.locale;
    std::string const key = context.where().archived ? "accounts.reopen" : "accounts.close";
    out << "<section class=\"g-section\"><h2>"_h << locale.text(key + ".title") << "</h2><p>"_h << locale.text(key + ".lead") << "</p>"_h;
    open_form(out, context, context.address(context.where().archived ? "/reopen" : "/close"));
    submit_button(out, locale.text(key + ".button"), false);
    out << "</form></section>"_h;
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
    out << "</form></section>"_h;
    if (context.who().installation_administrator) place(out, context, form);
    link_section(out, context, "modules.title", "modules.lead", "modules.open", "/modules");
    link_section(out, context, "look.title", "look.lead", "look.open", "/look");
    link_section(out, context, "public.settings.title", "public.settings.section", "public.settings.open_page", "/settings/public");
    link_section(out, context, "purge.title", "purge.section", "purge.open_page", "/purge");
    if (context.who().installation_administrator || context.where().parent) link_section(out, context, "founding.like.section", "founding.like.lead", "founding.like.open", "/like");
    if (may(context.who(), web::Permission::ExportOrganisation)) link_section(out, context, "archive.page.title", "archive.page.lead", "archive.page.open", "/archive");
    state_section(out, context);
    if (may(context.who(), web::Permission::AdministerInstallation)) link_section(out, context, "archive.page.remove", "archive.page.remove_lead", "archive.page.remove_open", "/remove", true);
    out << "</div>"_h;
    return shown(context, locale.text("accounts.settings.title"), out, status);
}

int number_of(std::string const& text)
{
    int number = 0;
    auto end = text.data() + text.size();
    auto [rest, problem] = std::from_chars(text.data(), end, number);
    return problem == std::errc{} && rest == end ? number : 0;
}

std::string parent_slug(AccountServices& services, OrganisationInfo const& info)
{
    auto const parent = info.parent ? services.organisations.find(*info.parent) : std::nullopt;
    return parent ? parent->slug : std::string{};
}

FormState stored(Context const& context, std::string parent)
{
    auto const& info = context.where();
    FormState form;
    form.values.add("name", info.name);
    form.values.add("slug", info.slug);
    form.values.add("kind", info.kind);
    form.values.add("language", std::string(code_of(info.language)));
    form.values.add("zone", info.zone);
    form.values.add("colour", std::to_string(info.colour));
    form.values.add("parent", std::move(parent));
    return form;
}

}  // namespace

Answer show_settings(AccountServices& services, Context& context, Request const&) { return page_of(context, stored(context, parent_slug(services, context.where())), 200); }

Answer move_organisation(AccountServices& services, Context& context, Request const& request)
{
    auto const slug = squeeze(request.form.get("parent"));
    auto refused = [&](Error const& error) {
        auto form = stored(context, slug);
        form.take(error);
        return page_of(context, form, web::status_of(error.kind));
    };
    std::optional<OrganisationId> parent;
    if (!slug.empty()) {
        auto const found = services.organisations.find(slug);
        if (!found) return refused(Error{ErrorKind::Invalid, "invalid", {}, {{"parent", "unknown_organisation"}}});
        parent = found->id;
    }
    auto const moved = services.organisations.move(context.where().id, parent, context.now);
    if (!moved.ok()) return refused(moved.error());
    return Response::redirect(context.address("/settings?done=kept"));
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
        form.values.add("parent", parent_slug(services, context.where()));
        return page_of(context, form, web::status_of(saved.error().kind));
    }
    return Response::redirect("/o/" + slug + "/settings?done=kept");
}

}  // namespace greffier::accounts
