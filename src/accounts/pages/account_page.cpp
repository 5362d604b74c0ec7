// A person's own page: name, password, sessions; and the choice of language and theme, which visitors have too.
#include "accounts/device.hpp"
#include "accounts/letters.hpp"
#include "accounts/pages/factors_page.hpp"
#include "accounts/pages/form.hpp"
#include "accounts/pages/pages.hpp"
#include "accounts/pages/provider_page.hpp"
#include "web/cookie.hpp"
#include "web/problem.hpp"

namespace greffier::accounts {

using web::Html;
using web::Request;
using web::Response;
using namespace web::literals;

namespace {

constexpr std::chrono::hours year{24 * 365};

void who(Html& out, Context const& context, FormState const& form)
{
    auto const& locale = context.locale;
    out << "<section class=\"g-section\" aria-labelledby=\"who-t\"><h2 id=\"who-t\">"_h << locale.text("accounts.account.who") << "</h2>"_h;
    open_form(out, context, "/account");
    text_field(out, locale, form, {.name = "name", .label = "accounts.person_name", .autocomplete = "name", .max_length = 200});
    text_field(out, locale, form, {.name = "email", .label = "accounts.email", .type = "email", .hint = "accounts.account.email_hint", .read_only = true});
    select_field(out, locale, form, {.name = "language", .label = "accounts.account.language", .hint = "accounts.account.language_hint"},
                 {{"", locale.text("accounts.account.language_of_organisation")}, {"fr", "Français"}, {"en", "English"}});
    select_field(out, locale, form, {.name = "theme", .label = "frame.theme"},
                 {{"", locale.text("frame.theme_system")}, {"light", locale.text("frame.theme_light")}, {"dark", locale.text("frame.theme_dark")}});
    submit_button(out, locale.text("accounts.save"));
    out << "</form></section>\n"_h;
}

void password(Html& out, Context const& context, FormState const& form)
{
    auto const& locale = context.locale;
    out << "<section class=\"g-section\" aria-labelledby=\"password-t\"><h2 id=\"password-t\">"_h << locale.text("accounts.password") << "</h2><p>"_h
        << locale.text("accounts.account.password_lead") << "</p>"_h;
    open_form(out, context, "/account/password");
    text_field(out, locale, form, {.name = "current_password", .label = "accounts.account.current_password", .type = "password", .autocomplete = "current-password"});
    text_field(out, locale, form, {.name = "password", .label = "accounts.account.new_password", .type = "password", .autocomplete = "new-password", .hint = "accounts.password.hint"});
    text_field(out, locale, form, {.name = "password_again", .label = "accounts.password_again", .type = "password", .autocomplete = "new-password"});
    submit_button(out, locale.text("accounts.account.change_password"));
    out << "</form></section>\n"_h;
}

std::string device_words(Locale const& locale, std::string const& device)
{
    auto const bar = device.find('/');
    if (bar == std::string::npos) return locale.text("factor.unknown_device");
    return locale.text("factor.device", {{"browser", device.substr(0, bar)}, {"system", device.substr(bar + 1)}});
}

void sessions(Html& out, Context const& context, std::vector<SessionInfo> const& all, std::chrono::minutes idle)
{
    auto const& locale = context.locale;
    out << "<section class=\"g-section\" aria-labelledby=\"sessions-t\"><h2 id=\"sessions-t\">"_h << locale.text("accounts.account.sessions") << "</h2><p>"_h
        << locale.text("accounts.account.idle", {{"minutes", locale.number(idle.count())}, {"hours", locale.number(session_life.count())}}) << "</p>"_h;
    for (auto const& session : all) {
        bool current = session.hash == context.session_hash;
        out << "<div class=\"g-setting\"><div><h3>"_h << device_words(locale, session.device);
        if (current) out << " <span class=\"g-badge g-badge--ok\">"_h << locale.text("accounts.account.this_session") << "</span>"_h;
        out << "</h3><p>"_h << locale.text("accounts.account.session_begun", {{"when", locale.instant(session.created_at)}}) << "<br>"_h
            << locale.text("accounts.account.session_seen", {{"when", locale.instant(session.seen_at)}}) << "</p></div><div class=\"g-push\">"_h;
        if (!current)
            button_form(out, context, "/account/sessions/" + to_hex(session.hash) + "/end", locale.text("accounts.account.end_session"), locale.instant(session.created_at), true);
        out << "</div></div>\n"_h;
    }
    out << "</section>\n"_h;
}

FormState stored(Person const& person)
{
    FormState form;
    form.values.add("name", person.name);
    form.values.add("language", person.language ? std::string(code_of(*person.language)) : "");
    form.values.add("theme", person.theme);
    return form;
}

Response page_of(AccountServices& services, Context& context, Request const& request, Person const& person, FormState form, int status)
{
    auto const& locale = context.locale;
    form.values.add("email", person.email_shown);
    Html out;
    web::page_head(out, context.frame, locale.text("nav.account"), person.name, {});
    error_summary(out, locale, form, {{"name", "accounts.person_name"}, {"current_password", "accounts.account.current_password"}, {"password", "accounts.account.new_password"}});
    out << "<div class=\"g-settings\">"_h;
    who(out, context, form);
    if (person.has_password) password(out, context, form);   // who comes by a provider alone has none to change
    factor_section(out, services, context, request);
    identity_section(out, services, context);
    sessions(out, context, services.sessions.of(person.id, context.now), services.sessions.idle_of(person.id));
    see_as_section(out, services, context);
    mail_choices(out, services, context);
    calendar_section(out, context);
    out << "</div>"_h;
    return shown(context, locale.text("nav.account"), out, status);
}

Result<Person> myself(AccountServices& services, Context const& context)
{
    auto person = services.people.find(*context.who().person);
    if (!person) return Error::not_found("unknown_person");
    return *person;
}

/// "system" is how forms write the theme that follows the computer.
std::string theme_of(std::string const& sent) { return sent == "system" ? "" : sent; }

void keep(Response& response, Request const& request, std::string_view name, std::string const& value)
{
    if (value.empty())
        response.header("Set-Cookie", web::clear_cookie(name, request.secure));
    else
        response.header("Set-Cookie", web::set_cookie({.name = std::string(name), .value = value, .max_age = year}, request.secure));
}

}  // namespace

Response refused_account(AccountServices& services, Context& context, Request const& request, Error const& error)
{
    auto const person = services.people.find(*context.who().person);
    if (!person) return Response::redirect("/sign-in");
    auto form = stored(*person);
    form.take(error);
    return page_of(services, context, request, *person, form, web::status_of(error.kind));
}

Answer show_account(AccountServices& services, Context& context, Request const& request)
{
    auto person = TRY(myself(services, context));
    return page_of(services, context, request, person, stored(person), 200);
}

Answer save_account(AccountServices& services, Context& context, Request const& request)
{
    auto person = TRY(myself(services, context));
    auto form = typed(request, {"name", "language", "theme"});
    auto renamed = services.people.rename(person.id, request.form.get("name"));
    if (!renamed.ok()) form.take(renamed.error());
    auto themed = services.people.set_theme(person.id, theme_of(request.form.get("theme")));
    if (!themed.ok()) form.take(themed.error());
    if (!form.errors.empty()) return page_of(services, context, request, person, form, 422);
    auto language = request.form.get("language");
    TRY(services.people.set_language(person.id, parse_language(language)));
    auto response = Response::redirect("/account?done=kept");
    // The person's choice replaces the visitor's, or the cookie would win at the next sign-in page.
    keep(response, request, language_cookie, parse_language(language) ? std::string(code_of(*parse_language(language))) : "");
    keep(response, request, theme_cookie, theme_of(request.form.get("theme")));
    return response;
}

Answer change_password(AccountServices& services, Context& context, Request const& request)
{
    auto person = TRY(myself(services, context));
    auto form = stored(person);
    auto const& sent = request.form;
    auto const place = services.throttle.place(request.remote_address, person.email);
    if (!place) {
        form.errors.push_back({"", "sign_in_busy", {}});
        auto response = page_of(services, context, request, person, form, 429);
        response.header("Retry-After", std::to_string(SignInThrottle::come_again.count()));
        return response;
    }
    // The current password is guessed no faster here than at the sign-in.
    auto guess = "password of " + person.email;
    if (auto wait = services.throttle.attempt(request.remote_address, guess, context.now)) {
        form.errors.push_back({"", "sign_in_wait", {{"seconds", std::to_string(wait->count())}}});
        auto response = page_of(services, context, request, person, form, 429);
        response.header("Retry-After", std::to_string(wait->count()));
        return response;
    }
    if (!services.people.has_password(person.id, SecretText(sent.get("current_password"))))
        form.refuse("current_password", "wrong_password");
    else
        services.throttle.succeeded(request.remote_address, guess, context.now);
    auto wanted = SecretText(sent.get("password"));
    if (sent.get("password_again") != wanted.reveal()) form.refuse("password_again", "passwords_differ");
    if (form.errors.empty()) {
        auto changed = services.people.set_password(person.id, wanted);
        if (!changed.ok()) form.take(changed.error());
    }
    if (!form.errors.empty()) return page_of(services, context, request, person, form, 422);
    if (services.sends_mail()) {
        TRY(services.database.write([&](storage::Session& session) -> Status {
            session.lock_nothing();
            services.post->outbox.queue(session, password_changed_letter(person, absolute(services, request, ""), context.locale.language(), context.now), context.now);
            return Nothing{};
        }));
        services.post->outbox.ring();
    }
    auto response = Response::redirect("/account?done=password_changed");
    set_session(response, request, services.sessions.start(person.id, context.now, device_of(request.header("user-agent"))));   // the change ended this one too
    return response;
}

Answer end_session(AccountServices& services, Context& context, Request const& request)
{
    auto hash = from_hex(request.param("session"));
    if (!hash) return Error::not_found();
    TRY(services.sessions.revoke(*context.who().person, *hash));
    return Response::redirect("/account?done=session_ended");
}

Answer save_preferences(AccountServices& services, Context& context, Request const& request)
{
    auto response = Response::redirect(web::local_address(request.form.get("next"), "/"));
    std::optional<SignedIn> signed_in;
    if (auto token = web::find_cookie(request, session_cookie)) signed_in = services.sessions.authenticate(*token, context.now);
    if (auto language = parse_language(request.form.get("language"))) {
        keep(response, request, language_cookie, std::string(code_of(*language)));
        if (signed_in) TRY(services.people.set_language(signed_in->person.id, language));
    }
    if (auto sent = request.form.get("theme"); sent == "system" || sent == "light" || sent == "dark") {
        keep(response, request, theme_cookie, theme_of(sent));
        if (signed_in) TRY(services.people.set_theme(signed_in->person.id, theme_of(sent)));
    }
    return response;
}

std::optional<Language> chosen_language(Request const& request)
{
    auto value = web::find_cookie(request, language_cookie);
    return value ? parse_language(*value) : std::nullopt;
}

std::string chosen_theme(Request const& request)
{
    auto value = web::find_cookie(request, theme_cookie).value_or("");
    return value == "light" || value == "dark" ? value : "";
}

}  // namespace greffier::accounts
