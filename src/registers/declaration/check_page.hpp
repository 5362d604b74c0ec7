#pragma once
// Each old declaration against the register of today: what no record answers is shown.

#include <vector>

#include "accounts/context.hpp"
#include "records/store.hpp"

namespace greffier::declaration {

/// /o/{organisation}/declarations/check. `machinery` must outlive the routes.
std::vector<accounts::Route> declaration_check_routes(records::Machinery const& machinery);

}  // namespace greffier::declaration
