#pragma once
// Two pages beside the register of measures: the self-assessment by the guide's sheets, and the strength of passwords.

#include <vector>

#include "accounts/context.hpp"
#include "records/pages/pages.hpp"

namespace greffier::measure {

/// `services` must outlive the routes.
std::vector<accounts::Route> measure_routes(records::PageServices const& services);

}  // namespace greffier::measure
