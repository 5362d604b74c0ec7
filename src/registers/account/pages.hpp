#pragma once
// The access matrix with what is odd, and all the accounts of one person.

#include <vector>

#include "accounts/context.hpp"
#include "records/store.hpp"

namespace greffier::account {

/// /o/{organisation}/accounts/matrix, its table as CSV, and /o/{organisation}/accounts/person. `machinery` must outlive the routes.
std::vector<accounts::Route> account_routes(records::Machinery const& machinery);

}  // namespace greffier::account
