#pragma once
#include "records/register.hpp"

namespace greffier::contract {
/// The contracts that bind processors.
records::Register const& contract_register();
}  // namespace greffier::contract
