#include "registers/breach/severity.hpp"

#include <gtest/gtest.h>

namespace greffier::breach {
namespace {

Breach scored(DataContext data, Identification identification)
{
    Breach breach;
    breach.score_data = data;
    breach.score_identification = identification;
    return breach;
}

TEST(Severity, of_names_and_business_addresses_seen_by_unknown_people_is_low_and_malice_makes_it_medium)
{
    auto breach = scored(DataContext::Simple, Identification::Maximum);
    breach.score_confidentiality = LostConfidentiality::UnknownRecipients;
    EXPECT_EQ(score_of(breach)->total, 6);   // 1.5
    EXPECT_EQ(score_of(breach)->level, ScoreLevel::Low);
    breach.intent = Intent::Malicious;
    EXPECT_EQ(score_of(breach)->total, 8);   // 2.0
    EXPECT_EQ(score_of(breach)->level, ScoreLevel::Medium);
    EXPECT_EQ(score_of(breach)->suggested(), Risk::Risk);
}

TEST(Severity, of_named_health_results_that_were_stolen_is_very_high)
{
    auto breach = scored(DataContext::Sensitive, Identification::Maximum);
    breach.score_confidentiality = LostConfidentiality::UnknownRecipients;
    breach.intent = Intent::Malicious;
    EXPECT_EQ(score_of(breach)->total, 20);   // 5
    EXPECT_EQ(score_of(breach)->level, ScoreLevel::VeryHigh);
    EXPECT_EQ(score_of(breach)->suggested(), Risk::High);
}

TEST(Severity, reaches_from_a_quarter_to_six)
{
    auto least = scored(DataContext::Simple, Identification::Negligible);
    least.score_context = ContextShift::LessByThree;
    EXPECT_EQ(score_of(least)->total, 1);
    auto most = scored(DataContext::Sensitive, Identification::Maximum);
    most.score_context = ContextShift::MoreByThree;
    most.score_confidentiality = LostConfidentiality::UnknownRecipients;
    most.score_integrity = LostIntegrity::NotRecoverable;
    most.score_availability = LostAvailability::Permanent;
    most.intent = Intent::Malicious;
    EXPECT_EQ(score_of(most)->total, 24);
}

TEST(Severity, waits_for_the_two_answers_it_is_made_of)
{
    Breach breach;
    EXPECT_FALSE(score_of(breach));
    breach.score_data = DataContext::Financial;
    EXPECT_FALSE(score_of(breach));
    breach.score_identification = Identification::Limited;
    EXPECT_EQ(score_of(breach)->total, 6);
    EXPECT_EQ(score_of(breach)->level, ScoreLevel::Low);
}

TEST(Severity, tells_apart_what_stands_beside_the_score)
{
    auto breach = scored(DataContext::Simple, Identification::Limited);
    breach.people_count = 100;
    EXPECT_FALSE(score_of(breach)->many_people);
    breach.people_count = 101;
    breach.unintelligible = true;
    EXPECT_TRUE(score_of(breach)->many_people);
    EXPECT_TRUE(score_of(breach)->unintelligible);
}

}  // namespace
}  // namespace greffier::breach
