// "Forgotten password?": the same answer for every address, known or not.
#include "accounts/pages/form.hpp"
#include "accounts/pages/pages.hpp"
#include "accounts/password_reset.hpp"
#include "core/text.hpp"
#include "web/security_headers.hpp"

namespace greffier::accounts {

using web::Html;
using web::Request;
using web::Response;
using namespace web::literals;

namespace {

void way_back(Html& out, Locale const& locale)
{
    out << "<p class=\"g-small mt-3\"><a href=\"/sign-in\">"_h << locale.text("accounts.forgotten.back") << "</a></p>"_h;
}

Response page_of(AccountServices const& services, Context& context, FormState const& form, int status)
{
    auto const& locale = context.locale;
    auto const title = locale.text("accounts.forgotten.title");
    Html out;
    if (!services.sends_mail()) {
        out << "<h1>"_h << title << "</h1><p class=\"g-lead mb-4\">"_h << locale.text("accounts.forgotten.by_hand") << "</p>\n"_h;
        way_back(out, locale);
        return shown_alone(context, title, out, false, status);
    }
    out << "<h1>"_h << title << "</h1><p class=\"g-lead mb-4\">"_h << locale.text("accounts.forgotten.lead") << "</p>\n"_h;
    error_summary(out, locale, form, {{"email", "accounts.email"}});
    open_form(out, context, "/forgotten-password");
    text_field(out, locale, form, {.name = "email", .label = "accounts.email", .type = "email", .autocomplete = "username"});
    submit_button(out, locale.text("accounts.forgotten.button"));
    out << "</form>"_h;
    way_back(out, locale);
    return shown_alone(context, title, out, false, status);
}

Response answered(Context& context, std::string const& email)
{
    auto const& locale = context.locale;
    auto const title = locale.text("accounts.forgotten.done_title");
    Html out;
    out << "<h1>"_h << title << "</h1><p class=\"g-lead\">"_h << locale.text("accounts.forgotten.done", {{"email", email}}) << "</p><p class=\"mt-3\">"_h
        << locale.text("accounts.forgotten.nothing_came") << "</p>\n"_h;
    way_back(out, locale);
    return shown_alone(context, title, out, false, 200);
}

}  // namespace

Answer show_forgotten(AccountServices& services, Context& context, Request const&)
{
    return page_of(services, context, {}, 200);
}

Answer forgotten(AccountServices& services, Context& context, Request const& request)
{
    if (!services.sends_mail()) return page_of(services, context, {}, 200);
    auto form = typed(request, {"email"});
    auto const email = std::string(trim(request.form.get("email")));
    if (!is_email(email)) {
        form.refuse("email", email.empty() ? "required" : "not_an_email");
        return page_of(services, context, form, 422);
    }
    // Held to the same pace as sign-ins: nobody may have a person's box filled, nor try a list of addresses.
    if (auto const wait = services.throttle.attempt(request.remote_address, "reset of " + fold_email(email), context.now)) {
        form.errors.push_back({"", "sign_in_wait", {{"seconds", std::to_string(wait->count())}}});
        auto response = page_of(services, context, form, 429);
        response.header("Retry-After", std::to_string(wait->count()));
        return response;
    }
    TRY(ask_reset(services.database, services.post->outbox, email, absolute(services, request, ""), context.locale.language(), context.now));
    services.post->outbox.ring();
    return answered(context, email);
}

}  // namespace greffier::accounts
