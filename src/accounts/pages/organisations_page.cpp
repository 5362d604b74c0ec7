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

constexpr int shown_in_switch = 20;

web::FrameOrganisation in_frame(OrganisationInfo const& info, Locale const& locale)
{
    return {info.slug, info.name, locale.text("organisation_kind." + info.kind), info.colour};
}

Response new_page(Context& context, FormState const& form, int status)
{
    auto const& locale = context.locale;
    context.frame.crumbs = {{locale.text("nav.organisations"), "/organisations"}};
    Html out;
    web::page_head(out, context.frame, locale.text("accounts.organisations.new"), locale.text("accounts.organisations.new_lead"), {});
    error_summary(out, locale, form, {{"name", "accounts.organisation_name"}});
    out << "<div class=\"g-settings\"><section class=\"g-section\">"_h;
    open_form(out, context, "/organisations", true);
    organisation_name_field(out, locale, form);
    kind_field(out, locale, form);
    slug_field(out, locale, form, true);
    select_field(out, locale, form, {.name = "language", .label = "accounts.language_of_organisation"}, language_options());
    zone_field(out, locale, form);
    out << "<div class=\"g-field\"><div class=\"form-check\"><input class=\"form-check-input\" type=\"checkbox\" id=\"f-join\" name=\"join\" value=\"yes\""_h;
    out.flag("checked"_h, form.values.get("join") == "yes");
    out << "><label for=\"f-join\">"_h << locale.text("accounts.organisations.join") << "</label></div></div>"_h;
    submit_button(out, locale.text("accounts.organisations.add"));
    out << "</form></section></div>"_h;
    return shown(context, locale.text("accounts.organisations.new"), out, status);
}

}  // namespace

Answer search_organisations(AccountServices& services, Context& context, Request const& request)
{
    std::vector<web::FrameOrganisation> rows;
    for (auto const& each : services.organisations.of_person(*context.who().person, request.query.get("q"), shown_in_switch)) rows.push_back(in_frame(each, context.locale));
    Html out;
    web::organisation_rows(out, rows);
    auto response = Response::html(std::move(out).take());
    response.header("Cache-Control", "no-store");
    return response;
}

Answer show_new_organisation(AccountServices&, Context& context, Request const&)
{
    FormState form;
    form.values.add("kind", "commune");
    form.values.add("language", std::string(context.locale.code()));
    form.values.add("zone", "Europe/Paris");
    return new_page(context, form, 200);
}

Answer add_organisation(AccountServices& services, Context& context, Request const& request)
{
    auto form = typed(request, {"name", "kind", "slug", "language", "zone", "join"});
    auto const& sent = request.form;
    NewOrganisation wanted{.slug = std::string(trim(sent.get("slug"))), .name = sent.get("name"), .kind = sent.get("kind"),
                           .language = parse_language(sent.get("language")).value_or(Language::French), .zone = sent.get("zone", "Europe/Paris")};
    if (wanted.slug.empty() && !trim(wanted.name).empty()) wanted.slug = make_slug(wanted.name);
    auto person = *context.who().person;
    bool joins = sent.get("join") == "yes";
    auto added = services.database.write_result<OrganisationInfo>([&](storage::Session& session) -> Result<OrganisationInfo> {
        auto membership = Uuid::make();
        auto info = TRY(services.organisations.add_in(session, wanted, context.now, joins ? std::optional{membership} : std::nullopt));
        if (joins) {
            Memberships::grant_in(session, person, info.id, Role::Administrator, context.now, membership);
            Memberships::grant_in(session, person, info.id, Role::Dpo, context.now);
        }
        return info;
    });
    if (!added.ok()) {
        form.take(added.error());
        return new_page(context, form, web::status_of(added.error().kind));
    }
    return Response::redirect(joins ? "/o/" + added->slug : "/o/" + added->slug + "/people?done=organisation_added");
}

}  // namespace greffier::accounts
