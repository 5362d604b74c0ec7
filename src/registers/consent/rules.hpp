#pragma once
// What the linter says of a point of collection and of a consent from their own fields (CON). What holds one against the
// other stands in compliance/consent_rules.

#include <span>

#include "records/rule.hpp"
#include "registers/consent/consent.hpp"
#include "registers/consent/point.hpp"

namespace greffier::consent {

std::span<records::Rule<Point> const> point_rules();
std::span<records::Rule<Consent> const> consent_rules();

}  // namespace greffier::consent
