#include "accounts/pages/second_step.hpp"
#include "web/cookie.hpp"

namespace greffier::accounts {

using web::Html;
using web::Request;
using web::Response;
using namespace web::literals;

Response sign_in_form(AccountServices const& services, Context& context, Request const& request, FormState const& form, int status)
{
    auto const& locale = context.locale;
    auto const next = [&](Html& out) {
        out << "<input type=\"hidden\" name=\"next\""_h;
        out.attr("value"_h, form.values.get("next"));
        out << ">"_h;
    };
    Html out;
    out << "<h1>"_h << locale.text("accounts.sign_in.title") << "</h1><p class=\"g-lead mb-4\">"_h << locale.text("accounts.sign_in.lead") << "</p>\n"_h;
    error_summary(out, locale, form);
    open_form(out, context, "/sign-in");
    next(out);
    text_field(out, locale, form, {.name = "email", .label = "accounts.email", .type = "email", .autocomplete = "username"});
    text_field(out, locale, form, {.name = "password", .label = "accounts.password", .type = "password", .autocomplete = "current-password"});
    submit_button(out, locale.text("accounts.sign_in.button"));
    out << "</form>"_h;
    if (site_of(services, request).party) {
        auto const label = locale.text("passkey.sign_in");
        PasskeyForm passkey{.action = "/sign-in/passkey", .label = label, .options_from = "/sign-in/passkey"};
        next(passkey.inside);
        passkey_form(out, context, passkey);
    }
    out << "<p class=\"g-small g-muted mt-3\">"_h;
    if (services.sends_mail()) out << "<a href=\"/forgotten-password\">"_h << locale.text("accounts.sign_in.forgotten_link") << "</a>"_h;
    else out << locale.text("accounts.sign_in.forgotten");
    out << "</p>"_h;
    return shown_alone(context, locale.text("accounts.sign_in.title"), out, false, status);
}

std::optional<OrganisationId> end_former(AccountServices& services, Context const& context, Request const& request, PersonId person)
{
    auto const token = web::find_cookie(request, session_cookie);
    auto const former = token ? services.sessions.authenticate(*token, context.now) : std::nullopt;
    if (!former) return std::nullopt;
    services.sessions.end(former->session_hash);
    return former->person.id == person ? former->last_organisation : std::nullopt;
}

Answer show_sign_in(AccountServices& services, Context& context, Request const& request)
{
    auto next = request.query.get("next");
    if (auto token = web::find_cookie(request, session_cookie))
        if (auto signed_in = services.sessions.authenticate(*token, context.now))
            return Response::redirect(destination(services, next, signed_in->person.id, signed_in->last_organisation));
    FormState form;
    form.values.add("next", web::local_address(next, ""));
    return sign_in_form(services, context, request, form, 200);
}

Answer sign_in(AccountServices& services, Context& context, Request const& request)
{
    auto form = typed(request, {"email"});
    auto next = web::local_address(request.form.get("next"), "");
    form.values.add("next", next);
    auto account = fold_email(request.form.get("email"));
    auto whose = [&]() -> std::optional<PersonId> {
        auto const known = services.people.find(account);
        return known ? std::optional{known->id} : std::nullopt;
    };
    // Before it is counted: who comes when too many do has guessed nothing, and is not made to wait for it later.
    auto const place = services.throttle.place(request.remote_address, account);
    if (!place) {
        form.errors.push_back({"", "sign_in_busy", {}});
        auto response = sign_in_form(services, context, request, form, 429);
        response.header("Retry-After", std::to_string(SignInThrottle::come_again.count()));
        return response;
    }
    if (auto wait = services.throttle.attempt(request.remote_address, account, context.now)) {
        form.errors.push_back({"", "sign_in_wait", {{"seconds", std::to_string(wait->count())}}});
        auto response = sign_in_form(services, context, request, form, 429);
        response.header("Retry-After", std::to_string(wait->count()));
        return response;
    }
    auto person = services.people.authenticate(account, SecretText(request.form.get("password")));
    if (!person) {
        services.journal.keep({.event = "sign_in_failed", .person = whose(), .address = request.remote_address}, context.now);
        form.refuse("email", "wrong_credentials");
        return sign_in_form(services, context, request, form, 422);
    }
    services.throttle.succeeded(request.remote_address, account, context.now);
    // A new token at each sign-in: one planted in the browser before it is worth nothing after.
    auto const last = end_former(services, context, request, person->id);
    return go_on(services, context, request, *person, next, last);
}

Answer sign_out(AccountServices& services, Context& context, Request const& request)
{
    if (auto token = web::find_cookie(request, session_cookie))
        if (auto signed_in = services.sessions.authenticate(*token, context.now)) {
            if (signed_in->sees_as_another) services.see_as.end_of_session(signed_in->session_hash, "sign_out", context.now);
            services.sessions.end(signed_in->session_hash);
        }
    auto response = Response::redirect("/sign-in");
    response.header("Set-Cookie", web::clear_cookie(session_cookie, request.secure));
    return response;
}

}  // namespace greffier::accounts
