#pragma once
#include "records/register.hpp"

namespace greffier::policy {
/// Policies and procedures, each with who has read it.
records::Register const& policy_register();
}  // namespace greffier::policy
