#pragma once
// Who acts, where, in which role. An Actor is made in one place (the guard, or the command line) and carried to
// whatever it does; its `id` is what versions and the ledger name: a membership, never a person, so that the
// histories of two towns do not reveal one person.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/role.hpp"
#include "accounts/sight.hpp"
#include "core/id.hpp"
#include "web/router.hpp"

namespace greffier::accounts {

struct Actor {
    OrganisationId organisation;
    Uuid id;                              ///< membership, or the organisation's command-line actor
    Role role = Role::Reader;             ///< the strongest of `roles`, for display
    std::vector<Role> roles;              ///< strongest first; may() looks at all. Empty: no role in this organisation
    std::optional<PersonId> person;       ///< absent for the command line and for tokens without a person
    bool installation_administrator = false;
    bool by_token = false;                ///< came with an API token: `organisation` is all that is within reach
    bool controller_decides = false;      ///< somebody represents the controller here: the DPO advises, and decides nothing
    bool over_branch = false;             ///< administers the organisations below too
    Sight sight;                          ///< which of the organisation's records; made with the actor, none when nobody made it
    bool sees_all_everywhere = false;     ///< no record is hidden from the person in any of their organisations: spares a condition
    bool keeps_restricted = true;         ///< the organisation has a restricted record: reading one is noted
};

/// The one table of who may do what; read by the guard, shown in the reference. For a permission in an
/// organisation the actor must have been made for that organisation. Loopback is decided by address: never here.
bool may(Actor const& actor, web::Permission permission);
/// The same for one role.
bool grants(Role role, web::Permission permission);
/// Every role, strongest first.
std::vector<Role> const& all_roles();
/// True when one who holds `roles` may hand over `role` to a token: no permission is gained, no decision is taken in
/// another's place, and an auditor's reading is not done under another name.
bool covers(std::vector<Role> const& roles, Role role);
/// The permissions of the table, in its order, for whoever shows it.
std::vector<web::Permission> granted_permissions();

}  // namespace greffier::accounts
