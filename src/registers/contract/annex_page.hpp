#pragma once
// A proposed annex to one contract (art. 28(3)): the wording of each of the twenty-five clauses, or of those it lacks.

#include <vector>

#include "accounts/context.hpp"
#include "records/store.hpp"

namespace greffier::contract {

/// /o/{organisation}/contracts/{id}/annex. `machinery` must outlive the routes.
std::vector<accounts::Route> annex_routes(records::Machinery const& machinery);

}  // namespace greffier::contract
