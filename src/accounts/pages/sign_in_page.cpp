#include "accounts/pages/provider_page.hpp"
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
    provider_buttons(out, services, context, form.values.get("next"));
    bool const by_name = services.ways && !services.ways->directories().empty();   // a directory knows other names than addresses of mail
    if (services.ways && !services.ways->passwords_for_all() && !by_name) out << "<p class=\"g-small g-muted\">"_h << locale.text("ways.passwords_off") << "</p>"_h;
    open_form(out, context, "/sign-in");
    next(out);
    text_field(out, locale, form, {.name = "email", .label = by_name ? "ways.mail_or_name" : "accounts.email", .type = by_name ? "text" : "email", .autocomplete = "username"});
    text_field(out, locale, form, {.name = "password", .label = "accounts.password", .type = "password", .autocomplete = "current-password"});
    submit_button(out, locale.text("accounts.sign_in.button"), !services.ways || services.ways->providers().empty());   // one way stands out
    out << "</form>"_h;
    if (site_of(services, request).party) {
        auto const label = locale.text("passkey.sign_in");
        PasskeyForm passkey{.action = "/sign-in/passkey", .label = label, .options_from = "/sign-in/passkey"};
        next(passkey.inside);
        passkey_form(out, context, passkey);
    }
    out << "<p class=\"g-small g-muted mt-3\">"_h;
    if (services.ways && !services.ways->passwords_for_all()) out << locale.text("ways.forgotten");
    else if (services.sends_mail()) out << "<a href=\"/forgotten-password\">"_h << locale.text("accounts.sign_in.forgotten_link") << "</a>"_h;
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

namespace {

Result<Response> let_in_by_directory(AccountServices& services, Context& context, Request const& request, SecretText const& password, std::string const& next)
{
    auto const found = TRY(ask_directories(services, context, request.form.get("email"), password));
    auto in = let_in(services, context, request, found.way->rules(), found.presented, next);
    if (!in.ok()) return Error{in.error().kind, in.error().code, {{"provider", found.way->rules().label}}, {}};
    return in;
}

}  // namespace

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
    SecretText const password(request.form.get("password"));
    auto person = services.people.authenticate(account, password);
    // Refused in the same words as a wrong one: where passwords are off, none of them is told to be right.
    if (person && !may_use_password(services, person->id)) person.reset();
    auto by_directory = !person && services.ways && !services.ways->directories().empty() ? std::optional{let_in_by_directory(services, context, request, password, next)} : std::nullopt;
    if (by_directory && by_directory->ok()) {
        services.throttle.succeeded(request.remote_address, account, context.now);
        return std::move(**by_directory);
    }
    if (by_directory && by_directory->error().code != "ldap_wrong") {
        auto const& error = by_directory->error();
        services.journal.keep({.event = "sign_in_failed", .person = whose(), .address = request.remote_address, .details = {{"by", "directory"}, {"reason", error.code}}}, context.now);
        form.errors.push_back({"", error.code, error.arguments});
        return sign_in_form(services, context, request, form, error.code == "way_directory_away" ? 503 : 422);
    }
    if (!person) {
        services.journal.keep({.event = "sign_in_failed", .person = whose(), .address = request.remote_address, .details = {{"by", "password"}}}, context.now);
        form.refuse("email", "wrong_credentials");
        return sign_in_form(services, context, request, form, 422);
    }
    services.throttle.succeeded(request.remote_address, account, context.now);
    // A new token at each sign-in: one planted in the browser before it is worth nothing after.
    auto const last = end_former(services, context, request, person->id);
    return go_on(services, context, request, *person, next, last);
}

bool may_use_password(AccountServices& services, PersonId person)
{
    return !services.ways || services.ways->passwords_for_all() || services.memberships.is_installation_administrator(person);
}

namespace {

/// Where to sign out too, when one came from a provider that has such a place.
std::optional<Response> signing_out_there(AccountServices& services, Context& context, Request const& request, ByteView session_hash)
{
    auto const origin = services.ways ? services.ways->origin_of(session_hash) : std::nullopt;
    if (!origin) return std::nullopt;
    services.ways->forget_origin(session_hash);
    auto* const client = services.ways->find(origin->provider);
    auto const address = client ? client->end_session_address(origin->id_token, absolute(services, request, "/sign-in"), random_token(128), context.now) : std::nullopt;
    if (!address) return std::nullopt;
    auto const& label = client->rules().label;
    return leaving_page(context, context.locale.text("ways.signed_out"), context.locale.text("ways.signing_out", {{"provider", label}}), *address, label);
}

}  // namespace

Answer sign_out(AccountServices& services, Context& context, Request const& request)
{
    auto response = Response::redirect("/sign-in");
    if (auto token = web::find_cookie(request, session_cookie))
        if (auto signed_in = services.sessions.authenticate(*token, context.now)) {
            if (signed_in->sees_as_another) services.see_as.end_of_session(signed_in->session_hash, "sign_out", context.now);
            services.sessions.end(signed_in->session_hash);
            if (auto there = signing_out_there(services, context, request, signed_in->session_hash)) response = std::move(*there);
        }
    response.header("Set-Cookie", web::clear_cookie(session_cookie, request.secure));
    return response;
}

}  // namespace greffier::accounts
