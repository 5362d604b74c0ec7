#pragma once
// GET /notifications: what happened that concerns the person, over their organisations; GET /favourites: what they keep
// at hand and what they opened last.

#include "overview/pages.hpp"
#include "overview/portfolio.hpp"

namespace greffier::overview {

std::vector<accounts::Route> notification_routes(OverviewServices const& services);
std::vector<accounts::Route> favourite_routes(OverviewServices const& services);

/// Where a notification leads; empty when what it was about is gone.
std::string target_of(ShownNotification const& shown);

}  // namespace greffier::overview
