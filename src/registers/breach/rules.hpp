#pragma once
// What the linter says of a breach from its own fields (BRE). Words: locale keys rule.<ID>.title, .why, .remedy.

#include <span>

#include "records/rule.hpp"
#include "registers/breach/breach.hpp"

namespace greffier::breach {

std::span<records::Rule<Breach> const> breach_rules();

}  // namespace greffier::breach
