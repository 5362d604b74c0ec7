#pragma once
// The checklist of one contract on a page made to be printed: the twenty-five clauses, what each asks, what was found.

#include <vector>

#include "accounts/context.hpp"
#include "records/store.hpp"

namespace greffier::contract {

/// `machinery` must outlive the routes.
std::vector<accounts::Route> checklist_routes(records::Machinery const& machinery);

}  // namespace greffier::contract
