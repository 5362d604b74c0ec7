#pragma once
// What the linter says of a document of the house from its own fields (LAW).

#include <span>

#include "records/rule.hpp"
#include "registers/policy/policy.hpp"

namespace greffier::policy {

std::span<records::Rule<Policy> const> policy_rules();

}  // namespace greffier::policy
