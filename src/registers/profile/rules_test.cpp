#include "registers/profile/rules.hpp"

#include <gtest/gtest.h>

namespace greffier::profile {
namespace {

TEST(ProfileRules, ask_who_the_controller_is_and_how_to_reach_him)
{
    auto const found = [](Profile const& profile) {
        std::vector<records::Finding> findings;
        auto const& rule = profile_rules().front();
        records::Report report(findings, rule.id, rule.severity);
        rule.check(profile, {}, report);
        return findings.size();
    };
    Profile profile;
    EXPECT_EQ(found(profile), 2U);
    profile.name = "Commune de Belleval";
    EXPECT_EQ(found(profile), 1U);
    profile.email = {"mairie@belleval.example"};
    EXPECT_EQ(found(profile), 0U);
}

TEST(ProfileRules, ask_where_people_write_to_exercise_their_rights)
{
    auto const found = [](Profile const& profile) {
        std::vector<records::Finding> findings;
        for (auto const& rule : profile_rules())
            if (rule.id == "RIG-010") {
                records::Report report(findings, rule.id, rule.severity);
                rule.check(profile, {}, report);
            }
        return findings.size();
    };
    Profile profile;
    EXPECT_EQ(found(profile), 1U);
    profile.rights_contact = "donnees@belleval.example";
    EXPECT_EQ(found(profile), 0U);
}

}  // namespace
}  // namespace greffier::profile
