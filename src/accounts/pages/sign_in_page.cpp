#include "accounts/pages/form.hpp"
#include "accounts/pages/pages.hpp"
#include "web/cookie.hpp"

namespace greffier::accounts {

using web::Html;
using web::Request;
using web::Response;
using namespace web::literals;

namespace {

Response page_of(AccountServices const& services, Context& context, FormState const& form, int status)
{
    auto const& locale = context.locale;
    Html out;
    out << "<h1>"_h << locale.text("accounts.sign_in.title") << "</h1><p class=\"g-lead mb-4\">"_h << locale.text("accounts.sign_in.lead") << "</p>\n"_h;
    error_summary(out, locale, form);
    open_form(out, context, "/sign-in");
    out << "<input type=\"hidden\" name=\"next\""_h;
    out.attr("value"_h, form.values.get("next"));
    out << ">"_h;
    text_field(out, locale, form, {.name = "email", .label = "accounts.email", .type = "email", .autocomplete = "username"});
    text_field(out, locale, form, {.name = "password", .label = "accounts.password", .type = "password", .autocomplete = "current-password"});
    submit_button(out, locale.text("accounts.sign_in.button"));
    out << "</form><p class=\"g-small g-muted mt-3\">"_h;
    if (services.sends_mail()) out << "<a href=\"/forgotten-password\">"_h << locale.text("accounts.sign_in.forgotten_link") << "</a>"_h;
    else out << locale.text("accounts.sign_in.forgotten");
    out << "</p>"_h;
    return shown_alone(context, locale.text("accounts.sign_in.title"), out, false, status);
}

/// After a sign-in one goes where one was going, unless that is nowhere or the sign-in page itself.
std::string destination(AccountServices& services, std::string const& next, PersonId person, std::optional<OrganisationId> last)
{
    auto local = web::local_address(next, "/");
    if (local == "/" || local.starts_with("/sign-")) return home_address(services, person, last);
    return local;
}

}  // namespace

Answer show_sign_in(AccountServices& services, Context& context, Request const& request)
{
    auto next = request.query.get("next");
    if (auto token = web::find_cookie(request, session_cookie))
        if (auto signed_in = services.sessions.authenticate(*token, context.now))
            return Response::redirect(destination(services, next, signed_in->person.id, signed_in->last_organisation));
    FormState form;
    form.values.add("next", web::local_address(next, ""));
    return page_of(services, context, form, 200);
}

Answer sign_in(AccountServices& services, Context& context, Request const& request)
{
    auto form = typed(request, {"email"});
    auto next = web::local_address(request.form.get("next"), "");
    form.values.add("next", next);
    auto account = fold_email(request.form.get("email"));
    auto keep = [&](std::string event, std::optional<PersonId> person) {
        services.journal.keep({.event = std::move(event), .person = person, .address = request.remote_address}, context.now);
    };
    auto whose = [&]() -> std::optional<PersonId> {
        auto const known = services.people.find(account);
        return known ? std::optional{known->id} : std::nullopt;
    };
    if (auto wait = services.throttle.attempt(request.remote_address, account, context.now)) {
        form.errors.push_back({"", "sign_in_wait", {{"seconds", std::to_string(wait->count())}}});
        auto response = page_of(services, context, form, 429);
        response.header("Retry-After", std::to_string(wait->count()));
        return response;
    }
    auto person = services.people.authenticate(account, SecretText(request.form.get("password")));
    if (!person) {
        keep("sign_in_failed", whose());
        form.refuse("email", "wrong_credentials");
        return page_of(services, context, form, 422);
    }
    services.throttle.succeeded(request.remote_address, account, context.now);
    keep("signed_in", person->id);
    std::optional<OrganisationId> last;
    // A new token at each sign-in: one planted in the browser before it is worth nothing after.
    if (auto token = web::find_cookie(request, session_cookie))
        if (auto former = services.sessions.authenticate(*token, context.now)) {
            if (former->person.id == person->id) last = former->last_organisation;
            services.sessions.end(former->session_hash);
        }
    auto response = Response::redirect(destination(services, next, person->id, last));
    set_session(response, request, services.sessions.start(person->id, context.now));
    note_place(services, context, request, response, *person, Telling::Alert);
    return response;
}

Answer sign_out(AccountServices& services, Context& context, Request const& request)
{
    if (auto token = web::find_cookie(request, session_cookie))
        if (auto signed_in = services.sessions.authenticate(*token, context.now)) services.sessions.end(signed_in->session_hash);
    auto response = Response::redirect("/sign-in");
    response.header("Set-Cookie", web::clear_cookie(session_cookie, request.secure));
    return response;
}

}  // namespace greffier::accounts
