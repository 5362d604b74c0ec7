// The second step of a sign-in: a code or a passkey after the password; or the first factor, where a role asks for one
// and there is none; and the sign-in with a passkey alone.
#include "accounts/pages/second_step.hpp"
#include "web/cookie.hpp"

namespace greffier::accounts {

using web::Html;
using web::Request;
using web::Response;
using namespace web::literals;

namespace {

constexpr std::string_view passkey_cookie = "greffier_passkey";   // who was asked for a passkey before signing in

/// Whoever stands between the two steps.
struct Step {
    AccountServices& services;
    Context& context;
    Request const& request;
    HalfSignedIn half;
    Person person;
    FactorState state;
    Site site;
};

std::optional<Step> step_of(AccountServices& services, Context& context, Request const& request)
{
    auto const token = web::find_cookie(request, half_cookie);
    auto half = token ? services.factors.half.find(*token, context.now) : std::nullopt;
    auto person = half ? services.people.find(half->person) : std::nullopt;
    if (!person) return std::nullopt;
    auto const state = services.factors.of(person->id);
    return Step{services, context, request, std::move(*half), std::move(*person), state, site_of(services, request)};
}

void keep(Step const& step, std::string event)
{
    step.services.journal.keep({.event = std::move(event), .person = step.person.id, .address = step.request.remote_address}, step.context.now);
}

Response start_again() { return Response::redirect("/sign-in"); }

std::string home_of(Step const& step) { return destination(step.services, step.half.next, step.person.id, step.half.last_organisation); }

void way_out(Html& out, Locale const& locale)
{
    out << "<p class=\"g-small g-muted mt-3\">"_h << locale.text("factor.lost") << "</p><p class=\"g-small\"><a href=\"/sign-in\">"_h << locale.text("factor.start_again") << "</a></p>"_h;
}

Response asking_page(Step const& step, FormState const& form, int status)
{
    auto const& locale = step.context.locale;
    bool const by_passkey = step.state.passkeys > 0 && step.site.party, by_code = step.state.authenticator || step.state.codes_left > 0;
    Html out;
    out << "<h1>"_h << locale.text("factor.step.title") << "</h1><p class=\"g-lead mb-4\">"_h << locale.text("factor.step.lead") << "</p>\n"_h;
    error_summary(out, locale, form, {{"code", "factor.code"}});
    if (by_passkey) {
        auto const label = locale.text("passkey.use");
        passkey_form(out, step.context,
                     {.action = "/sign-in/second-factor", .label = label,
                      .options = step.services.factors.passkeys.request_options(*step.site.party, step.person.id, step.half.hash, step.context.now)});
    } else if (step.state.passkeys > 0) {
        out << "<p>"_h << locale.text(step.site.why) << "</p>"_h;
    }
    if (by_code) {
        open_form(out, step.context, "/sign-in/second-factor");
        code_field(out, locale, form, step.state.authenticator ? "factor.code_hint" : "factor.recovery_hint");
        submit_button(out, locale.text("accounts.sign_in.button"));
        out << "</form>"_h;
    }
    way_out(out, locale);
    return shown_alone(step.context, locale.text("factor.step.title"), out, false, status);
}

/// A form that came too soon, after too many wrong ones.
Response slowed(Response response, std::chrono::seconds wait)
{
    response.header("Retry-After", std::to_string(wait.count()));
    return response;
}

Status finish_with_passkey(Step const& step, PresentedPasskey const& sent)
{
    if (!step.site.party) return Error::invalid("passkey_elsewhere");
    auto const used = TRY(step.services.factors.passkeys.check(*step.site.party, sent, step.person.id, step.half.hash, step.context.now));
    return step.services.database.write([&](storage::Session& session) -> Status {
        TRY(Passkeys::use_in(session, used, step.context.now));
        return HalfSignIns::finish_in(session, step.half.hash, step.context.now);
    });
}

Status finish_with_code(Step const& step, std::string const& code)
{
    return step.services.database.write([&](storage::Session& session) -> Status {
        TRY(step.services.factors.codes.use_in(session, step.person.id, code, step.context.now));
        return HalfSignIns::finish_in(session, step.half.hash, step.context.now);
    });
}

Response enrolment_page(Step const& step, FormState const& form, int status)
{
    auto const& locale = step.context.locale;
    auto& codes = step.services.factors.codes;
    auto secret = codes.waiting(step.person.id, step.context.now);
    if (!secret) secret = codes.begin(step.person.id, step.context.now);
    Html out;
    out << "<h1>"_h << locale.text("factor.enrol.title") << "</h1><p class=\"g-lead mb-4\">"_h << locale.text("factor.enrol.lead") << "</p>\n"_h;
    error_summary(out, locale, form, {{"code", "factor.code"}, {"name", "passkey.name"}});
    out << "<section class=\"g-section\" aria-labelledby=\"app-t\"><h2 id=\"app-t\">"_h << locale.text("factor.application") << "</h2>"_h;
    authenticator_form(out, step.context, form, *secret, step.person.email_shown, "/sign-in/enrol");
    out << "</section>"_h;
    if (step.site.party) {
        out << "<section class=\"g-section mt-4\" aria-labelledby=\"key-t\"><h2 id=\"key-t\">"_h << locale.text("factor.or_passkey") << "</h2><p>"_h << locale.text("passkey.lead") << "</p>"_h;
        creation_form(out, step.context, form,
                      step.services.factors.passkeys.creation_options(*step.site.party, step.person.id, step.person.email_shown, step.person.name, step.half.hash, step.context.now),
                      "/sign-in/enrol");
        out << "</section>"_h;
    }
    return shown_alone(step.context, locale.text("factor.enrol.title"), out, true, status);
}

/// The first factor, its recovery codes and the end of the first step, at once; never a second one: that takes the first.
Result<std::vector<std::string>> enrol_now(Step const& step, std::optional<NewPasskey> const& sent)
{
    using Codes = std::vector<std::string>;
    auto& factors = step.services.factors;
    std::optional<Passkeys::Checked> checked;
    if (sent && !step.site.party) return Error::invalid("passkey_elsewhere");
    if (sent) checked = TRY(factors.passkeys.check_new(*step.site.party, *sent, step.half.hash, step.context.now));
    return step.services.database.write_result<Codes>([&](storage::Session& session) -> Result<Codes> {
        if (Factors::of_in(session, step.person.id).any()) return Error::not_found("sign_in_over");
        if (checked) TRY(Passkeys::add_in(session, step.person.id, *checked, step.context.now));
        else TRY(factors.codes.confirm_in(session, step.person.id, step.request.form.get("code"), step.context.now));
        TRY(HalfSignIns::finish_in(session, step.half.hash, step.context.now));
        tell_of_factor(step.services, step.context, step.request, session, step.person, checked ? FactorNews::PasskeyAdded : FactorNews::AuthenticatorAdded);
        return factors.codes.renew_recovery_in(session, step.person.id, step.context.now);
    });
}

/// Errors of a code stand at its field.
void take(FormState& form, Error const& error)
{
    if (error.code == "wrong_code" || error.code == "used_code") form.refuse("code", error.code);
    else form.take(error);
}

}  // namespace

Answer show_second_factor(AccountServices& services, Context& context, Request const& request)
{
    auto const step = step_of(services, context, request);
    if (!step) return start_again();
    if (!step->state.any()) return Response::redirect("/sign-in/enrol");
    return asking_page(*step, {}, 200);
}

Answer give_second_factor(AccountServices& services, Context& context, Request const& request)
{
    auto const step = step_of(services, context, request);
    if (!step) return start_again();
    if (!step->state.any()) return Response::redirect("/sign-in/enrol");
    FormState form;
    if (auto const wait = wait_for_code(services, context, request, step->person)) {
        form.errors.push_back(too_soon(*wait));
        return slowed(asking_page(*step, form, 429), *wait);
    }
    if (!services.factors.half.count_try(step->half.hash)) return start_again();
    auto const passkey = presented_passkey(request);
    auto const done = passkey ? finish_with_passkey(*step, *passkey) : finish_with_code(*step, request.form.get("code"));
    if (!done.ok()) {
        if (done.error().code == "sign_in_over") return start_again();
        keep(*step, "sign_in_failed");
        if (done.error().code == "used_code") tell_of_used_code(services, context, request, step->person);
        take(form, done.error());
        return asking_page(*step, form, 422);
    }
    code_was_right(services, context, request, step->person);
    auto response = Response::redirect(home_of(*step));
    open_session(services, context, request, response, step->person);
    return response;
}

Answer show_enrolment(AccountServices& services, Context& context, Request const& request)
{
    auto const step = step_of(services, context, request);
    if (!step) return start_again();
    if (step->state.any()) return Response::redirect("/sign-in/second-factor");
    return enrolment_page(*step, {}, 200);
}

Answer enrol(AccountServices& services, Context& context, Request const& request)
{
    auto const step = step_of(services, context, request);
    if (!step) return start_again();
    if (step->state.any()) return Response::redirect("/sign-in/second-factor");
    auto form = typed(request, {"name"});
    auto const codes = enrol_now(*step, new_passkey_of(request));
    if (!codes.ok()) {
        if (codes.error().code == "sign_in_over") return start_again();
        take(form, codes.error());
        return enrolment_page(*step, form, 422);
    }
    ring_for_mail(services);
    keep(*step, "factor_added");
    auto const& locale = context.locale;
    Html out;
    out << "<h1 class=\"mb-3\">"_h << locale.text("factor.protected") << "</h1>"_h;
    recovery_codes(out, context, *codes, home_of(*step));
    auto response = shown_alone(context, locale.text("factor.protected"), out, true, 200);
    open_session(services, context, request, response, step->person);
    return response;
}

Answer passkey_options(AccountServices& services, Context& context, Request const& request)
{
    auto const site = site_of(services, request);
    if (!site.party) return Error::not_found();
    auto const bound = random_token(192);
    auto response = Response::json(services.factors.passkeys.request_options(*site.party, std::nullopt, as_bytes(bound), context.now));
    response.header("Set-Cookie", web::set_cookie({.name = std::string(passkey_cookie), .value = bound, .max_age = Passkeys::challenge_life, .strict = true}, request.secure));
    return response;
}

Answer sign_in_with_passkey(AccountServices& services, Context& context, Request const& request)
{
    auto const next = web::local_address(request.form.get("next"), "");
    FormState form;
    form.values.add("next", next);
    auto const refused = [&](std::string code) {
        form.refuse("", std::move(code));
        return sign_in_form(services, context, request, form, 422);
    };
    auto const site = site_of(services, request);
    auto const bound = web::find_cookie(request, passkey_cookie);
    auto const sent = presented_passkey(request);
    if (!site.party) return refused("passkey_elsewhere");
    if (!sent || !bound) return refused("passkey_over");
    auto const used = services.factors.passkeys.check(*site.party, *sent, std::nullopt, as_bytes(*bound), context.now);
    if (!used.ok()) return refused(used.error().code);
    auto const done = services.database.write([&](storage::Session& session) { return Passkeys::use_in(session, *used, context.now); });
    if (!done.ok()) {   // signed rightly, and yet refused: a copy, or an answer sent twice
        services.journal.keep({.event = "sign_in_failed", .person = used->person, .address = request.remote_address}, context.now);
        return refused(done.error().code);
    }
    auto const person = services.people.find(used->person);
    if (!person) return refused("passkey_unknown");
    auto response = Response::redirect(destination(services, next, used->person, end_former(services, context, request, used->person)));
    open_session(services, context, request, response, *person, Telling::Alert, {.way = "passkey"});
    return response;
}

}  // namespace greffier::accounts
