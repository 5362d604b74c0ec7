#pragma once
// What the linter says of the organisation's profile from its own fields.

#include <span>

#include "records/rule.hpp"
#include "registers/profile/profile.hpp"

namespace greffier::profile {

std::span<records::Rule<Profile> const> profile_rules();
/// Those among them that look at the data protection officer and at the representative in the Union.
std::span<records::Rule<Profile> const> officer_rules();

}  // namespace greffier::profile
