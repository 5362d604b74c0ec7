#pragma once
// What the linter says of a contract from its own fields (PRO). Those that read its processor or the processings stand
// in compliance/processor_rules.

#include <span>

#include "records/rule.hpp"
#include "registers/contract/contract.hpp"

namespace greffier::contract {

std::span<records::Rule<Contract> const> contract_rules();

}  // namespace greffier::contract
