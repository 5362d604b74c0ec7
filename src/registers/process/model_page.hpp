#pragma once
// The life of staff data from hiring to leaving: a process of ours to read, adopt and adapt.

#include <vector>

#include "accounts/context.hpp"
#include "records/store.hpp"

namespace greffier::process {

/// /o/{organisation}/processes/model: its steps; POST adopts it once. `machinery` must outlive the routes.
std::vector<accounts::Route> process_model_routes(records::Machinery const& machinery);

}  // namespace greffier::process
