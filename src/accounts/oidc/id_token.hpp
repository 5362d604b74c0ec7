#pragma once
// What an ID token must say (OpenID Connect Core 3.1.3.7) once its signature is known to be right, and what a logout token must
// (Back-Channel Logout 2.6).

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/oidc/jws.hpp"
#include "core/time.hpp"

namespace greffier::accounts {

/// Between the provider's clock and ours, either way.
inline constexpr std::chrono::seconds clock_leeway{60};
/// A token that was made longer ago than this was not made for us now.
inline constexpr std::chrono::minutes oldest_token{10};

struct Expected {
    std::string issuer, client_id, nonce;
    std::string access_token = {};                 ///< what at_hash is over, when it came along
    std::optional<Timestamp> signed_in_since = {};   ///< the person proved anew who they are: not before this
    Timestamp now{};
};

struct IdToken {
    std::string subject;
    std::string session;                           ///< `sid`, the provider's name for its session
    std::string acr;
    std::vector<std::string> amr;
};

/// Errors, each saying which rule was broken: token_unreadable token_issuer token_audience token_expired token_too_early token_old token_nonce token_at_hash token_subject token_auth_time
Result<IdToken> check_id_token(Jws const& token, Expected const& expected);

struct LogoutToken {
    std::string subject, session;                  ///< at least one of them
    std::string id;                                ///< `jti`: taken once
};
Result<LogoutToken> check_logout_token(Jws const& token, std::string_view issuer, std::string_view client_id, Timestamp now);

}  // namespace greffier::accounts
