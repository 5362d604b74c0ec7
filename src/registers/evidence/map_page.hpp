#pragma once
#include <vector>

#include "records/pages/pages.hpp"

namespace greffier::evidence {
/// The families of documents and their gaps, made to be printed. `services` must outlive the routes.
std::vector<accounts::Route> map_routes(records::PageServices const& services);
}  // namespace greffier::evidence
