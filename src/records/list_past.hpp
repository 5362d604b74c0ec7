#pragma once
// Internal to records/: a list of the past, out of versions.

#include <vector>

#include "records/store.hpp"

namespace greffier::records {

/// All that a list with `at` shows on its pages, in its order. Costs the records of that register in that organisation,
/// once. Filters and orders that only the present has are not looked at.
std::vector<Listed> list_of_the_past(Records const& records, Register const& kind, ListQuery const& query);

}  // namespace greffier::records
