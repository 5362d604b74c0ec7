#pragma once
// Information of people, where several records tell it: a processing beside the notices that cover it, a notice beside what
// it was written from, the organisation beside its posters and the page of its site.

#include <span>
#include <string>
#include <vector>

#include "compliance/cross_rules.hpp"
#include "registers/notice/notice.hpp"

namespace greffier::compliance {

inline constexpr std::string_view notices_slug = "notices";

notice::Notice notice_of(schema::Row const& row);

/// The print of what a notice tells of these processings, whatever their order: purposes, data, recipients, transfers,
/// source, automated decisions. Another print makes the notice old.
std::string print_of(std::vector<processing::Processing> const& processings);

std::span<CrossRule<notice::Notice> const> cross_notice_rules();
/// Parts of the processing's and the profile's cross rules.
std::span<CrossRule<processing::Processing> const> notices_of_processing_rules();
std::span<CrossRule<profile::Profile> const> notices_of_profile_rules();

std::span<Reading const> notice_readings();

}  // namespace greffier::compliance
