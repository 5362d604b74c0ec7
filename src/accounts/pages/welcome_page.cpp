// Someone invited chooses a password, through the address they were handed over.
#include "accounts/pages/form.hpp"
#include "accounts/pages/pages.hpp"
#include "web/security_headers.hpp"

namespace greffier::accounts {

using web::Html;
using web::Request;
using web::Response;
using namespace web::literals;

namespace {

Response page_of(Context& context, Request const& request, Person const& person, FormState form, int status)
{
    auto const& locale = context.locale;
    Html out;
    out << "<h1>"_h << locale.text("accounts.welcome.title") << "</h1><p class=\"g-lead mb-4\">"_h << locale.text("accounts.welcome.lead", {{"name", person.name}}) << "</p>\n"_h;
    error_summary(out, locale, form, {{"password", "accounts.password"}});
    form.values.add("email", person.email_shown);
    open_form(out, context, request.path);
    text_field(out, locale, form, {.name = "email", .label = "accounts.email", .type = "email", .autocomplete = "username", .read_only = true});
    text_field(out, locale, form, {.name = "password", .label = "accounts.password", .type = "password", .autocomplete = "new-password", .hint = "accounts.password.hint"});
    text_field(out, locale, form, {.name = "password_again", .label = "accounts.password_again", .type = "password", .autocomplete = "new-password"});
    submit_button(out, locale.text("accounts.welcome.button"));
    out << "</form>"_h;
    auto response = shown_alone(context, locale.text("accounts.welcome.title"), out, true, status);
    web::add_token_page_headers(response);
    return response;
}

Result<Person> person_of(AccountServices& services, std::string const& token, Timestamp now)
{
    auto link = services.links.find(token, LinkPurpose::Welcome, now);
    auto person = link && link->person ? services.people.find(*link->person) : std::nullopt;
    if (!person || person->disabled) return Error::not_found("expired_link");
    return *person;
}

}  // namespace

Answer show_welcome(AccountServices& services, Context& context, Request const& request)
{
    auto person = TRY(person_of(services, request.param("token"), context.now));
    return page_of(context, request, person, {}, 200);
}

Answer welcome(AccountServices& services, Context& context, Request const& request)
{
    auto const& token = request.param("token");
    auto person = TRY(person_of(services, token, context.now));
    auto password = SecretText(request.form.get("password"));
    FormState form;
    if (auto problem = problem_of_password(password, person.email, person.name); !problem.empty())
        form.refuse("password", std::string(problem));
    else if (request.form.get("password_again") != password.reveal())
        form.refuse("password_again", "passwords_differ");
    if (!form.errors.empty()) return page_of(context, request, person, form, 422);
    auto hashed = hash_password(password);
    TRY(services.database.write([&](storage::Session& session) -> Status {
        TRY(OneTimeLinks::use_in(session, token, LinkPurpose::Welcome, context.now));
        People::put_password_in(session, person.id, hashed);
        return Nothing{};
    }));
    auto response = Response::redirect(home_address(services, person.id));
    set_session(response, request, services.sessions.start(person.id, context.now));
    web::add_token_page_headers(response);
    return response;
}

}  // namespace greffier::accounts
