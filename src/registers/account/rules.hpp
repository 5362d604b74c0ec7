#pragma once
// Rules over one account (SEC-001 to SEC-004).

#include <span>

#include "records/rule.hpp"
#include "registers/account/account.hpp"

namespace greffier::account {

std::span<records::Rule<Account> const> account_rules();

}  // namespace greffier::account
