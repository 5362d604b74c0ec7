// A person's own second factors: an authenticator application, passkeys, recovery codes. Each change asks anew who it is.
#include "accounts/pages/factors_page.hpp"

#include "accounts/pages/second_step.hpp"
#include "core/text.hpp"
#include "web/problem.hpp"

namespace greffier::accounts {

using web::Html;
using web::Request;
using web::Response;
using namespace web::literals;

namespace {

Result<Person> myself(AccountServices& services, Context const& context)
{
    auto person = services.people.find(*context.who().person);
    if (!person) return Error::not_found("unknown_person");
    return *person;
}

Response under_account(Context& context, std::string_view title, Html const& body, int status)
{
    auto const& locale = context.locale;
    context.frame.crumbs = {{locale.text("nav.account"), "/account"}};
    Html out;
    web::page_head(out, context.frame, locale.text(title));
    out << body;
    return shown(context, locale.text(title), out, status);
}

Response authenticator_page(Context& context, FormState const& form, Secret<Bytes> const& secret, Person const& person, int status)
{
    Html out;
    error_summary(out, context.locale, form, {{"code", "factor.code"}});
    out << "<div class=\"g-settings\"><section class=\"g-section\">"_h;
    authenticator_form(out, context, form, secret, person.email_shown, "/account/authenticator");
    out << "</section></div>"_h;
    return under_account(context, "factor.application", out, status);
}

Response passkey_page(AccountServices& services, Context& context, Request const& request, FormState const& form, Person const& person, int status)
{
    auto const& locale = context.locale;
    auto const site = site_of(services, request);
    Html out;
    error_summary(out, locale, form, {{"name", "passkey.name"}});
    out << "<div class=\"g-settings\"><section class=\"g-section\"><p>"_h << locale.text(site.party ? "passkey.lead" : site.why) << "</p>"_h;
    if (site.party)
        creation_form(out, context, form,
                      services.factors.passkeys.creation_options(*site.party, person.id, person.email_shown, person.name, context.session_hash, context.now), "/account/passkeys");
    out << "</section></div>"_h;
    return under_account(context, "passkey.new", out, status);
}

Response codes_page(Context& context, std::vector<std::string> const& codes)
{
    Html out;
    recovery_codes(out, context, codes, "/account#factors");
    return under_account(context, "factor.recovery", out, 200);
}

using Codes = std::vector<std::string>;

/// The first factor comes with recovery codes; later ones leave those there are.
Result<Codes> codes_if_none(AccountServices& services, storage::Session& session, PersonId person, Timestamp now)
{
    if (Factors::of_in(session, person).codes_left > 0) return Codes{};
    return services.factors.codes.renew_recovery_in(session, person, now);
}

Response kept(Context& context, Codes const& codes, std::string_view done)
{
    if (!codes.empty()) return codes_page(context, codes);
    return Response::redirect("/account?done=" + std::string{done});
}

/// Taking one away, unless it is the last of somebody whose role asks for one.
Status take_away(AccountServices& services, Context const& context, Request const& request, FactorNews news, std::function<Status(storage::Session&, PersonId)> const& remove)
{
    auto const person = TRY(myself(services, context));
    bool const needed = services.factors.is_required(person.id);
    TRY(services.database.write([&](storage::Session& session) -> Status {
        TRY(remove(session, person.id));
        if (needed && !Factors::of_in(session, person.id).any()) return Error::conflict("factor_required");
        Factors::tidy_in(session, person.id);
        tell_of_factor(services, context, request, session, person, news);
        return Nothing{};
    }));
    ring_for_mail(services);
    return Nothing{};
}

void setting(Html& out, std::string_view title, std::string_view words, Html const& buttons)
{
    out << "<div class=\"g-setting\"><div><h3>"_h << title << "</h3><p>"_h << words << "</p></div><div class=\"g-push\">"_h << buttons << "</div></div>\n"_h;
}

void authenticator_row(Html& out, Context const& context, FactorState const& state)
{
    auto const& locale = context.locale;
    Html buttons;
    button_form(buttons, context, "/account/authenticator/new", locale.text(state.authenticator ? "factor.replace" : "factor.add"), locale.text("factor.application"), false);
    if (state.authenticator) button_form(buttons, context, "/account/authenticator/remove", locale.text("factor.remove"), locale.text("factor.application"), true);
    setting(out, locale.text("factor.application"), locale.text(state.authenticator ? "factor.application_on" : "factor.application_off"), buttons);
}

void passkey_row(Html& out, Context const& context, PasskeyInfo const& passkey)
{
    auto const& locale = context.locale;
    auto const id = passkey.id.text();
    auto words = locale.text("passkey.made", {{"when", locale.instant(passkey.created_at)}});
    if (passkey.used_at) words += " " + locale.text("passkey.used", {{"when", locale.instant(*passkey.used_at)}});
    Html buttons;
    buttons << "<details class=\"g-disclose\"><summary>"_h << locale.text("passkey.rename") << "<span class=\"g-hidden\"> "_h << passkey.name << "</span></summary>"_h;
    open_form(buttons, context, "/account/passkeys/" + id + "/rename");
    buttons << "<div class=\"g-field\"><label class=\"form-label\""_h;
    buttons.attr("for"_h, "name-" + id);
    buttons << ">"_h << locale.text("passkey.name") << "</label><input class=\"form-control\" type=\"text\" name=\"name\" autocomplete=\"off\" required"_h;
    buttons.attr("id"_h, "name-" + id).attr("maxlength"_h, static_cast<std::int64_t>(Passkeys::longest_name)).attr("value"_h, passkey.name);
    buttons << "></div>"_h;
    submit_button(buttons, locale.text("accounts.save"), false);
    buttons << "</form></details>"_h;
    button_form(buttons, context, "/account/passkeys/" + id + "/remove", locale.text("factor.remove"), passkey.name, true);
    setting(out, passkey.name, words, buttons);
}

}  // namespace

void factor_section(Html& out, AccountServices& services, Context const& context, Request const& request)
{
    auto const& locale = context.locale;
    auto const person = *context.who().person;
    auto const state = services.factors.of(person);
    auto const site = site_of(services, request);
    out << "<section class=\"g-section\" id=\"factors\" aria-labelledby=\"factors-t\"><h2 id=\"factors-t\">"_h << locale.text("factor.title") << "</h2><p>"_h
        << locale.text(services.factors.is_required(person) ? "factor.lead_required" : "factor.lead") << "</p>"_h;
    authenticator_row(out, context, state);
    Html add;
    if (site.party) button_form(add, context, "/account/passkeys/new", locale.text("factor.add"), locale.text("passkey.one"), false);
    setting(out, locale.text("passkey.title"), locale.text(site.party ? "passkey.lead" : site.why), add);
    for (auto const& passkey : services.factors.passkeys.of(person)) passkey_row(out, context, passkey);
    if (state.any()) {
        Html renew;
        button_form(renew, context, "/account/recovery-codes", locale.text("factor.renew"), "", false);
        setting(out, locale.text("factor.recovery"), locale.plural("factor.codes_left", state.codes_left), renew);
    }
    out << "</section>\n"_h;
}

Answer new_authenticator(AccountServices& services, Context& context, Request const& request)
{
    if (auto asked = ask_again(services, context, request)) return std::move(*asked);
    auto const person = TRY(myself(services, context));
    return authenticator_page(context, {}, services.factors.codes.begin(person.id, context.now), person, 200);
}

Answer confirm_authenticator(AccountServices& services, Context& context, Request const& request)
{
    if (auto asked = ask_again(services, context, request)) return std::move(*asked);
    auto const person = TRY(myself(services, context));
    auto const codes = services.database.write_result<Codes>([&](storage::Session& session) -> Result<Codes> {
        TRY(services.factors.codes.confirm_in(session, person.id, request.form.get("code"), context.now));
        tell_of_factor(services, context, request, session, person, FactorNews::AuthenticatorAdded);
        return codes_if_none(services, session, person.id, context.now);
    });
    if (codes.ok()) {
        ring_for_mail(services);
        return kept(context, *codes, "authenticator_kept");
    }
    auto const secret = services.factors.codes.waiting(person.id, context.now);
    if (!secret) return refused_account(services, context, request, Error::conflict("enrolment_over"));
    FormState form;
    form.refuse("code", codes.error().code);
    return authenticator_page(context, form, *secret, person, 422);
}

Answer remove_authenticator(AccountServices& services, Context& context, Request const& request)
{
    if (auto asked = ask_again(services, context, request)) return std::move(*asked);
    auto const removed = take_away(services, context, request, FactorNews::AuthenticatorRemoved, [](storage::Session& session, PersonId person) -> Status {
        OneTimeCodes::remove_authenticator_in(session, person);
        return Nothing{};
    });
    if (!removed.ok()) return refused_account(services, context, request, removed.error());
    return Response::redirect("/account?done=factor_removed");
}

Answer new_passkey(AccountServices& services, Context& context, Request const& request)
{
    if (auto asked = ask_again(services, context, request)) return std::move(*asked);
    return passkey_page(services, context, request, {}, TRY(myself(services, context)), 200);
}

Answer add_passkey(AccountServices& services, Context& context, Request const& request)
{
    if (auto asked = ask_again(services, context, request)) return std::move(*asked);
    auto const person = TRY(myself(services, context));
    auto const site = site_of(services, request);
    auto form = typed(request, {"name"});
    auto const refused = [&](Error const& error) {
        form.take(error);
        return passkey_page(services, context, request, form, person, web::status_of(error.kind));
    };
    auto const sent = new_passkey_of(request);
    if (!site.party || !sent) return refused(Error::invalid("passkey_unreadable"));
    auto const checked = services.factors.passkeys.check_new(*site.party, *sent, context.session_hash, context.now);
    if (!checked.ok()) return refused(checked.error());
    auto const codes = services.database.write_result<Codes>([&](storage::Session& session) -> Result<Codes> {
        TRY(Passkeys::add_in(session, person.id, *checked, context.now));
        tell_of_factor(services, context, request, session, person, FactorNews::PasskeyAdded);
        return codes_if_none(services, session, person.id, context.now);
    });
    if (!codes.ok()) return refused(codes.error());
    ring_for_mail(services);
    return kept(context, *codes, "passkey_kept");
}

Answer rename_passkey(AccountServices& services, Context& context, Request const& request)
{
    auto const id = PasskeyId::parse(request.param("passkey"));
    if (!id) return Error::not_found();
    auto const renamed = services.factors.passkeys.rename(*context.who().person, *id, request.form.get("name"));
    if (renamed.ok()) return Response::redirect("/account?done=kept");
    if (renamed.error().kind == ErrorKind::NotFound) return renamed.error();
    return refused_account(services, context, request, Error::invalid(renamed.error().fields.front().code, renamed.error().fields.front().arguments));
}

Answer remove_passkey(AccountServices& services, Context& context, Request const& request)
{
    auto const id = PasskeyId::parse(request.param("passkey"));
    if (!id) return Error::not_found();
    if (auto asked = ask_again(services, context, request)) return std::move(*asked);
    auto const removed = take_away(services, context, request, FactorNews::PasskeyRemoved, [&](storage::Session& session, PersonId person) { return Passkeys::remove_in(session, person, *id); });
    if (!removed.ok()) {
        if (removed.error().kind == ErrorKind::NotFound) return removed.error();
        return refused_account(services, context, request, removed.error());
    }
    return Response::redirect("/account?done=factor_removed");
}

Answer renew_recovery_codes(AccountServices& services, Context& context, Request const& request)
{
    if (auto asked = ask_again(services, context, request)) return std::move(*asked);
    auto const person = TRY(myself(services, context));
    auto const codes = services.database.write_result<Codes>([&](storage::Session& session) -> Result<Codes> {
        if (!Factors::of_in(session, person.id).any()) return Error::not_found();
        tell_of_factor(services, context, request, session, person, FactorNews::CodesRenewed);
        return services.factors.codes.renew_recovery_in(session, person.id, context.now);
    });
    if (!codes.ok()) return codes.error();
    ring_for_mail(services);
    return codes_page(context, *codes);
}

}  // namespace greffier::accounts
