#pragma once
// Reads a period of retention as people write it ("5 ans à compter du versement de la paie").
// Says nothing when the text leaves room for doubt: a wrong figure would be worse than none.

#include <optional>
#include <string>
#include <string_view>

namespace greffier::law {

struct WrittenPeriod {
    std::string iso;     ///< "P5Y"
    std::string start;   ///< code of the list retention_start; empty when the text names no event, "other" for one the list does not know
    bool operator==(WrittenPeriod const&) const = default;
};

/// French or English text, or an ISO 8601 duration. Thread-safe.
std::optional<WrittenPeriod> parse_period(std::string_view text);

}  // namespace greffier::law
