#pragma once
// GET /o/{organisation}: what is wrong, what is due, what changed, how the registers stand, and the ledger's head.

#include "overview/pages.hpp"

namespace greffier::overview {

std::vector<accounts::Route> dashboard_routes(OverviewServices const& services);

}  // namespace greffier::overview
