#include "accounts/oidc/id_token.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include <nlohmann/json.hpp>
#include <openssl/evp.h>

namespace greffier::accounts {

using nlohmann::json;

namespace {

constexpr std::size_t longest_subject = 255;
constexpr double last_second = 253402300799.0;   // of the year 9999

std::string text_of(json const& object, char const* name)
{
    auto const found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

/// Seconds since 1970, fractions allowed; nothing when it is no number.
std::optional<Timestamp> instant_of(json const& object, char const* name)
{
    auto const found = object.find(name);
    if (found == object.end() || !found->is_number()) return std::nullopt;
    auto const seconds = found->get<double>();
    if (!std::isfinite(seconds) || seconds < 0 || seconds > last_second) return std::nullopt;
    return from_millis(static_cast<std::int64_t>(seconds * 1000));
}

/// For us, and when it is for others too, given to us (azp).
bool is_for(json const& said, std::string_view client)
{
    auto const audience = said.find("aud");
    if (audience == said.end()) return false;
    std::vector<std::string> all;
    if (audience->is_string()) all.push_back(audience->get<std::string>());
    else if (audience->is_array())
        for (auto const& each : *audience) {
            if (!each.is_string()) return false;
            all.push_back(each.get<std::string>());
        }
    if (std::ranges::find(all, client) == all.end()) return false;
    if (said.contains("azp")) return text_of(said, "azp") == client;
    return all.size() == 1;
}

/// What both kinds of token must say.
Status check_frame(json const& said, std::string_view issuer, std::string_view client, Timestamp now)
{
    if (!said.is_object()) return Error::invalid("token_unreadable");
    if (text_of(said, "iss") != issuer) return Error::invalid("token_issuer");
    if (!is_for(said, client)) return Error::invalid("token_audience");
    auto const made = instant_of(said, "iat"), ends = instant_of(said, "exp"), begins = instant_of(said, "nbf");
    if (!ends || now >= *ends + clock_leeway) return Error::invalid("token_expired");
    if (!made || *made > now + clock_leeway) return Error::invalid("token_too_early");
    if (said.contains("nbf") && (!begins || *begins > now + clock_leeway)) return Error::invalid("token_too_early");
    if (*made + oldest_token + clock_leeway < now) return Error::invalid("token_old");
    return Nothing{};
}

/// The left half of the hash that the token's own algorithm uses.
std::string half_hash(std::string_view algorithm, std::string_view text)
{
    auto const* digest = algorithm.ends_with("256") ? EVP_sha256() : algorithm.ends_with("384") ? EVP_sha384() : EVP_sha512();
    Bytes hash(EVP_MAX_MD_SIZE);
    unsigned length = 0;
    if (EVP_Digest(text.data(), text.size(), hash.data(), &length, digest, nullptr) != 1) return {};
    return to_base64url(ByteView{hash}.first(length / 2));
}

}  // namespace

Result<IdToken> check_id_token(Jws const& token, Expected const& expected)
{
    auto const said = json::parse(token.payload, nullptr, false);
    (void)TRY(check_frame(said, expected.issuer, expected.client_id, expected.now));
    if (expected.nonce.empty() || !equal_constant_time(as_bytes(text_of(said, "nonce")), as_bytes(expected.nonce))) return Error::invalid("token_nonce");
    if (said.contains("at_hash") && text_of(said, "at_hash") != half_hash(token.algorithm, expected.access_token)) return Error::invalid("token_at_hash");
    IdToken found{text_of(said, "sub"), text_of(said, "sid"), text_of(said, "acr"), {}};
    if (found.subject.empty() || found.subject.size() > longest_subject || found.session.size() > longest_subject) return Error::invalid("token_subject");
    if (expected.signed_in_since) {
        auto const since = instant_of(said, "auth_time");
        if (!since || *since + clock_leeway < *expected.signed_in_since || *since > expected.now + clock_leeway) return Error::invalid("token_auth_time");
    }
    if (auto const amr = said.find("amr"); amr != said.end() && amr->is_array())
        for (auto const& each : *amr)
            if (each.is_string()) found.amr.push_back(each.get<std::string>());
    return found;
}

Result<LogoutToken> check_logout_token(Jws const& token, std::string_view issuer, std::string_view client_id, Timestamp now)
{
    auto const said = json::parse(token.payload, nullptr, false);
    (void)TRY(check_frame(said, issuer, client_id, now));
    auto const events = said.find("events");
    bool const tells = events != said.end() && events->is_object() && events->contains("http://schemas.openid.net/event/backchannel-logout");
    LogoutToken found{text_of(said, "sub"), text_of(said, "sid"), text_of(said, "jti")};
    // A nonce would make of it an ID token that somebody hands in here.
    if (!tells || said.contains("nonce") || found.id.empty() || (found.subject.empty() && found.session.empty())) return Error::invalid("token_unreadable");
    return found;
}

}  // namespace greffier::accounts
