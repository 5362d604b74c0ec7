#include "registers/profile/rules.hpp"

#include <set>

#include <gtest/gtest.h>

namespace greffier::profile {
namespace {

using namespace std::chrono_literals;
using Found = std::set<std::pair<std::string, records::Severity>>;
using enum records::Severity;

Found judged(Profile const& profile)
{
    std::vector<records::Finding> findings;
    records::Circumstances now;
    now.today = Date{2026y / 6 / 15};
    for (auto const& rule : officer_rules()) {
        records::Report report(findings, rule.id, rule.severity);
        rule.check(profile, now, report);
    }
    Found found;
    for (auto const& one : findings) found.emplace(one.rule, one.severity);
    return found;
}

Profile sound()
{
    Profile profile;
    profile.country.value = "FR";
    profile.dpo.name = "Claire Delmas";
    profile.dpo.function = "Juriste";
    profile.dpo.kind = DpoKind::Internal;
    profile.dpo.cnil_number = "DPO-1";
    profile.dpo.reports_to = ReportsTo::TopManagement;
    profile.dpo.time_pct = schema::Percent{40};
    profile.dpo.resources.value = "Un bureau, un budget.";
    return profile;
}

TEST(OfficerRules, say_nothing_of_an_officer_with_a_position_and_means) { EXPECT_EQ(judged(sound()), Found{}); }

TEST(OfficerRules, want_an_officer_of_a_public_body_and_of_who_answers_yes_to_the_test)
{
    Profile town;
    town.public_body = true;
    EXPECT_TRUE(judged(town).contains({"GOV-001", Blocking}));
    EXPECT_FALSE(judged(town).contains({"GOV-006", Advice})) << "one word is enough";
    Profile host;
    EXPECT_EQ(judged(host), (Found{{"GOV-006", Advice}}));
    host.officer_test.processor_sensitive = true;
    EXPECT_EQ(judged(host), (Found{{"GOV-001", Blocking}})) << "a processor is judged by itself";
    host.officer_test.processor_sensitive = false;
    host.dpo_analysis.value = "Aucun suivi à grande échelle.";
    EXPECT_EQ(judged(host), Found{});
    auto past = sound();
    past.public_body = true;
    past.dpo.ends_on = Date{2026y / 5 / 1};
    EXPECT_TRUE(judged(past).contains({"GOV-001", Blocking})) << "an officer who has left is none";
}

TEST(OfficerRules, see_a_conflict_in_another_role_in_the_function_and_in_the_name)
{
    for (auto const* function : {"Gérant", "Directrice générale", "DRH", "Directeur des ressources humaines"}) {
        auto profile = sound();
        profile.dpo.function = function;
        EXPECT_EQ(judged(profile), (Found{{"GOV-003", Major}})) << function;
        profile.dpo.kind = DpoKind::External;
        EXPECT_EQ(judged(profile), Found{}) << "of their own firm";
    }
    auto profile = sound();
    profile.dpo.other_roles.push_back({"it_management"});
    EXPECT_EQ(judged(profile), (Found{{"GOV-003", Major}}));
    profile.dpo.other_roles = {{"ciso"}};
    EXPECT_EQ(judged(profile), (Found{{"GOV-003", Minor}})) << "case by case";
    profile.dpo.other_roles = {{"archives"}};
    EXPECT_EQ(judged(profile), Found{});
    profile.legal_representative.name = "claire delmas";
    EXPECT_EQ(judged(profile), (Found{{"GOV-003", Major}}));
}

TEST(OfficerRules, ask_for_the_designation_the_reporting_line_the_means_and_a_living_certificate)
{
    auto profile = sound();
    profile.dpo.cnil_number.clear();
    profile.dpo.reports_to = ReportsTo::Director;
    profile.dpo.time_pct.reset();
    profile.dpo.certificate_until = Date{2026y / 6 / 14};
    EXPECT_EQ(judged(profile), (Found{{"GOV-002", Major}, {"GOV-004", Minor}, {"GOV-005", Minor}, {"GOV-007", Advice}}));
}

TEST(OfficerRules, want_a_representative_of_who_is_established_outside_the_union)
{
    auto profile = sound();
    profile.country.value = "US";
    EXPECT_EQ(judged(profile), (Found{{"GOV-015", Major}}));
    profile.eu_representative.name = "Cabinet Roncevaux";
    EXPECT_EQ(judged(profile), Found{});
}

}  // namespace
}  // namespace greffier::profile
