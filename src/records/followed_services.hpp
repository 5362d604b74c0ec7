#pragma once
// What a new version of the organisation's profile changes for roles: services that took another name.

#include "records/register.hpp"
#include "records/store.hpp"

namespace greffier::records {

/// Of the profile alone, within the transaction that writes it; traced in the journal when a role was changed.
void follow_services(storage::Session& session, OrganisationId organisation, Register const& kind, RecordId id, schema::Row const& was, schema::Row const& now, By const& by);

}  // namespace greffier::records
