#pragma once
// What one person has in the registers of an organisation, and its passing to another when they leave: the records they answer for,
// drafts, views shared with others. A record handed over is a new version, with its reason; comments stay under the name of who wrote them.

#include "accounts/departure.hpp"
#include "records/store.hpp"

namespace greffier::records {

accounts::Belongings belongings_of(Machinery const& machinery, OrganisationId organisation, accounts::Person const& person, Uuid actor);
/// Within the caller's transaction.
Result<accounts::HandedOver> hand_over(Machinery const& machinery, storage::Session& session, accounts::HandOver const& handing);

}  // namespace greffier::records
