#include "accounts/pages/second_step.hpp"

#include <algorithm>

#include "accounts/device.hpp"
#include "accounts/qr_code.hpp"
#include "accounts/totp.hpp"
#include "core/text.hpp"
#include "web/cookie.hpp"

namespace greffier::accounts {

using web::Html;
using web::Request;
using web::Response;
using namespace web::literals;

namespace {

/// "https://RGPD.example:443/x" -> "https", "rgpd.example", "".
struct Origin {
    std::string scheme, host, port;
};

Origin origin_of(std::string_view url)
{
    Origin origin;
    auto const scheme = url.find("://");
    if (scheme == url.npos) return origin;
    origin.scheme = to_lower_ascii(url.substr(0, scheme));
    auto rest = url.substr(scheme + 3);
    rest = rest.substr(0, rest.find_first_of("/?#"));
    auto const colon = rest.starts_with('[') ? rest.find(':', rest.find(']')) : rest.find(':');
    origin.host = to_lower_ascii(rest.substr(0, colon));
    if (colon != rest.npos) origin.port = rest.substr(colon + 1);
    if (origin.port == (origin.scheme == "https" ? "443" : "80")) origin.port.clear();
    return origin;
}

bool is_number(std::string_view host)
{
    auto const last = host.substr(host.rfind('.') + 1);
    return host.starts_with('[') || (!last.empty() && std::ranges::all_of(last, [](char c) { return c >= '0' && c <= '9'; }));
}

bool is_this_machine(std::string_view host) { return host == "localhost" || host.ends_with(".localhost"); }

void hidden_field(Html& out, std::string const& name, std::string_view part)
{
    out << "<input type=\"hidden\""_h;
    out.attr("name"_h, name).attr("data-part"_h, part);
    out << ">"_h;
}

std::optional<Bytes> bytes_in(Request const& request, std::string_view prefix, char const* name)
{
    auto const sent = request.form.get(std::string{prefix} + name);
    if (sent.size() > 32 * 1024) return std::nullopt;
    return from_base64(sent);
}

std::string in_groups(std::string_view secret)
{
    std::string out;
    for (std::size_t at = 0; at < secret.size(); at += 4) out += (at == 0 ? "" : " ") + std::string{secret.substr(at, 4)};
    return out;
}

std::string guess(Person const& person) { return "code of " + person.email; }

Bytes hash_of(std::string_view token)
{
    auto const hash = sha256(as_bytes(token));
    return {hash.begin(), hash.end()};
}

}  // namespace

std::string destination(AccountServices& services, std::string const& next, PersonId person, std::optional<OrganisationId> last)
{
    auto local = web::local_address(next, "/");
    if (local == "/" || local.starts_with("/sign-")) return home_address(services, person, last);
    return local;
}

void open_session(AccountServices& services, Context const& context, Request const& request, Response& response, Person const& person, Telling telling, CameBy by)
{
    auto const half = web::find_cookie(request, half_cookie);
    // Between the two steps, what stood for the first one remembers where it came from.
    auto const before = services.ways && half && !by.presented ? services.ways->origin_of(hash_of(*half)) : std::nullopt;
    if (before) by.way = before->provider;
    services.journal.keep({.event = "signed_in", .person = person.id, .address = request.remote_address, .details = {{"by", by.way}}}, context.now);
    auto const token = services.sessions.start(person.id, context.now, device_of(request.header("user-agent")));
    set_session(response, request, token);
    if (by.presented) services.ways->note_origin(hash_of(token), by.way, *by.presented, context.now + session_life);
    else if (before) services.ways->pass_on(hash_of(*half), hash_of(token), context.now + session_life);
    if (half) response.header("Set-Cookie", web::clear_cookie(half_cookie, request.secure));
    note_place(services, context, request, response, person, telling);
}

Response go_on(AccountServices& services, Context const& context, Request const& request, Person const& person, std::string const& next, std::optional<OrganisationId> last,
               Telling telling, CameBy const& by)
{
    bool const has_one = services.factors.of(person.id).any();
    if (by.both_factors || (!has_one && !services.factors.is_required(person.id))) {
        auto response = Response::redirect(destination(services, next, person.id, last));
        open_session(services, context, request, response, person, telling, by);
        return response;
    }
    auto response = Response::redirect(has_one ? "/sign-in/second-factor" : "/sign-in/enrol");
    auto const token = services.factors.half.begin(person.id, next, last, context.now);
    if (by.presented) services.ways->note_origin(hash_of(token), by.way, *by.presented, context.now + HalfSignIns::life);
    response.header("Set-Cookie", web::set_cookie({.name = std::string(half_cookie), .value = token, .max_age = HalfSignIns::life}, request.secure));
    return response;
}

Site site_of(AccountServices const& services, Request const& request)
{
    auto const origin = origin_of(absolute(services, request, ""));
    if (origin.host.empty() || is_number(origin.host)) return {{}, "passkey.none_by_number"};
    if (origin.scheme != "https" && !is_this_machine(origin.host)) return {{}, "passkey.none_in_clear"};
    // Under another name of the same machine the browser would refuse what was made for this one.
    if (origin_of("http://" + std::string{request.header("host")}).host != origin.host) return {{}, "passkey.none_by_other_name"};
    return {RelyingParty{origin.host, origin.scheme + "://" + origin.host + (origin.port.empty() ? "" : ":" + origin.port)}, {}};
}

void passkey_form(Html& out, Context const& context, PasskeyForm const& form)
{
    out << "<form method=\"post\" novalidate hidden"_h;
    out.url("action"_h, form.action).attr("data-passkey"_h, form.create ? "create" : "get");
    if (!form.options.empty()) out.attr("data-options"_h, form.options);
    if (!form.options_from.empty()) out.url("data-options-from"_h, form.options_from);
    out << ">"_h;
    web::csrf_field(out, context.frame);
    out << form.inside;
    for (auto const* part : {"credential_id", "user_handle", "client_data", "authenticator_data", "signature", "attestation"}) hidden_field(out, std::string{form.prefix} + part, part);
    out << "<p class=\"g-err\" role=\"alert\" data-passkey-error hidden></p><div class=\"g-field\"><button type=\"submit\""_h;
    out.attr("class"_h, form.create ? "btn btn-primary" : "btn btn-outline");   // the page that makes one is there for nothing else
    out << ">"_h;
    web::icon(out, "fingerprint");
    out << "<span>"_h << form.label << "</span></button></div></form>\n"_h;
}

std::optional<PresentedPasskey> presented_passkey(Request const& request, std::string_view prefix)
{
    auto const id = bytes_in(request, prefix, "credential_id"), user = bytes_in(request, prefix, "user_handle"), client = bytes_in(request, prefix, "client_data"),
               data = bytes_in(request, prefix, "authenticator_data"), signature = bytes_in(request, prefix, "signature");
    if (!id || !user || !client || !data || !signature || id->empty() || client->empty()) return std::nullopt;
    return PresentedPasskey{*id, *user, {*client, *data, *signature}};
}

std::optional<NewPasskey> new_passkey_of(Request const& request)
{
    auto const client = bytes_in(request, "", "client_data"), attestation = bytes_in(request, "", "attestation");
    if (!client || !attestation || client->empty() || attestation->empty()) return std::nullopt;
    return NewPasskey{*client, *attestation, request.form.get("name")};
}

void code_field(Html& out, Locale const& locale, FormState const& form, std::string_view hint, std::string_view name)
{
    text_field(out, locale, form, {.name = name, .label = "factor.code", .autocomplete = "one-time-code", .hint = hint, .max_length = 40});
}

void authenticator_form(Html& out, Context const& context, FormState const& form, Secret<Bytes> const& secret, std::string_view email, std::string_view action)
{
    auto const& locale = context.locale;
    out << "<div class=\"g-totp\">"_h;
    write_qr_code(out, totp_address("Greffier", email, secret.reveal()), locale.text("factor.qr_code"));
    out << "<div><p>"_h << locale.text("factor.scan") << "</p><p class=\"mb-0\">"_h << locale.text("factor.type_secret") << "<br><code class=\"g-code\" id=\"totp-secret\">"_h
        << in_groups(to_base32(secret.reveal())) << "</code></p></div></div>"_h;
    open_form(out, context, action);
    code_field(out, locale, form, "factor.first_code_hint");
    submit_button(out, locale.text("factor.confirm"));
    out << "</form>"_h;
}

void creation_form(Html& out, Context const& context, FormState const& form, std::string options, std::string_view action)
{
    auto const& locale = context.locale;
    out << "<noscript><p>"_h << locale.text("passkey.needs_script") << "</p></noscript>"_h;
    PasskeyForm shown{.action = action, .label = locale.text("passkey.make"), .options = std::move(options), .create = true};
    auto const label = locale.text("passkey.make");
    shown.label = label;
    text_field(shown.inside, locale, form, {.name = "name", .label = "passkey.name", .hint = "passkey.name_hint", .max_length = static_cast<int>(Passkeys::longest_name)});
    passkey_form(out, context, shown);
}

void recovery_codes(Html& out, Context const& context, std::vector<std::string> const& codes, std::string_view next)
{
    auto const& locale = context.locale;
    out << "<section class=\"g-secret\" role=\"status\" aria-labelledby=\"codes-t\"><h2 id=\"codes-t\">"_h << locale.text("factor.codes_title") << "</h2><p class=\"mb-0\">"_h
        << locale.text("factor.codes_words") << "</p><ul class=\"g-codes\" id=\"codes\">"_h;
    for (auto const& code : codes) out << "<li>"_h << code << "\n</li>"_h;   // a line each when they are copied
    out << "</ul><div class=\"g-secret-value\"><button class=\"btn btn-outline\" type=\"button\" data-copy=\"codes\" hidden>"_h;
    web::icon(out, "copy");
    out << "<span>"_h << locale.text("accounts.copy") << "</span></button><button class=\"btn btn-outline\" type=\"button\" data-print hidden>"_h << locale.text("factor.print")
        << "</button></div></section><p><a class=\"btn btn-primary\""_h;
    out.url("href"_h, next);
    out << ">"_h << locale.text("factor.codes_kept") << "</a></p>\n"_h;
}

std::optional<std::chrono::seconds> wait_for_code(AccountServices& services, Context const& context, Request const& request, Person const& person)
{
    return services.throttle.attempt(request.remote_address, guess(person), context.now);
}

void code_was_right(AccountServices& services, Context const& context, Request const& request, Person const& person)
{
    services.throttle.succeeded(request.remote_address, guess(person), context.now);
}

void tell_of_factor(AccountServices const& services, Context const& context, Request const& request, storage::Session& session, Person const& person, FactorNews news)
{
    if (services.sends_mail()) services.post->outbox.queue(session, factor_letter(person, news, absolute(services, request, ""), context.locale.language(), context.now), context.now);
}

void ring_for_mail(AccountServices const& services)
{
    if (services.sends_mail()) services.post->outbox.ring();
}

void tell_of_used_code(AccountServices const& services, Context const& context, Request const& request, Person const& person)
{
    if (!services.sends_mail()) return;
    (void)services.database.write([&](storage::Session& session) -> Status {
        session.lock_nothing();
        tell_of_factor(services, context, request, session, person, FactorNews::CodeTriedAgain);
        return Nothing{};
    });
    ring_for_mail(services);
}

FieldError too_soon(std::chrono::seconds wait) { return {"", "sign_in_wait", {{"seconds", std::to_string(wait.count())}}}; }

}  // namespace greffier::accounts
