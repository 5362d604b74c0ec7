#pragma once
#include "core/id.hpp"

namespace greffier::accounts {

/// What a public form brings is written under this id, the same for all of an organisation's (memberships.hpp has the
/// command line's and that of jobs).
Uuid visitor_actor(OrganisationId organisation);

}  // namespace greffier::accounts
