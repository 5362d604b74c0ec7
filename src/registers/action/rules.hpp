#pragma once
// What the linter says of an action of the plan (GOV).

#include <span>

#include "records/rule.hpp"
#include "registers/action/action.hpp"

namespace greffier::action {

std::span<records::Rule<Action> const> action_rules();

}  // namespace greffier::action
