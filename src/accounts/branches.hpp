#pragma once
// Roles held on a branch of the tree of organisations. Such a role is one row where it was granted, marked `branch`, and one
// row in each organisation below, which names it (`via`): whoever asks for somebody's rights in an organisation reads that
// organisation's rows alone, whatever the depth of the tree. The rows below follow each grant, each end and each move.

#include <optional>
#include <string>
#include <vector>

#include "accounts/actor.hpp"
#include "core/time.hpp"
#include "storage/database.hpp"

namespace greffier::accounts {

/// Beyond the role itself.
struct GrantTerms {
    bool branch = false;                    ///< in the organisations below too, those to come as well
    std::optional<Timestamp> ends_at = {};  ///< absent: until revoked
    std::string source = {};                ///< the provider whose groups give it (accounts/role_mapping.hpp); empty: a person's hand
    /// Of a contributor, not on a branch: these alone; empty: all; absent: as they are. A role given anew is for all, but what a
    /// provider gives again is given as that person last held it from there.
    std::optional<std::vector<std::string>> services = {};
};

/// The organisation and all that stand below it, within the caller's transaction.
std::vector<OrganisationId> branch_of(storage::Session& session, OrganisationId organisation);

/// A new row of `person`, or the one already held there, with these terms; rows below follow. What a hand grants is no provider's to
/// withdraw any more.
/// Within the caller's transaction. `id` is the new row's when one is needed.
void grant_on(storage::Session& session, PersonId person, OrganisationId organisation, Role role, GrantTerms const& terms, Timestamp now, Uuid id);
/// True of a contributor's role granted in this organisation itself for some services alone. Within the caller's transaction.
bool is_limited_to_services(storage::Session& session, PersonId person, OrganisationId organisation);
/// A contributor's role holds from here on for these services alone; for all when none is named. Within the caller's transaction.
void limit_to_services(storage::Session& session, OrganisationId organisation, Uuid membership, std::vector<std::string> const& services);
/// Ends what was granted here (not what came down from above), and what came down from it. Within the caller's transaction.
void revoke_on(storage::Session& session, PersonId person, OrganisationId organisation, Role role, Timestamp now);
/// The roles that come down to one organisation become those that its place in the tree gives. Within the caller's transaction.
void roles_come_down(storage::Session& session, OrganisationId organisation, Timestamp now);
/// Ends every role whose time has come; how many. Within the caller's transaction.
int end_due_roles(storage::Session& session, Timestamp now);

}  // namespace greffier::accounts
