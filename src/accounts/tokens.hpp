#pragma once
// API tokens: "gft_" and 192 random bits, shown once, kept as SHA-256, with an end. A token acts in one organisation
// with one role: in the name of a person (and no longer than they hold what it allows), or of itself (command line).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/actor.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "storage/database.hpp"

namespace greffier::accounts {

struct Token;
using TokenId = Id<Token>;

struct TokenInfo {
    TokenId id;
    OrganisationId organisation;
    std::optional<PersonId> person;
    Uuid actor;                        ///< the person's membership, or the token's own id
    Role role = Role::Reader;
    std::string name;
    Timestamp created_at{}, expires_at{};
    std::optional<Timestamp> revoked_at, last_used_at;
};

struct NewToken {
    OrganisationId organisation;
    std::optional<PersonId> person = {};
    Role role = Role::Reader;
    std::string name;
    Timestamp expires_at{};
};

/// Thread-safe.
class Tokens {
public:
    static constexpr std::string_view prefix = "gft_";

    explicit Tokens(storage::Database& database) : database_(database) {}

    struct Added {
        std::string plain;             ///< known here only now
        TokenInfo info;
    };
    /// Errors name the fields name, role (the person does not hold what it allows), expires_at.
    Result<Added> add(NewToken wanted, Timestamp now);
    std::vector<TokenInfo> list(OrganisationId organisation);            ///< newest first, revoked ones too
    /// NotFound for another organisation's.
    Status revoke(OrganisationId organisation, TokenId id, Timestamp now);

    struct Authenticated {
        Actor actor;
        TokenInfo token;
    };
    /// Nothing when unknown, ended, revoked, or its person no longer holds its role. Notes the use, at most once a minute.
    std::optional<Authenticated> authenticate(std::string_view plain, Timestamp now);

private:
    storage::Database& database_;
};

}  // namespace greffier::accounts
