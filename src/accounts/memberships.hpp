#pragma once
// Who holds which role where. A membership row is one role of one person in one organisation (or in the
// installation); revoking keeps the row, because histories and the ledger name it.
// The actor of a person in an organisation is the id of their first membership row there, whatever became of it.

#include <atomic>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "accounts/actor.hpp"
#include "accounts/branches.hpp"
#include "accounts/people.hpp"
#include "core/locale.hpp"
#include "storage/database.hpp"

namespace greffier::accounts {

/// SQL over a membership `m`: its role lets one read the records of its organisation. A test holds it to grants().
inline constexpr storage::SqlText role_reads{"m.role IN ('administrator','dpo','dpo_assistant','representative','ciso','contributor','reader','auditor','external_author')"};

/// All the roles of one person in one organisation.
struct Membership {
    Uuid actor;                        ///< what versions and the ledger name
    PersonId person;
    OrganisationId organisation;
    std::vector<Role> roles;           ///< strongest first, each once, never empty
    bool installation_administrator = false;
    bool controller_decides = false;   ///< somebody represents the controller here
    bool over_branch = false;          ///< administers the organisations below too
    std::optional<Uuid> limited_by;    ///< the contributor's role whose services bound what they see
    bool keeps_restricted = true;      ///< the organisation has a restricted record

    [[nodiscard]] Sight sight() const { return Sight::of({roles, person, actor, limited_by, keeps_restricted}); }
};

/// A role as it was granted.
struct HeldRole {
    Role role = Role::Reader;
    bool branch = false;                    ///< also below
    std::optional<Timestamp> ends_at;
    std::string from;                       ///< name of the organisation above, or of the provider, that it comes from; empty: granted here
    std::vector<std::string> services = {}; ///< of a contributor: these alone; empty: all
    bool by_provider = false;               ///< `from` is a provider, whose groups give it
};

/// For lists of people.
struct Member {
    Person person;
    std::vector<HeldRole> held;             ///< strongest first; a role may be held from here and from above
    Timestamp since{};

    [[nodiscard]] std::vector<Role> roles() const;          ///< each once, strongest first
    [[nodiscard]] bool holds_here(Role role) const;         ///< granted in this organisation itself
};

/// What the command line does in an organisation is written under this id, the same at each run.
Uuid organisation_actor(OrganisationId organisation);
/// The same for background jobs nobody asked for.
Uuid job_actor(OrganisationId organisation);

/// Fields: until ("end_needed" for an auditor, "end_past").
Status check_terms(Role role, GrantTerms const& terms, Timestamp now);

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

    /// The roles granted to a person in this organisation itself become exactly these; an empty list revokes them all. Those
    /// they keep stay on their terms; what comes down from above stays.
    /// `services`: of the contributor among them, these alone; empty: all; absent: as it was.
    /// Error "last_administrator" when the organisation would have none; "unknown_person"; "end_needed" for an auditor's first grant.
    Status set_roles(PersonId person, OrganisationId organisation, std::vector<Role> const& roles, Timestamp now, std::optional<std::vector<std::string>> const& services = {});
    /// A role that is held already changes to these terms. Error "end_needed" for an auditor without an end, "end_past",
    /// "services_on_branch" for a contributor who is limited to services, unless the limit is lifted in so many words.
    Status grant(PersonId person, OrganisationId organisation, Role role, Timestamp now, GrantTerms const& terms = {});
    /// One role, or all when absent: of those granted in this organisation itself.
    Status revoke(PersonId person, OrganisationId organisation, std::optional<Role> role, Timestamp now);
    Status grant_installation(PersonId person, Timestamp now);
    Status revoke_installation(PersonId person, Timestamp now);

    std::vector<Member> in(OrganisationId organisation);     ///< by name
    std::vector<Membership> held_by(PersonId person);        ///< of today
    /// Display names for histories: people, tokens, the command line, jobs. Unknown ids are absent.
    std::map<Uuid, std::string> names(OrganisationId organisation, std::span<Uuid const> actors, Locale const& locale);

    /// Within a transaction of the caller's; `id` is the new row's when one is needed. Granting twice changes nothing.
    static void grant_in(storage::Session& session, PersonId person, std::optional<OrganisationId> organisation, Role role, Timestamp now, Uuid id = Uuid::make());
    /// Roles whose time has come end. Asks the database when one of them may be due, and twice a minute for what other
    /// processes granted: to be called before rights are looked up.
    void end_due(Timestamp now);
    /// True when this person's account concerns no other organisation: then its administrator may hand over a link to choose a password.
    bool only_in(PersonId person, OrganisationId organisation);

private:
    storage::Database& database_;
    std::atomic<std::int64_t> look_again_{0};   ///< instant, ms: nothing is due before it
};

}  // namespace greffier::accounts
