#pragma once
// Instants as a clock on the wall shows them: what people type, and what a machine reads with its offset.

#include <optional>
#include <string>
#include <string_view>

#include "core/time.hpp"

namespace greffier {

struct LocalReading {
    Timestamp at{};
    bool twice = false;   ///< the clocks showed that hour twice: the first is taken, the stricter for a deadline
};
/// YYYY-MM-DD or DD/MM/YYYY, then T, a blank or " à ", then HH:MM or HHhMM, seconds optional, by the clock of a zone. An hour that the clocks
/// skipped is nothing, as is what cannot be read; an unknown zone throws.
std::optional<LocalReading> read_local_time(std::string_view text, std::string const& zone);

/// 2026-03-27T14:20, as a field for an instant takes it.
std::string to_local_minutes(Timestamp instant, std::string const& zone);
/// RFC 3339 by the clock of a zone: 2026-03-30T15:20:00+02:00
std::string to_offset_text(Timestamp instant, std::string const& zone);

}  // namespace greffier
