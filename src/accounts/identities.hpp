#pragma once
// Linked identities: which account of a provider or a directory is which person here.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/people.hpp"
#include "accounts/way_rules.hpp"
#include "storage/database.hpp"

namespace greffier::accounts {

struct LinkedIdentity;
using IdentityId = Id<LinkedIdentity>;

struct LinkedIdentity {
    IdentityId id;
    PersonId person;
    std::string provider;             ///< name of the way it came by
    Timestamp created_at{}, used_at{};
};

/// Thread-safe.
class Identities {
public:
    explicit Identities(storage::Database& database) : database_(database) {}

    std::optional<LinkedIdentity> find(std::string_view issuer, std::string_view subject);
    static std::optional<LinkedIdentity> find_in(storage::Session& session, std::string_view issuer, std::string_view subject);
    std::vector<LinkedIdentity> of(PersonId person);                     ///< the newest last
    /// Error "identity_taken" when it is somebody else's; linking twice changes nothing. Within the caller's transaction.
    static Status link_in(storage::Session& session, PersonId person, WayRules const& rules, Presented const& presented, Timestamp now);
    /// The link, and the roles that provider gave. NotFound for another person's; "last_administrator" when an organisation would have none.
    Status unlink(PersonId person, IdentityId id, Timestamp now);

private:
    storage::Database& database_;
};

/// Whom a sign-in by a provider let in, and what it changed.
struct Recognised {
    PersonId person;
    bool linked = false, created = false;
    std::vector<MappingChange> roles;
};

/// Finds the person by their link; or, the first time, by the rules. Roles follow the groups, in the same transaction.
/// Errors: way_unknown_account, way_no_mail, way_unverified_mail, way_closed_account.
Result<Recognised> recognise(storage::Database& database, WayRules const& rules, Presented const& presented, Timestamp now);

}  // namespace greffier::accounts
