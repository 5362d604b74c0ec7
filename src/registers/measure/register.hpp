#pragma once
#include "records/register.hpp"

namespace greffier::measure {
/// The security measures of the organisation.
records::Register const& measure_register();
}  // namespace greffier::measure
