#pragma once
// What concerns children or health weighs heavier (art. 8 and 9, recital 38; decision 0064): findings about how far such
// data go, why they are held and how long are one degree graver than the same finding on other data.

#include <string_view>
#include <vector>

#include "records/heavier_words.hpp"
#include "registers/processing/processing.hpp"

namespace greffier::compliance {

/// "children", "health", "both"; empty where a processing concerns neither.
std::string_view reason_to_weigh_heavier(processing::Processing const& processing);

/// Raises a minor finding of the rules concerned to major, and says why among its arguments. Never to blocking: what forbids a
/// step is said by a rule, not by its weight.
void weigh_heavier(processing::Processing const& processing, std::vector<records::Finding>& findings);

}  // namespace greffier::compliance
