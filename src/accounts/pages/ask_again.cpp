// Who is signed in proves it again before what is dangerous: the open session of somebody who went for a coffee is not
// enough to take the account over.
#include "accounts/pages/provider_page.hpp"
#include "accounts/pages/second_step.hpp"

namespace greffier::accounts {

using web::Html;
using web::Request;
using web::Response;
using namespace web::literals;

namespace {

constexpr std::string_view prefix = "proof_";

bool is_secret(std::string_view name) { return name == "csrf" || name.starts_with(prefix) || name.find("password") != name.npos; }

/// What was sent goes along, so that nothing is typed twice.
Html carried(Request const& request)
{
    Html out;
    for (auto const& [name, value] : request.form) {
        if (is_secret(name)) continue;
        out << "<input type=\"hidden\""_h;
        out.attr("name"_h, name).attr("value"_h, value);
        out << ">"_h;
    }
    return out;
}

struct Asking {
    AccountServices& services;
    Context& context;
    Request const& request;
    Person person;
    FactorState state;
    FormState form = {};
    std::optional<std::chrono::seconds> wait = {};
};

void begin_form(Html& out, Asking const& asking)
{
    open_form(out, asking.context, asking.request.target);
    out << carried(asking.request);
}

void passkey(Html& out, Asking const& asking)
{
    auto const site = site_of(asking.services, asking.request);
    if (asking.state.passkeys == 0 || !site.party) return;
    auto const label = asking.context.locale.text("passkey.use");
    passkey_form(out, asking.context,
                 {.action = asking.request.target, .label = label,
                  .options = asking.services.factors.passkeys.request_options(*site.party, asking.person.id, asking.context.session_hash, asking.context.now), .prefix = prefix,
                  .inside = carried(asking.request)});
}

Response page_of(Asking& asking, int status)
{
    auto& context = asking.context;
    auto const& locale = context.locale;
    Html out;
    web::page_head(out, context.frame, locale.text("factor.again.title"), locale.text("factor.again.lead"), {});
    error_summary(out, locale, asking.form, {{"proof_password", "accounts.password"}, {"proof_code", "factor.code"}});
    out << "<div class=\"g-settings\"><section class=\"g-section\" aria-labelledby=\"again-t\"><h2 id=\"again-t\">"_h << locale.text("factor.again.how") << "</h2>"_h;
    passkey(out, asking);
    bool const elsewhere = proof_links(out, asking.services, context, asking.request, asking.person.id);
    bool const has_password = asking.person.has_password || has_directory(asking.services, asking.person.id);
    if (elsewhere && has_password) out << "<div class=\"g-or\">"_h << locale.text("factor.or") << "</div>"_h;
    if (has_password) {
        begin_form(out, asking);
        text_field(out, locale, asking.form, {.name = "proof_password", .label = "accounts.password", .type = "password", .autocomplete = "current-password"});
        submit_button(out, locale.text("factor.again.button"));
        out << "</form>"_h;
    }
    if (asking.state.authenticator || asking.state.codes_left > 0) {
        out << "<div class=\"g-or\">"_h << locale.text("factor.or") << "</div>"_h;
        begin_form(out, asking);
        code_field(out, locale, asking.form, asking.state.authenticator ? "factor.code_hint" : "factor.recovery_hint", "proof_code");
        submit_button(out, locale.text("factor.again.button"), false);
        out << "</form>"_h;
    }
    out << "</section></div>"_h;
    auto response = shown(context, locale.text("factor.again.title"), out, status == 403 ? 200 : status);   // the first time, nothing was refused on the page
    response.status = status;
    if (asking.wait) response.header("Retry-After", std::to_string(asking.wait->count()));
    return response;
}

Status by_code(Asking& asking, std::string const& code)
{
    asking.wait = wait_for_code(asking.services, asking.context, asking.request, asking.person);
    if (asking.wait) return Error::invalid("sign_in_wait");
    auto used = asking.services.database.write([&](storage::Session& session) { return asking.services.factors.codes.use_in(session, asking.person.id, code, asking.context.now); });
    if (used.ok()) code_was_right(asking.services, asking.context, asking.request, asking.person);
    else if (used.error().code == "used_code") tell_of_used_code(asking.services, asking.context, asking.request, asking.person);
    return used;
}

/// The password of the directory that this very person comes by.
Status by_directory(Asking& asking, SecretText const& password)
{
    if (!has_directory(asking.services, asking.person.id)) return Error::invalid("wrong_password");
    auto const found = ask_directories(asking.services, asking.context, asking.person.email, password);
    if (!found.ok()) return found.error().code == "ldap_wrong" ? Error::invalid("wrong_password") : found.error();
    auto const known = asking.services.ways->identities.find(found->presented.issuer, found->presented.subject);
    if (!known || known->person != asking.person.id) return Error::invalid("wrong_password");
    return Nothing{};
}

Status by_password(Asking& asking, SecretText const& password)
{
    auto const place = asking.services.throttle.place(asking.request.remote_address, asking.person.email);
    if (!place) {
        asking.wait = SignInThrottle::come_again;
        return Error::invalid("sign_in_wait");
    }
    auto const guess = "password of " + asking.person.email;   // no faster here than on the account page
    asking.wait = asking.services.throttle.attempt(asking.request.remote_address, guess, asking.context.now);
    if (asking.wait) return Error::invalid("sign_in_wait");
    if (!asking.services.people.has_password(asking.person.id, password)) TRY(by_directory(asking, password));
    asking.services.throttle.succeeded(asking.request.remote_address, guess, asking.context.now);
    return Nothing{};
}

Status by_passkey(Asking& asking, PresentedPasskey const& sent)
{
    auto const site = site_of(asking.services, asking.request);
    if (!site.party) return Error::invalid("passkey_elsewhere");
    auto const used = TRY(asking.services.factors.passkeys.check(*site.party, sent, asking.person.id, asking.context.session_hash, asking.context.now));
    return asking.services.database.write([&](storage::Session& session) { return Passkeys::use_in(session, used, asking.context.now); });
}

/// Nothing when no proof came with the request.
std::optional<Status> try_proof(Asking& asking)
{
    auto const& sent = asking.request.form;
    if (auto const passkey = presented_passkey(asking.request, prefix)) return by_passkey(asking, *passkey);
    auto const field = sent.has("proof_code") ? "proof_code" : "proof_password";
    if (!sent.has(field)) return std::nullopt;
    auto proved = sent.has("proof_code") ? by_code(asking, sent.get(field)) : by_password(asking, SecretText(sent.get(field)));
    if (!proved.ok() && !asking.wait) asking.form.refuse(field, proved.error().code);
    return proved;
}

}  // namespace

std::optional<Response> ask_again(AccountServices& services, Context& context, Request const& request)
{
    if (services.sessions.is_fresh(context.session_hash, context.now)) return std::nullopt;
    auto person = services.people.find(*context.who().person);
    if (!person) return Response::redirect("/sign-in");
    auto const state = services.factors.of(person->id);
    Asking asking{services, context, request, std::move(*person), state};
    auto const proved = try_proof(asking);
    if (proved && proved->ok()) {
        services.sessions.prove(context.session_hash, context.now);
        return std::nullopt;
    }
    if (asking.wait) asking.form.errors.push_back(too_soon(*asking.wait));
    else if (proved && asking.form.errors.empty()) asking.form.take(proved->error());
    return page_of(asking, asking.wait ? 429 : proved ? 422 : 403);
}

}  // namespace greffier::accounts
