#pragma once
#include "overview/pages.hpp"

namespace greffier::overview {
/// The letter to a client whose instruction breaks the law: shown, printed, kept with the record.
std::vector<accounts::Route> instruction_letter_routes(OverviewServices const& services);
}  // namespace greffier::overview
