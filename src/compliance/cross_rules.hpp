#pragma once
// Rules that read more than one record: a processing beside the profile or beside the other processings,
// and the profile beside the whole register.

#include <array>
#include <span>

#include "compliance/reading.hpp"
#include "compliance/scene.hpp"

namespace greffier::compliance {

template <class T>
struct CrossRule {
    std::string_view id;
    records::Severity severity;
    std::string_view article;
    void (*check)(T const&, Scene&, records::Report&);
    /// Registers whose records it asks for: it is silent where one of them is switched off. What it merely reads need not
    /// stand here: a register that is switched off reads as empty.
    std::array<std::string_view, 2> needs = {};
};

std::span<CrossRule<processing::Processing> const> cross_processing_rules();
std::span<CrossRule<profile::Profile> const> cross_profile_rules();
/// What all rules over several records read, these and those of the other files.
std::vector<Reading> const& all_readings();

}  // namespace greffier::compliance
