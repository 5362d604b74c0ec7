#pragma once
// What the linter says of an insurance policy (GOV-014).

#include <span>

#include "records/rule.hpp"
#include "registers/insurance/insurance.hpp"

namespace greffier::insurance {

std::span<records::Rule<Insurance> const> insurance_rules();

}  // namespace greffier::insurance
