#pragma once
#include <vector>

#include "records/pages/pages.hpp"

namespace greffier::action {
/// The plan by half-year and by step, its sheets to print, and the actions ready to be adopted. `services` must outlive the routes.
std::vector<accounts::Route> plan_routes(records::PageServices const& services);
}  // namespace greffier::action
