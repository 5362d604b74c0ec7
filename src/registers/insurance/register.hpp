#pragma once
#include "records/register.hpp"

namespace greffier::insurance {
/// The policies that pay when something goes wrong with data.
records::Register const& insurance_register();
}  // namespace greffier::insurance
