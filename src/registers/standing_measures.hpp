#pragma once
// Which records of the register of measures protect some processings, for the registers whose pages say so.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "records/store.hpp"

namespace greffier {

/// A measure that was there, at least in part.
struct StandingMeasure {
    records::Head head;
    std::string kind;             ///< code of measure_type; empty when nobody said
    bool partial = false;
};

struct StandingMeasures {
    std::vector<StandingMeasure> measures;   ///< by reference
    bool more = false;                       ///< there may be others: no page reads more than `most_standing_measures`
};
constexpr std::size_t most_standing_measures = 200;

/// Statuses of a measure that is there; what is only planned protects nobody.
bool is_there(std::string_view status_of_measure);

/// Those that one of `processings` is protected by: named among `applied`, leading to it, or meant for everything. Now, or as
/// they stood. `register_of_measures`: found by its slug.
StandingMeasures standing_measures(records::Records const& records, records::Register const& register_of_measures, std::vector<RecordId> const& processings,
                                   std::vector<RecordId> const& applied, std::optional<Timestamp> at);

}  // namespace greffier
