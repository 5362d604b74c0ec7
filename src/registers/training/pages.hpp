#pragma once
// The pages trainings have beside those of every register: the sheet that people sign, and the share of trained people by
// service.

#include "records/pages/pages.hpp"

namespace greffier::training {

/// `services` must outlive the routes.
std::vector<accounts::Route> training_routes(records::PageServices const& services);

}  // namespace greffier::training
