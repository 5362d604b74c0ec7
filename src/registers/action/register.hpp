#pragma once
#include "records/register.hpp"

namespace greffier::action {
/// The plan of action.
records::Register const& action_register();
}  // namespace greffier::action
