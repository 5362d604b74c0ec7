#pragma once
// The acts of a request for access: another person agrees; the access is opened and the account written.

#include <vector>

#include "accounts/context.hpp"
#include "records/store.hpp"

namespace greffier::access_request {

/// `machinery` must outlive the routes.
std::vector<accounts::Route> access_request_routes(records::Machinery const& machinery);

}  // namespace greffier::access_request
