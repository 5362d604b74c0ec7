#pragma once
// What the linter says of a processor's activity from its own fields (REG). Words: locale keys rule.<ID>.title, .why,
// .remedy. REG-028, that the register is missing, is asked of the organisation: compliance/transfer_rules.

#include <span>

#include "records/rule.hpp"
#include "registers/processor_activity/processor_activity.hpp"

namespace greffier::processor_activity {

std::span<records::Rule<Activity> const> activity_rules();

}  // namespace greffier::processor_activity
