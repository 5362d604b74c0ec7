#pragma once
// GET /o/{organisation}/findings: every finding of the organisation, by rule; the same as JSON and SARIF.

#include "overview/pages.hpp"

namespace greffier::overview {

std::vector<accounts::Route> findings_routes(OverviewServices const& services);

}  // namespace greffier::overview
