#pragma once
// One OpenID Connect provider, as its client: discovery, the address to send people to, the exchange of the code, what the provider
// says of the person, signing out. Everything that comes from there is verified before it is believed.

#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/oidc/id_token.hpp"
#include "accounts/way_rules.hpp"
#include "core/secret.hpp"
#include "net/http.hpp"

namespace greffier::accounts {

struct OidcSettings {
    WayRules rules;
    std::string issuer;                   ///< exactly as the provider writes it
    std::string discovery = {};           ///< address of its description; empty: under the issuer, as the standard has it
    std::string client_id;
    SecretText client_secret = {};
    enum class ClientProof { Basic, Post } proof = ClientProof::Basic;
    std::string scopes = "openid email profile";
    std::string acr_values = {};          ///< asked for
    std::string claims = {};              ///< the request's parameter of that name, JSON
    std::string groups_claim = "groups", email_claim = "email";   ///< dots lead into objects: realm_access.roles
    bool asks_userinfo = true;
    bool signs_out_there = true;
};

/// What discovery said.
struct OidcMetadata {
    std::string authorization, token, keys, userinfo, end_session;
    bool names_issuer = false;            ///< answers carry `iss` (RFC 9207)
    std::vector<std::string> algorithms, challenges, proofs;   ///< as it lists them; empty: it does not say
};

/// A request under way; the browser brings it back in a cookie (accounts/journeys.hpp).
struct OidcRequest {
    std::string redirect, state, nonce, verifier;
    bool anew = false;                    ///< prompt=login, max_age=0: the person is to prove who they are
    std::string language = {};            ///< ui_locales
    std::string mail_hint = {};           ///< login_hint
};

class OidcClient {
public:
    static constexpr std::chrono::hours description_life{1};
    static constexpr std::chrono::minutes pause_between_refreshes{1};   ///< for keys nobody knows: a stranger must not make us call
    static constexpr std::chrono::seconds pause_after_failure{10};

    OidcClient(OidcSettings settings, net::Outbound& outbound) : settings_(std::move(settings)), outbound_(outbound) {}

    [[nodiscard]] OidcSettings const& settings() const { return settings_; }
    [[nodiscard]] WayRules const& rules() const { return settings_.rules; }

    /// Errors of Outbound, and: provider_description (unreadable, {reason}), provider_issuer ({found}), provider_endpoint ({name}).
    Result<OidcMetadata> metadata(Timestamp now);
    /// Where to send the browser.
    Result<std::string> authorization_address(OidcRequest const& request, Timestamp now);
    /// Exchanges the code, verifies what comes, asks for what more is known. Errors: of metadata(), of tokens (jws.hpp, id_token.hpp),
    /// provider_code, provider_answer ({reason}).
    Result<Presented> redeem(std::string const& code, OidcRequest const& request, std::optional<Timestamp> signed_in_since, Timestamp now);
    /// Where to send who signs out; nothing when the provider has no such place.
    std::optional<std::string> end_session_address(SecretText const& id_token, std::string const& back, std::string const& state, Timestamp now);
    Result<LogoutToken> logout_token(std::string const& token, Timestamp now);
    /// Fetches the keys, for whoever checks the configuration; how many are of use.
    Result<std::size_t> fetch_keys(Timestamp now);
    /// Hands in a code that nobody gave: the provider refuses the code, or refuses us. Error provider_answer when it knows no such client or secret.
    Status try_client(std::string const& redirect, Timestamp now);

private:
    struct Tokens;
    Result<OidcMetadata> discover();
    Result<KeySet> keys_of(std::string const& address, bool fresh, Timestamp now);
    Status verify(Jws const& token, OidcMetadata const& metadata, Timestamp now);
    Result<Tokens> exchange(OidcMetadata const& metadata, std::string const& code, OidcRequest const& request);
    Result<std::string> userinfo(OidcMetadata const& metadata, SecretText const& access_token, IdToken const& token, Timestamp now);

    OidcSettings settings_;
    net::Outbound& outbound_;
    std::mutex mutex_;                    ///< over what follows, never held during a call
    std::optional<OidcMetadata> metadata_;
    Timestamp metadata_at_{}, failed_at_{};
    std::optional<Error> failure_;
    std::optional<KeySet> keys_;
    Timestamp keys_at_{}, refreshed_at_{};
};

}  // namespace greffier::accounts
