#pragma once

#include "overview/pages.hpp"

namespace greffier::overview {

std::vector<accounts::Route> search_routes(OverviewServices const& services);

}  // namespace greffier::overview
