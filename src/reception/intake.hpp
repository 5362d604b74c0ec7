#pragma once
// A message that came by mail becomes a record: a report of an incident, or a request of a person. The same message, known by its
// Message-ID, becomes one whatever way it comes. It stays with its record as it came, sealed, beside its files.

#include <string_view>

#include "accounts/memberships.hpp"
#include "accounts/organisation.hpp"
#include "records/store.hpp"
#include "records/vault.hpp"

namespace greffier::reception {

/// Registers that a message becomes a record of.
bool takes_messages(std::string_view register_slug);

struct IntakeServices {
    records::Machinery const& machinery;
    records::Vault& vault;
    accounts::Memberships& memberships;
};

struct TakenIn {
    records::Stored record;
    bool known = false;                ///< it was taken in before: this is what it became
    bool message_kept = true;          ///< false: too large to be kept whole
    std::size_t files_left_out = 0;    ///< too large, too many, or of a kind that nobody should have to open; they are in the message
};

/// `by`: who brings it; for what a program fetched, the organisation's jobs (accounts::job_actor).
/// Errors: those of mail::read_message; intake_register (no such register here); public_full while too many wait unread.
Result<TakenIn> take_in(IntakeServices const& services, accounts::OrganisationInfo const& where, std::string_view register_slug, std::string_view message, records::By const& by);

}  // namespace greffier::reception
