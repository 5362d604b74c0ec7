#pragma once
// Rules over one request for access (SEC-030, SEC-031).

#include <span>

#include "records/rule.hpp"
#include "registers/access_request/access_request.hpp"

namespace greffier::access_request {

std::span<records::Rule<AccessRequest> const> access_request_rules();

}  // namespace greffier::access_request
