#pragma once
// The actor of work that goes on after its request: a job carries who asked and with which roles, and asks again when
// it runs whether they still hold them.

#include <optional>
#include <string>
#include <vector>

#include "accounts/actor.hpp"
#include "storage/database.hpp"

namespace greffier::accounts {

/// `actor` is a membership, a token that acts for itself, or the command line. What of `roles` is no longer held is
/// left out; nothing when none is left, and in an archived organisation.
std::optional<Actor> still_acting(storage::Database& database, OrganisationId organisation, Uuid actor, std::vector<Role> const& roles, Timestamp now);

}  // namespace greffier::accounts
