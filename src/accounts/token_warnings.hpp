#pragma once
// API tokens that end within two weeks: whoever holds one is written to, or, of a token that acts for itself, whoever administers
// its organisation. A program that stops working on a Sunday night is found out on Monday.

#include <chrono>
#include <string>

#include "mail/outbox.hpp"
#include "storage/database.hpp"

namespace greffier::accounts {

constexpr std::chrono::days token_warning{14};

/// For the daily work: one letter for each token and reader, however often this is called. `base`: "https://rgpd.example", or empty.
/// Returns how many were queued.
int warn_of_ending_tokens(storage::Database& database, mail::Outbox& outbox, std::string const& base, Timestamp now);

}  // namespace greffier::accounts
