#pragma once
// Who acts, where, in which role. An Actor is made in one place (the guard, or the command line) and carried to
// whatever it does; its `id` is what versions and the ledger name: a membership, never a person, so that the
// histories of two towns do not reveal one person.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/id.hpp"
#include "web/router.hpp"

namespace greffier::accounts {

enum class Role { Administrator, Dpo, Contributor, Reader };
std::string_view code_of(Role role);                       ///< "administrator" …
std::optional<Role> parse_role(std::string_view code);

struct Actor {
    OrganisationId organisation;
    Uuid id;                              ///< membership, or the organisation's command-line actor
    Role role = Role::Reader;             ///< the strongest of `roles`, for display
    std::vector<Role> roles;              ///< strongest first; may() looks at all. Empty: no role in this organisation
    std::optional<PersonId> person;       ///< absent for the command line and for tokens without a person
    bool installation_administrator = false;
    bool by_token = false;                ///< came with an API token: `organisation` is all that is within reach
};

/// The one table of who may do what; read by the guard, shown in the reference. For a permission in an
/// organisation the actor must have been made for that organisation. Loopback is decided by address: never here.
bool may(Actor const& actor, web::Permission permission);
/// The same for one role.
bool grants(Role role, web::Permission permission);
/// Every role, strongest first.
std::vector<Role> const& all_roles();
/// True when one who holds `roles` may hand over `role` to a token: no permission is gained.
bool covers(std::vector<Role> const& roles, Role role);

}  // namespace greffier::accounts
