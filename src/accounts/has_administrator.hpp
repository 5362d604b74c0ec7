#pragma once
// Internal to accounts/: an organisation that had an administrator keeps one, whichever act takes a role back.

#include "core/id.hpp"
#include "storage/database.hpp"

namespace greffier::accounts {

/// True when somebody whose account is not disabled administers it. Within the caller's transaction.
bool has_administrator(storage::Session& session, OrganisationId organisation);

}  // namespace greffier::accounts
