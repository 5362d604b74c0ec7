#pragma once
// Two papers of the register of responsibilities: the matrix of who does what, and the contact book of whom to call.

#include "records/pages/pages.hpp"

namespace greffier::responsibility {

/// `services` must outlive the routes.
std::vector<accounts::Route> responsibility_routes(records::PageServices const& services);

}  // namespace greffier::responsibility
