#pragma once

#include <string>
#include <string_view>

#include "core/locale.hpp"
#include "records/rule.hpp"

namespace greffier::records {

/// Name of the argument by which a finding says why it is graver here than on other data (decision 0064); its value ends a
/// key "finding.heavier.<value>".
inline constexpr std::string_view heavier_argument = "heavier";

/// That reason in a sentence; empty where there is none.
inline std::string heavier_words(Finding const& finding, Locale const& locale)
{
    auto const reason = finding.arguments.find(heavier_argument);
    return reason == finding.arguments.end() ? std::string{} : locale.text("finding.heavier." + reason->second);
}

}  // namespace greffier::records
