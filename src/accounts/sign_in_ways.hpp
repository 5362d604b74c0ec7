#pragma once
// Every way to sign in beside a password and a passkey of ours: the providers, in the order of their buttons. The composition root
// makes it from the settings; absent ones make an empty one. Thread-safe.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/identities.hpp"
#include "accounts/journeys.hpp"
#include "accounts/ldap_way.hpp"
#include "accounts/oidc/client.hpp"

namespace greffier::accounts {

/// Which sign-in of a provider a session came from.
struct SessionOrigin {
    std::string provider, issuer, subject, session;
    SecretText id_token = {};
};

class SignInWays {
public:
    /// Who may come in with a password of ours.
    enum class Passwords { Everyone, InstallationAdministrators };

    struct Parts {
        std::unique_ptr<net::Outbound> outbound;     ///< absent where nothing calls out
        std::vector<OidcSettings> providers = {};
        std::vector<LdapSettings> directories = {};
        Passwords passwords = Passwords::Everyone;
    };
    /// `key`: 32 bytes of this installation.
    SignInWays(storage::Database& database, Secret<Bytes> const& key, Parts parts);

    [[nodiscard]] std::vector<std::unique_ptr<OidcClient>> const& providers() const { return providers_; }
    OidcClient* find(std::string_view name);
    [[nodiscard]] std::vector<std::unique_ptr<LdapWay>> const& directories() const { return directories_; }
    [[nodiscard]] std::string label_of(std::string_view name) const;   ///< the name itself for one that is no more in service
    [[nodiscard]] bool passwords_for_all() const { return passwords_ == Passwords::Everyone; }

    Journeys journeys;
    Identities identities;

    /// Notes where a session or half a sign-in, by the hash of its token, came from.
    void note_origin(ByteView holder, std::string const& provider, Presented const& presented, Timestamp ends);
    /// What half a sign-in came from is now a session's.
    void pass_on(ByteView half, ByteView session, Timestamp ends);
    std::optional<SessionOrigin> origin_of(ByteView holder);
    void forget_origin(ByteView holder);
    /// Ends the sessions that came from that sign-in of the provider's; whose they were.
    std::vector<PersonId> end_sessions(std::string const& issuer, LogoutToken const& token);
    int remove_expired(Timestamp now);

private:
    storage::Database& database_;
    Secret<Bytes> hint_key_;
    std::unique_ptr<net::Outbound> outbound_;
    std::vector<std::unique_ptr<OidcClient>> providers_;
    std::vector<std::unique_ptr<LdapWay>> directories_;
    Passwords passwords_;
};

}  // namespace greffier::accounts
