#pragma once
#include "records/register.hpp"

namespace greffier::request {
/// Requests of people about their data (arts. 12, 15-22).
records::Register const& request_register();
}  // namespace greffier::request
