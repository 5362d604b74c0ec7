#pragma once
// Rules over the profile that look whether the house is steered: audits held, committees met (SEC-013, GOV-017).

#include <span>

#include "compliance/cross_rules.hpp"
#include "registers/action/action.hpp"
#include "registers/audit/audit.hpp"
#include "registers/project/project.hpp"

namespace greffier::compliance {

inline constexpr std::string_view actions_slug = "actions";
inline constexpr std::string_view audits_slug = "audits";
inline constexpr std::string_view committees_slug = "committees";
inline constexpr std::string_view projects_slug = "projects";

/// The record of a Row that the register's check accepted; another is a programming error and throws.
action::Action action_of(schema::Row const& row);
audit::Audit audit_of(schema::Row const& row);
project::Project project_of(schema::Row const& row);

std::span<CrossRule<profile::Profile> const> steering_rules_of_profile();

std::span<Reading const> steering_readings();

}  // namespace greffier::compliance
