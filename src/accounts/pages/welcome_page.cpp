// Someone invited, or who forgot theirs, chooses a password, through the address they were handed over or sent.
#include "accounts/letters.hpp"
#include "accounts/pages/second_step.hpp"
#include "web/security_headers.hpp"

namespace greffier::accounts {

using web::Html;
using web::Request;
using web::Response;
using namespace web::literals;

namespace {

/// No password is chosen where none of ours opens: whoever was invited comes through the provider.
Response no_password(Context& context)
{
    auto const& locale = context.locale;
    auto const title = locale.text("ways.no_password.title");
    Html out;
    out << "<h1>"_h << title << "</h1><p class=\"g-lead mb-4\">"_h << locale.text("ways.no_password.lead") << "</p><p><a class=\"btn btn-primary\" href=\"/sign-in\">"_h
        << locale.text("accounts.sign_in.title") << "</a></p>"_h;
    auto response = shown_alone(context, title, out, false, 200);
    web::add_token_page_headers(response);
    return response;
}

/// /reset/… or /welcome/…: the same page, other words.
LinkPurpose purpose_of(Request const& request) { return request.path.starts_with(OneTimeLinks::page_of(LinkPurpose::Reset)) ? LinkPurpose::Reset : LinkPurpose::Welcome; }

Response page_of(Context& context, Request const& request, Person const& person, FormState form, int status)
{
    auto const& locale = context.locale;
    Html out;
    bool const forgot = purpose_of(request) == LinkPurpose::Reset;
    auto const title = locale.text(forgot ? "accounts.reset.title" : "accounts.welcome.title");
    out << "<h1>"_h << title << "</h1><p class=\"g-lead mb-4\">"_h << locale.text(forgot ? "accounts.reset.lead" : "accounts.welcome.lead", {{"name", person.name}}) << "</p>\n"_h;
    error_summary(out, locale, form, {{"password", "accounts.password"}});
    form.values.add("email", person.email_shown);
    open_form(out, context, request.path);
    text_field(out, locale, form, {.name = "email", .label = "accounts.email", .type = "email", .autocomplete = "username", .read_only = true});
    text_field(out, locale, form, {.name = "password", .label = "accounts.password", .type = "password", .autocomplete = "new-password", .hint = "accounts.password.hint"});
    text_field(out, locale, form, {.name = "password_again", .label = "accounts.password_again", .type = "password", .autocomplete = "new-password"});
    submit_button(out, locale.text("accounts.welcome.button"));
    out << "</form>"_h;
    auto response = shown_alone(context, title, out, true, status);
    web::add_token_page_headers(response);
    return response;
}

Result<Person> person_of(AccountServices& services, Request const& request, Timestamp now)
{
    auto link = services.links.find(request.param("token"), purpose_of(request), now);
    auto person = link && link->person ? services.people.find(*link->person) : std::nullopt;
    if (!person || person->disabled) return Error::not_found("expired_link");
    return *person;
}

}  // namespace

Answer show_welcome(AccountServices& services, Context& context, Request const& request)
{
    auto person = TRY(person_of(services, request, context.now));
    if (!may_use_password(services, person.id)) return no_password(context);
    return page_of(context, request, person, {}, 200);
}

Answer welcome(AccountServices& services, Context& context, Request const& request)
{
    auto const& token = request.param("token");
    auto person = TRY(person_of(services, request, context.now));
    if (!may_use_password(services, person.id)) return no_password(context);
    auto password = SecretText(request.form.get("password"));
    FormState form;
    if (auto problem = problem_of_password(password, person.email, person.name); !problem.empty())
        form.refuse("password", std::string(problem));
    else if (request.form.get("password_again") != password.reveal())
        form.refuse("password_again", "passwords_differ");
    if (!form.errors.empty()) return page_of(context, request, person, form, 422);
    auto hashed = hash_password(password);
    TRY(services.database.write([&](storage::Session& session) -> Status {
        TRY(OneTimeLinks::use_in(session, token, purpose_of(request), context.now));
        OneTimeLinks::end_all_in(session, person.id);
        People::put_password_in(session, person.id, hashed);
        if (services.sends_mail() && person.has_password)   // a first one is news to nobody
            services.post->outbox.queue(session, password_changed_letter(person, absolute(services, request, ""), context.locale.language(), context.now), context.now);
        return Nothing{};
    }));
    if (services.sends_mail()) services.post->outbox.ring();
    // The link stands for the password alone: whoever has a second factor is asked for it.
    auto response = go_on(services, context, request, person, "", {}, Telling::Nothing);
    web::add_token_page_headers(response);
    return response;
}

}  // namespace greffier::accounts
