#pragma once
// Second factors of people, together: who has which, whose role asks for one, and the two steps of a sign-in.

#include <set>
#include <string_view>
#include <vector>

#include "accounts/actor.hpp"
#include "accounts/half_sign_ins.hpp"
#include "accounts/one_time_codes.hpp"
#include "accounts/passkeys.hpp"

namespace greffier::accounts {

struct FactorState {
    bool authenticator = false;
    int passkeys = 0;
    int codes_left = 0;            ///< recovery codes not used yet
    [[nodiscard]] bool any() const { return authenticator || passkeys > 0; }
};

/// The composition root owns it; thread-safe once made.
struct Factors {
    storage::Database& database;
    OneTimeCodes codes;
    Passkeys passkeys;
    HalfSignIns half;
    std::vector<Role> required_for = {};   ///< by the setting second-factor-required-for

    /// Two keys of the installation, 32 bytes each.
    Factors(storage::Database& opened, Secret<Bytes> const& codes_key, Secret<Bytes> const& passkeys_key);

    FactorState of(PersonId person);
    static FactorState of_in(storage::Session& session, PersonId person);
    /// True when a role they hold anywhere asks for one.
    bool is_required(PersonId person);
    /// Of the people who hold a role in the organisation, those who have one.
    std::set<PersonId> holders(OrganisationId organisation);

    /// Recovery codes go with the last factor: alone they are none.
    static void tidy_in(storage::Session& session, PersonId person);
    /// Everything goes, sessions included: for whoever lost their telephone and their codes.
    static void reset_in(storage::Session& session, PersonId person);
};

}  // namespace greffier::accounts
