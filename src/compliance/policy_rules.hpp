#pragma once
// Rules that read the register of policies: what the organisation must have adopted.

#include <span>

#include "compliance/cross_rules.hpp"
#include "registers/insurance/insurance.hpp"
#include "registers/policy/policy.hpp"
#include "registers/undertaking/undertaking.hpp"

namespace greffier::compliance {

inline constexpr std::string_view policies_slug = "policies";
inline constexpr std::string_view undertakings_slug = "undertakings";
inline constexpr std::string_view insurance_slug = "insurance";

policy::Policy policy_of(schema::Row const& row);
undertaking::Undertaking undertaking_of(schema::Row const& row);
insurance::Insurance insurance_of(schema::Row const& row);

/// The profile beside the policies.
std::span<CrossRule<profile::Profile> const> policies_of_profile_rules();

std::span<Reading const> policy_readings();

}  // namespace greffier::compliance
