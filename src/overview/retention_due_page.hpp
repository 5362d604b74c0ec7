#pragma once
// /o/{organisation}/retention/due: what must go and when, and the act that plans a deletion.

#include "overview/pages.hpp"

namespace greffier::overview {

std::vector<accounts::Route> retention_due_routes(OverviewServices const& services);

}  // namespace greffier::overview
