#pragma once
// What the linter says of an audit from its own fields (SEC). Whether audits are held often enough stands in compliance/steering_rules.

#include <span>

#include "records/rule.hpp"
#include "registers/audit/audit.hpp"

namespace greffier::audit {

std::span<records::Rule<Audit> const> audit_rules();

}  // namespace greffier::audit
