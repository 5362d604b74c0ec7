#pragma once
#include "overview/pages.hpp"

namespace greffier::overview {
/// The invitation to a training: who is asked to come, and the file that puts the session into their calendar.
std::vector<accounts::Route> training_invitation_routes(OverviewServices const& services);
}  // namespace greffier::overview
