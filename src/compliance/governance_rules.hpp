#pragma once
// Rules that hold the profile against the registers of governance: who was trained, what the officer reported.

#include <span>

#include "compliance/cross_rules.hpp"

namespace greffier::compliance {

std::span<CrossRule<profile::Profile> const> governance_rules_of_profile();

std::span<Reading const> governance_readings();

}  // namespace greffier::compliance
