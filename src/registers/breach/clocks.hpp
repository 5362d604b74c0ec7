#pragma once
// The hours and days a breach is held to, each counted by law/.

#include <optional>

#include "law/cases.hpp"
#include "registers/breach/breach.hpp"

namespace greffier::breach {

/// The 72 hours of article 33(1); absent without an hour of awareness, and for a processor, who tells its client.
std::optional<law::HourPeriod> notification_clock(Breach const& breach, law::Place const& place);

/// Within which a report is judged to be a breach or not: the house's.
law::HourPeriod judging_clock(Timestamp reported, law::Place const& place);

/// Within which a client is told of what befell its data at its processor: its contract's delay, else the house's.
law::HourPeriod client_clock(Breach const& breach, Party const* client, law::Place const& place);

/// The complement that an initial notification announces, which the authority hopes for: an advice, no period of law.
std::optional<law::HourPeriod> complement_clock(Breach const& breach, law::Place const& place);

/// The house's target for telling the persons once that is decided: the law says "without undue delay".
std::optional<law::HourPeriod> persons_clock(Breach const& breach, law::Place const& place);

/// How a notification stands to the clock.
enum class Timeliness { InTime, Disputed, Late };   ///< Disputed: behind the strict hour, before the legal limit
Timeliness timeliness(law::HourPeriod const& clock, Timestamp sent);

/// The authority is to be told: nobody has said that a risk is unlikely.
bool is_to_be_notified(Breach const& breach);

}  // namespace greffier::breach
