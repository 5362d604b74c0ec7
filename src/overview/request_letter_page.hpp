#pragma once
#include "overview/pages.hpp"

namespace greffier::overview {
/// The letters of a request as pages made to be printed.
std::vector<accounts::Route> request_letter_routes(OverviewServices const& services);
}  // namespace greffier::overview
