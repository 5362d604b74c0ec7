#pragma once
// Rules around transfers and work for others that read more than one record, or the transfers a processing declares itself:
// a lost adequacy shows on every record that rests on it, judged on the day.

#include <span>

#include "compliance/cross_rules.hpp"
#include "registers/processor_activity/processor_activity.hpp"
#include "registers/transfer/transfer.hpp"

namespace greffier::compliance {

inline constexpr std::string_view transfers_slug = "transfers";
inline constexpr std::string_view activities_slug = "processor-activities";

transfer::Transfer transfer_of(schema::Row const& row);
processor_activity::Activity activity_of(schema::Row const& row);

std::span<CrossRule<transfer::Transfer> const> cross_transfer_rules();
/// Parts of cross_processing_rules() and cross_profile_rules().
std::span<CrossRule<processing::Processing> const> transfer_rules_of_processings();
std::span<CrossRule<profile::Profile> const> activity_rules_of_profile();

std::span<Reading const> transfer_readings();

}  // namespace greffier::compliance
