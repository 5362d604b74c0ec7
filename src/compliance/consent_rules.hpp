#pragma once
// Rules that hold consents against the points they were given at, and processings against the consents they rest on.

#include <span>

#include "compliance/cross_rules.hpp"
#include "registers/consent/consent.hpp"
#include "registers/consent/point.hpp"

namespace greffier::compliance {

inline constexpr std::string_view consents_slug = "consents";
inline constexpr std::string_view points_slug = "consent-points";

consent::Point point_of(schema::Row const& row);
consent::Consent consent_of(schema::Row const& row);
std::span<CrossRule<consent::Consent> const> cross_consent_rules();
std::span<CrossRule<processing::Processing> const> consents_of_processing_rules();

std::span<Reading const> consent_readings();

}  // namespace greffier::compliance
