#pragma once
// Internal to invitations: their letters. Each carries the calendar entry of its reader alone: nobody learns who else comes, or their address.

#include "overview/training_invitations.hpp"

namespace greffier::overview {

/// Waiting: an invitation; Outdated: that it changed; Leaving: that it is off. `organiser` has an address.
mail::NewMail training_letter(accounts::OrganisationInfo const& where, InvitationPlan const& plan, Invitee const& invitee, exchange::CalendarPerson const& organiser, std::string once);

}  // namespace greffier::overview
