#pragma once
// What the linter says of a continuity plan from its own fields (SEC).

#include <span>

#include "records/rule.hpp"
#include "registers/continuity/continuity.hpp"

namespace greffier::continuity {

std::span<records::Rule<Plan> const> plan_rules();

}  // namespace greffier::continuity
