#pragma once
// The paper that says what was deleted, by whom and how: to print, sign and keep.

#include <vector>

#include "accounts/context.hpp"
#include "records/store.hpp"

namespace greffier::retention {

/// /o/{organisation}/retention/{id}/certificate. `machinery` must outlive the routes.
std::vector<accounts::Route> certificate_routes(records::Machinery const& machinery);

}  // namespace greffier::retention
