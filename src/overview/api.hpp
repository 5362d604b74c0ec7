#pragma once
// What the API reads over registers and organisations: search, notifications, what is at hand. A token reaches its own
// organisation; its person's notifications and favourites are those of that organisation.

#include "overview/pages.hpp"

namespace greffier::overview {

std::vector<accounts::Route> api_routes(OverviewServices const& services);

}  // namespace greffier::overview
