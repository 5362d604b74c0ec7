#pragma once
// "Forgotten password?": whoever asks learns nothing. Asking is one and the same write for any address; whether somebody
// has it is found out later, by the loop that sends mail.

#include <string>

#include "core/locale.hpp"
#include "mail/outbox.hpp"
#include "storage/database.hpp"

namespace greffier::accounts {

constexpr std::chrono::minutes reset_pause{5};   ///< between two letters to one person, whoever asks

/// `base`: what the address in the letter begins with; `language` of the page, for people who chose none.
Status ask_reset(storage::Database& database, mail::Outbox const& outbox, std::string_view email, std::string const& base, Language language, Timestamp now);
/// Makes the links and letters of those who exist and are not disabled. Returns how many questions were answered.
int answer_resets(storage::Database& database, mail::Outbox const& outbox, Timestamp now);

}  // namespace greffier::accounts
