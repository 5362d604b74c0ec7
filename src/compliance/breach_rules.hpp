#pragma once
// Rules that read a breach beside the organisation's profile.

#include <span>

#include "compliance/cross_rules.hpp"
#include "registers/breach/breach.hpp"

namespace greffier::compliance {

std::span<CrossRule<breach::Breach> const> cross_breach_rules();

std::span<Reading const> breach_readings();

}  // namespace greffier::compliance
