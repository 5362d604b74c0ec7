#pragma once
// What the linter says of an undertaking (GOV-009).

#include <span>

#include "records/rule.hpp"
#include "registers/undertaking/undertaking.hpp"

namespace greffier::undertaking {

std::span<records::Rule<Undertaking> const> undertaking_rules();

}  // namespace greffier::undertaking
