#pragma once
#include "records/register.hpp"

namespace greffier::continuity {
/// Plans to go on, and to start again.
records::Register const& continuity_register();
}  // namespace greffier::continuity
