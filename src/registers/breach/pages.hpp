#pragma once
// The pages a breach has beside those of every register: the notification in the authority's order, and the letter to
// the persons, both made to be printed.

#include "records/pages/pages.hpp"

namespace greffier::breach {

/// `services` must outlive the routes.
std::vector<accounts::Route> breach_routes(records::PageServices const& services);

}  // namespace greffier::breach
