#pragma once
// What one declares to the authority when an officer is designated (art. 37(7)): of the body, of who stands for it, of the officer,
// and how the public reaches them. Drawn from the profile; what it lacks is named.

#include <string>
#include <string_view>
#include <vector>

#include "core/locale.hpp"
#include "registers/profile/profile.hpp"

namespace greffier::profile {

enum class DesignationPart { Body, Representative, Officer, Public };
std::string_view code_of(DesignationPart part);   ///< "body": locale key "designation.part.<code>"

struct DesignationLine {
    DesignationPart part{};
    std::string label;        ///< locale key
    std::string words;        ///< empty when the profile does not say
    std::string field;        ///< of the profile, as its form names it
    bool needed = false;      ///< one cannot declare without
};

/// In the order in which one is asked. Thread-safe.
std::vector<DesignationLine> designation_lines(Profile const& profile, Locale const& locale);
/// The needed ones that are empty.
std::vector<DesignationLine> missing_of(std::vector<DesignationLine> const& lines);

}  // namespace greffier::profile
