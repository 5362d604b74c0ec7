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

constexpr int shown_at_once = 200;      // beyond, one searches
constexpr int shown_in_switch = 20;

web::FrameOrganisation in_frame(OrganisationInfo const& info, Locale const& locale)
{
    return {info.slug, info.name, locale.text("organisation_kind." + info.kind), info.colour};
}

void search_form(Html& out, Locale const& locale, std::string const& query)
{
    out << "<form class=\"g-filterbar\" role=\"search\" action=\"/organisations\"><div class=\"g-search\">"_h;
    web::icon(out, "search");
    out << "<label class=\"g-hidden\" for=\"organisations-q\">"_h << locale.text("accounts.organisations.search")
        << "</label><input class=\"form-control\" id=\"organisations-q\" name=\"q\" type=\"search\""_h;
    out.attr("value"_h, query);
    out << "></div><button class=\"btn btn-outline\" type=\"submit\">"_h << locale.text("frame.search") << "</button></form>\n"_h;
}

void rows(Html& out, Locale const& locale, std::vector<OrganisationInfo> const& found)
{
    open_table(out, locale, {"accounts.organisation_name", "accounts.kind"}, false);
    for (auto const& each : found) {
        out << "<tr role=\"row\""_h;
        out.attr("class"_h, "g-rowlink g-org-" + std::to_string(each.colour));
        out << "><th role=\"rowheader\" scope=\"row\"><div><span class=\"g-mark g-mark--s\" aria-hidden=\"true\">"_h << web::initials(each.name) << "</span> <a class=\"g-title\""_h;
        out.url("href"_h, "/o/" + each.slug);
        out << ">"_h << each.name << "</a></div></th><td role=\"cell\""_h;
        out.attr("data-label"_h, locale.text("accounts.kind"));
        out << ">"_h << locale.text("organisation_kind." + each.kind) << "</td></tr>\n"_h;
    }
    close_table(out);
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

Answer list_organisations(AccountServices& services, Context& context, Request const& request)
{
    auto const& locale = context.locale;
    auto const& who = context.who();
    auto query = std::string(trim(request.query.get("q")));
    auto found = services.organisations.of_person(*who.person, query, shown_at_once + 1);
    if (query.empty() && found.size() == 1 && !who.installation_administrator) return Response::redirect("/o/" + found.front().slug);
    bool more = found.size() > shown_at_once;
    if (more) found.resize(shown_at_once);
    notice_done(context, request);
    Html actions;
    if (who.installation_administrator) {
        actions << "<a class=\"btn btn-primary\" href=\"/organisations/new\">"_h;
        web::icon(actions, "plus");
        actions << " "_h << locale.text("accounts.organisations.new") << "</a>"_h;
    }
    Html out;
    web::page_head(out, context.frame, locale.text("accounts.organisations.title"), locale.text("accounts.organisations.lead"), actions);
    if (!found.empty() || !query.empty()) search_form(out, locale, query);
    if (found.empty()) {
        out << "<div class=\"g-empty\"><h2>"_h << locale.text(query.empty() ? "accounts.organisations.none" : "accounts.organisations.no_match") << "</h2><p>"_h
            << locale.text(query.empty() ? "accounts.organisations.none_advice" : "accounts.organisations.no_match_advice") << "</p></div>"_h;
    } else {
        rows(out, locale, found);
        if (more) out << "<p class=\"g-muted mt-2\">"_h << locale.text("accounts.organisations.more", {{"count", std::to_string(shown_at_once)}}) << "</p>"_h;
    }
    return shown(context, locale.text("accounts.organisations.title"), out);
}

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
