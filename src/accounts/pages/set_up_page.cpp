// The first page of an installation: whoever holds the printed address makes the first organisation and its account.
#include "accounts/check_line.hpp"
#include "accounts/pages/second_step.hpp"
#include "core/text.hpp"
#include "web/problem.hpp"
#include "web/security_headers.hpp"

namespace greffier::accounts {

using web::Html;
using web::Request;
using web::Response;
using namespace web::literals;

namespace {

Response page_of(Context& context, Request const& request, FormState const& form, int status)
{
    auto const& locale = context.locale;
    Html out;
    out << "<h1>"_h << locale.text("accounts.set_up.title") << "</h1><p class=\"g-lead mb-4\">"_h << locale.text("accounts.set_up.lead") << "</p>\n"_h;
    error_summary(out, locale, form, {{"organisation_name", "accounts.organisation_name"}, {"name", "accounts.person_name"}, {"email", "accounts.email"}, {"password", "accounts.password"}});
    open_form(out, context, request.path);
    out << "<section class=\"g-section\" aria-labelledby=\"s-org\"><h2 id=\"s-org\">"_h << locale.text("accounts.set_up.organisation") << "</h2>"_h;
    organisation_name_field(out, locale, form, "organisation_name");
    kind_field(out, locale, form);
    slug_field(out, locale, form, true);
    out << "</section><section class=\"g-section mt-4\" aria-labelledby=\"s-me\"><h2 id=\"s-me\">"_h << locale.text("accounts.set_up.account") << "</h2>"_h;
    text_field(out, locale, form, {.name = "name", .label = "accounts.person_name", .autocomplete = "name", .max_length = 200});
    text_field(out, locale, form, {.name = "email", .label = "accounts.email", .type = "email", .autocomplete = "username"});
    text_field(out, locale, form, {.name = "password", .label = "accounts.password", .type = "password", .autocomplete = "new-password", .hint = "accounts.password.hint"});
    text_field(out, locale, form, {.name = "password_again", .label = "accounts.password_again", .type = "password", .autocomplete = "new-password"});
    submit_button(out, locale.text("accounts.set_up.button"));
    out << "</section></form>"_h;
    auto response = shown_alone(context, locale.text("accounts.set_up.title"), out, true, status);
    web::add_token_page_headers(response);
    return response;
}

/// Errors of the organisation under the names they have in this form.
void take_organisation(FormState& form, Error error)
{
    for (auto& field : error.fields)
        if (field.field == "name") field.field = "organisation_name";
    form.take(error);
}

void check_organisation(FormState& form, NewOrganisation const& wanted)
{
    if (auto problem = problem_of_line(wanted.name, 200); !problem.empty()) form.errors.push_back({"organisation_name", std::string(problem), {{"max", "200"}}});
    // Without a name and a short address, only the name is asked for: the address is drawn from it.
    if (wanted.slug.empty() && is_blank(wanted.name)) return;
    if (auto problem = problem_of_slug(wanted.slug); !problem.empty()) form.errors.push_back({"slug", std::string(problem), {{"value", wanted.slug}}});
}

struct Installed {
    Person person;
    OrganisationInfo organisation;
};

Result<Installed> install(AccountServices& services, std::string const& token, People::Prepared const& prepared, NewOrganisation const& wanted, Timestamp now)
{
    return services.database.write_result<Installed>([&](storage::Session& session) -> Result<Installed> {
        TRY(OneTimeLinks::use_in(session, token, LinkPurpose::Setup, now));
        auto person = TRY(People::add_in(session, prepared));
        Memberships::grant_in(session, person.id, std::nullopt, Role::Administrator, now);
        auto membership = Uuid::make();   // known before the organisation, whose first record names its author
        auto organisation = TRY(services.organisations.add_in(session, wanted, now, membership));
        Memberships::grant_in(session, person.id, organisation.id, Role::Administrator, now, membership);
        Memberships::grant_in(session, person.id, organisation.id, Role::Dpo, now);
        return Installed{person, organisation};
    });
}

}  // namespace

Answer show_set_up(AccountServices& services, Context& context, Request const& request)
{
    if (!services.links.find(request.param("token"), LinkPurpose::Setup, context.now)) return Error::not_found("expired_link");
    FormState form;
    form.values.add("kind", "commune");
    return page_of(context, request, form, 200);
}

Answer set_up(AccountServices& services, Context& context, Request const& request)
{
    auto const& token = request.param("token");
    if (!services.links.find(token, LinkPurpose::Setup, context.now)) return Error::not_found("expired_link");
    auto form = typed(request, {"organisation_name", "kind", "slug", "name", "email"});
    auto const& sent = request.form;
    NewOrganisation wanted{.slug = std::string(trim(sent.get("slug"))), .name = sent.get("organisation_name"), .kind = sent.get("kind"), .language = context.locale.language()};
    if (wanted.slug.empty() && !is_blank(wanted.name)) wanted.slug = make_slug(wanted.name);
    check_organisation(form, wanted);
    auto password = SecretText(sent.get("password"));
    if (sent.get("password_again") != password.reveal()) form.refuse("password_again", "passwords_differ");
    auto prepared = People::prepare({.email = sent.get("email"), .name = sent.get("name"), .password = password, .language = context.locale.language()}, context.now);
    if (!prepared.ok()) form.take(prepared.error());
    if (!form.errors.empty()) return page_of(context, request, form, 422);
    auto installed = install(services, token, *prepared, wanted, context.now);
    if (!installed.ok()) {
        if (installed.error().code == "expired_link") return installed.error();
        take_organisation(form, installed.error());
        return page_of(context, request, form, web::status_of(installed.error().kind));
    }
    auto response = go_on(services, context, request, installed->person, "/o/" + installed->organisation.slug);
    web::add_token_page_headers(response);
    return response;
}

}  // namespace greffier::accounts
