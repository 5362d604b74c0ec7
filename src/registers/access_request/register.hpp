#pragma once
// The register of access requests, as the machinery sees it.

#include "records/register.hpp"

namespace greffier::access_request {
records::Register const& access_request_register();
}
