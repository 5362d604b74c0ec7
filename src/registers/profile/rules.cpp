#include "registers/profile/rules.hpp"

#include <vector>

#include "core/text.hpp"

namespace greffier::profile {
namespace {

void controller_not_identified(Profile const& profile, records::Circumstances const&, records::Report& report)
{
    if (is_blank(profile.name)) report.at("name");
    if (!profile.has_contact()) report.at("address");
}

void no_contact_for_rights(Profile const& profile, records::Circumstances const&, records::Report& report)
{
    if (is_blank(profile.rights_contact)) report.at("rights_contact");
}

}  // namespace

std::span<records::Rule<Profile> const> profile_rules()
{
    static constexpr records::Rule<Profile> own[] = {
        {"REG-006", records::Severity::Blocking, "30(1)(a)", controller_not_identified},
        {"RIG-010", records::Severity::Major, "12(2)", no_contact_for_rights},
    };
    static auto const all = [] {
        std::vector<records::Rule<Profile>> rules(std::begin(own), std::end(own));
        for (auto const& rule : officer_rules()) rules.push_back(rule);
        return rules;
    }();
    return all;
}

}  // namespace greffier::profile
