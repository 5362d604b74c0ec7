#include "accounts/oidc/client.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "accounts/oidc/claims.hpp"
#include "core/text.hpp"

namespace greffier::accounts {

using nlohmann::json;

namespace {

std::string text_of(json const& object, char const* name)
{
    auto const found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::vector<std::string> texts_of(json const& object, char const* name)
{
    std::vector<std::string> all;
    if (auto const found = object.find(name); found != object.end() && found->is_array())
        for (auto const& each : *found)
            if (each.is_string()) all.push_back(each.get<std::string>());
    return all;
}

/// What a machine wrote, made fit for a message to the operator.
std::string printable(std::string_view said)
{
    std::string out;
    for (char const c : said.substr(0, 200)) out += c >= 0x20 && c < 0x7f ? c : ' ';
    return shorten(squeeze(out), 120);
}

Error unreadable(std::string reason) { return Error::conflict("provider_answer", {{"reason", std::move(reason)}}); }

bool is_stale(Timestamp since, Timestamp now, std::chrono::milliseconds life) { return now < since || now >= since + life; }

}  // namespace

struct OidcClient::Tokens {
    SecretText id_token, access_token;
};

Result<OidcMetadata> OidcClient::discover()
{
    auto place = settings_.discovery;
    if (place.empty()) place = settings_.issuer + (settings_.issuer.ends_with('/') ? "" : "/") + ".well-known/openid-configuration";
    auto const answer = TRY(outbound_.send({.url = place, .headers = {{"Accept", "application/json"}}}));
    if (answer.status != 200) return Error::conflict("provider_description", {{"reason", "HTTP " + std::to_string(answer.status)}});
    auto const said = json::parse(answer.body, nullptr, false);
    if (!said.is_object()) return Error::conflict("provider_description", {{"reason", "JSON"}});
    if (auto const issuer = text_of(said, "issuer"); issuer != settings_.issuer) return Error::conflict("provider_issuer", {{"found", printable(issuer)}, {"wanted", settings_.issuer}});
    OidcMetadata found{text_of(said, "authorization_endpoint"), text_of(said, "token_endpoint"), text_of(said, "jwks_uri"), text_of(said, "userinfo_endpoint"), text_of(said, "end_session_endpoint"),
                       said.value("authorization_response_iss_parameter_supported", json(false)) == json(true), texts_of(said, "id_token_signing_alg_values_supported"),
                       texts_of(said, "code_challenge_methods_supported"), texts_of(said, "token_endpoint_auth_methods_supported")};
    struct Endpoint {
        char const* name;
        std::string const& address;
        bool needed;
    };
    for (auto const& each : {Endpoint{"authorization_endpoint", found.authorization, true}, {"token_endpoint", found.token, true}, {"jwks_uri", found.keys, true},
                             {"userinfo_endpoint", found.userinfo, false}, {"end_session_endpoint", found.end_session, false}}) {
        auto const url = net::parse_url(each.address);
        bool const fine = url ? outbound_.rules().may_speak(*url) : each.address.empty() && !each.needed;
        if (!fine) return Error::conflict("provider_endpoint", {{"name", each.name}});
    }
    return found;
}

Result<OidcMetadata> OidcClient::metadata(Timestamp now)
{
    {
        std::lock_guard const held(mutex_);
        if (metadata_ && !is_stale(metadata_at_, now, description_life)) return *metadata_;
        if (failure_ && !is_stale(failed_at_, now, pause_after_failure)) return *failure_;   // not once more for each who waits
    }
    auto found = discover();
    std::lock_guard const held(mutex_);
    if (found.ok()) {
        metadata_ = *found;
        metadata_at_ = now;
        failure_.reset();
        return found;
    }
    failure_ = found.error();
    failed_at_ = now;
    return found;
}

Result<KeySet> OidcClient::keys_of(std::string const& address, bool fresh, Timestamp now)
{
    {
        std::lock_guard const held(mutex_);
        bool const young = keys_ && !is_stale(keys_at_, now, description_life);
        bool const too_soon = keys_ && !is_stale(refreshed_at_, now, pause_between_refreshes);
        if (young && (!fresh || too_soon)) return *keys_;
        refreshed_at_ = now;
    }
    auto const answer = TRY(outbound_.send({.url = address, .headers = {{"Accept", "application/json"}}}));
    if (answer.status != 200) return unreadable("jwks_uri: HTTP " + std::to_string(answer.status));
    auto keys = KeySet::parse(answer.body);
    if (!keys.ok()) return unreadable("jwks_uri");
    std::lock_guard const held(mutex_);
    keys_ = *keys;
    keys_at_ = now;
    return keys;
}

Result<std::size_t> OidcClient::fetch_keys(Timestamp now)
{
    auto const found = TRY(metadata(now));
    return TRY(keys_of(found.keys, true, now)).size();
}

Status OidcClient::verify(Jws const& token, OidcMetadata const& metadata, Timestamp now)
{
    auto const known = TRY(keys_of(metadata.keys, false, now));
    auto const verified = known.verify(token);
    if (verified.ok() || verified.error().code != "token_unknown_key") return verified;
    return TRY(keys_of(metadata.keys, true, now)).verify(token);   // the provider may have taken a new key since
}

Result<std::string> OidcClient::authorization_address(OidcRequest const& request, Timestamp now)
{
    auto const found = TRY(metadata(now));
    auto const hash = sha256(as_bytes(request.verifier));
    std::vector<std::pair<std::string, std::string>> fields{
        {"response_type", "code"}, {"client_id", settings_.client_id}, {"redirect_uri", request.redirect}, {"scope", settings_.scopes}, {"state", request.state}, {"nonce", request.nonce},
        {"code_challenge", to_base64url(hash)}, {"code_challenge_method", "S256"},
    };
    auto const add = [&](char const* name, std::string const& value) {
        if (!value.empty()) fields.emplace_back(name, value);
    };
    add("acr_values", settings_.acr_values);
    add("claims", settings_.claims);
    add("ui_locales", request.language);
    add("login_hint", request.mail_hint);
    if (request.anew) {
        fields.emplace_back("prompt", "login");
        fields.emplace_back("max_age", "0");
    }
    return found.authorization + (found.authorization.find('?') == std::string::npos ? "?" : "&") + net::form_body(fields);
}

Result<OidcClient::Tokens> OidcClient::exchange(OidcMetadata const& metadata, std::string const& code, OidcRequest const& request)
{
    std::vector<std::pair<std::string, std::string>> fields{{"grant_type", "authorization_code"}, {"code", code}, {"redirect_uri", request.redirect}, {"code_verifier", request.verifier}};
    net::HttpCall call{.url = metadata.token, .headers = {{"Accept", "application/json"}}};
    if (settings_.proof == OidcSettings::ClientProof::Basic) {
        auto const pair = net::encode(settings_.client_id) + ":" + net::encode(settings_.client_secret.reveal());   // RFC 6749 2.3.1: encoded first
        call.headers.emplace_back("Authorization", "Basic " + to_base64(as_bytes(pair)));
    } else {
        fields.emplace_back("client_id", settings_.client_id);
        fields.emplace_back("client_secret", settings_.client_secret.reveal());
    }
    call.form = net::form_body(fields);
    auto const answer = TRY(outbound_.send(call));
    auto const said = json::parse(answer.body, nullptr, false);
    if (answer.status != 200) {
        auto const reason = said.is_object() ? printable(text_of(said, "error")) : std::string{};
        if (reason == "invalid_grant") return Error::conflict("provider_code");
        return unreadable("token_endpoint: HTTP " + std::to_string(answer.status) + (reason.empty() ? "" : " " + reason));
    }
    if (!said.is_object() || text_of(said, "id_token").empty()) return unreadable("token_endpoint: id_token");
    return Tokens{SecretText{text_of(said, "id_token")}, SecretText{text_of(said, "access_token")}};
}

Result<std::string> OidcClient::userinfo(OidcMetadata const& metadata, SecretText const& access_token, IdToken const& token, Timestamp now)
{
    auto const& secret = access_token.reveal();
    if (!settings_.asks_userinfo || metadata.userinfo.empty() || secret.empty()) return std::string{};
    if (!std::ranges::all_of(secret, [](char c) { return c > 0x20 && c < 0x7f; })) return unreadable("access_token");
    auto answer = TRY(outbound_.send({.url = metadata.userinfo, .headers = {{"Accept", "application/json, application/jwt"}, {"Authorization", "Bearer " + secret}}}));
    if (answer.status != 200) return unreadable("userinfo_endpoint: HTTP " + std::to_string(answer.status));
    bool const is_signed = answer.content_type == "application/jwt";
    if (is_signed) {
        auto const jws = TRY(parse_jws(trim(answer.body)));
        TRY(verify(jws, metadata, now));
        answer.body = jws.payload;
    }
    auto const said = json::parse(answer.body, nullptr, false);
    if (!said.is_object()) return unreadable("userinfo_endpoint");
    // Of the same person, and, where it is signed, said by this provider to this client (Core 5.3.2).
    if (text_of(said, "sub") != token.subject) return Error::conflict("token_subject");
    if (is_signed && said.contains("iss") && text_of(said, "iss") != settings_.issuer) return Error::conflict("token_issuer");
    if (is_signed && said.contains("aud")) {
        auto const audience = said["aud"].is_array() ? texts_of(said, "aud") : std::vector{text_of(said, "aud")};
        if (std::ranges::find(audience, settings_.client_id) == audience.end()) return Error::conflict("token_audience");
    }
    return answer.body;
}

Result<Presented> OidcClient::redeem(std::string const& code, OidcRequest const& request, std::optional<Timestamp> signed_in_since, Timestamp now)
{
    auto const found = TRY(metadata(now));
    auto const tokens = TRY(exchange(found, code, request));
    auto const jws = TRY(parse_jws(tokens.id_token.reveal()));
    TRY(verify(jws, found, now));
    auto const token = TRY(check_id_token(jws, {settings_.issuer, settings_.client_id, request.nonce, tokens.access_token.reveal(), signed_in_since, now}));
    auto const more = TRY(userinfo(found, tokens.access_token, token, now));
    auto presented = presented_by(settings_, jws.payload, more);
    presented.issuer = settings_.issuer;
    presented.subject = token.subject;
    presented.session = token.session;
    presented.factors = token.amr;
    if (!token.acr.empty()) presented.factors.push_back(token.acr);
    presented.id_token = tokens.id_token;
    return presented;
}

Status OidcClient::try_client(std::string const& redirect, Timestamp now)
{
    auto const found = TRY(metadata(now));
    auto const tokens = exchange(found, "none-this-is-a-check", {redirect, "", "", random_token(256), false, "", ""});
    if (tokens.ok() || tokens.error().code == "provider_code") return Nothing{};
    return tokens.error();
}

std::optional<std::string> OidcClient::end_session_address(SecretText const& id_token, std::string const& back, std::string const& state, Timestamp now)
{
    if (!settings_.signs_out_there) return std::nullopt;
    auto const found = metadata(now);
    if (!found.ok() || found->end_session.empty()) return std::nullopt;
    std::vector<std::pair<std::string, std::string>> fields;
    if (!id_token.empty()) fields.emplace_back("id_token_hint", id_token.reveal());
    fields.insert(fields.end(), {{"client_id", settings_.client_id}, {"post_logout_redirect_uri", back}, {"state", state}});
    return found->end_session + (found->end_session.find('?') == std::string::npos ? "?" : "&") + net::form_body(fields);
}

Result<LogoutToken> OidcClient::logout_token(std::string const& token, Timestamp now)
{
    auto const jws = TRY(parse_jws(token));
    auto const found = TRY(metadata(now));
    TRY(verify(jws, found, now));
    return check_logout_token(jws, settings_.issuer, settings_.client_id, now);
}

}  // namespace greffier::accounts
