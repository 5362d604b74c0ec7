#pragma once
// Who holds which role where. A membership row is one role of one person in one organisation (or in the
// installation); revoking keeps the row, because histories and the ledger name it.
// The actor of a person in an organisation is the id of their first membership row there, whatever became of it.

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "accounts/actor.hpp"
#include "accounts/people.hpp"
#include "core/locale.hpp"
#include "storage/database.hpp"

namespace greffier::accounts {

/// SQL over a membership `m`: its role lets one read the records of its organisation. A test holds it to grants().
inline constexpr storage::SqlText role_reads{"m.role IN ('administrator','dpo','contributor','reader')"};

/// All the roles of one person in one organisation.
struct Membership {
    Uuid actor;                        ///< what versions and the ledger name
    PersonId person;
    OrganisationId organisation;
    std::vector<Role> roles;           ///< strongest first, never empty
    bool installation_administrator = false;
};

/// For lists of people.
struct Member {
    Person person;
    std::vector<Role> roles;
    Timestamp since{};
};

/// What the command line does in an organisation is written under this id, the same at each run.
Uuid organisation_actor(OrganisationId organisation);
/// The same for background jobs nobody asked for.
Uuid job_actor(OrganisationId organisation);

Actor make_actor(Membership const& membership);
/// The command line: every role, no person.
Actor command_line_actor(OrganisationId organisation);

/// Thread-safe.
class Memberships {
public:
    explicit Memberships(storage::Database& database) : database_(database) {}

    /// Nothing when the person holds no role there now, or is disabled.
    std::optional<Membership> of(PersonId person, OrganisationId organisation);
    bool is_installation_administrator(PersonId person);
    /// True when nobody administers the installation yet: the set-up page is open to who holds its link.
    bool installation_is_new();

    /// The roles of a person in an organisation become exactly these; an empty list revokes them all.
    /// Error "last_administrator" when the organisation would have none; "unknown_person".
    Status set_roles(PersonId person, OrganisationId organisation, std::vector<Role> const& roles, Timestamp now);
    Status grant(PersonId person, OrganisationId organisation, Role role, Timestamp now);
    /// One role, or all when absent.
    Status revoke(PersonId person, OrganisationId organisation, std::optional<Role> role, Timestamp now);
    Status grant_installation(PersonId person, Timestamp now);
    Status revoke_installation(PersonId person, Timestamp now);

    std::vector<Member> in(OrganisationId organisation);     ///< by name
    std::vector<Membership> held_by(PersonId person);        ///< of today
    /// Display names for histories: people, tokens, the command line, jobs. Unknown ids are absent.
    std::map<Uuid, std::string> names(OrganisationId organisation, std::span<Uuid const> actors, Locale const& locale);

    /// Within a transaction of the caller's; `id` is the new row's when one is needed. Granting twice changes nothing.
    static void grant_in(storage::Session& session, PersonId person, std::optional<OrganisationId> organisation, Role role, Timestamp now, Uuid id = Uuid::make());
    /// True when this person's account concerns no other organisation: then its administrator may hand over a link to choose a password.
    bool only_in(PersonId person, OrganisationId organisation);

private:
    storage::Database& database_;
};

}  // namespace greffier::accounts
