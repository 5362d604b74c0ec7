#include "registers/breach/cover.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace greffier::breach {
namespace {

bool asks(Breach const& breach, std::string_view grid, std::string_view item)
{
    return std::ranges::count(cover_questions(breach), CoverQuestion{grid, item}) == 1;
}

TEST(Cover, asks_the_insurer_of_the_cause_the_persons_and_the_damages_of_this_breach_each_once)
{
    Breach b;
    EXPECT_TRUE(cover_questions(b).empty()) << "nothing is known yet";
    b.causes = {{"ransomware"}, {"phishing"}};
    b.subject_categories = {{"public_agents"}, {"employees"}, {"minors"}};
    b.nature = {Nature::Confidentiality};
    b.effects = {{"secrecy_lost"}, {"fraud"}};
    b.risk = Risk::High;
    for (auto const& [grid, item] : {std::pair{"causes", "attack"}, {"causes", "malware"}, {"persons", "employee"}, {"persons", "customer"}, {"damages", "confidentiality"}, {"damages", "compensation"}, {"damages", "notification"}})
        EXPECT_TRUE(asks(b, grid, item)) << grid << " " << item;
    EXPECT_EQ(cover_questions(b).size(), 7U);
    EXPECT_FALSE(asks(b, "causes", "hosting_provider"));
    b.parties = {{.id = "p", .role = PartyRole::Processor}};
    EXPECT_TRUE(asks(b, "causes", "hosting_provider") && asks(b, "damages", "processor"));
}

TEST(Cover, asks_of_an_attack_when_malice_is_all_that_is_known)
{
    Breach b;
    b.intent = Intent::Malicious;
    EXPECT_TRUE(asks(b, "causes", "attack"));
    EXPECT_TRUE(is_attack(b));
    b.intent = Intent::Accidental;
    EXPECT_FALSE(is_attack(b));
    b.causes = {{"a_word_of_ours"}};
    EXPECT_TRUE(cover_questions(b).empty()) << "a cause somebody added is in no grid";
}

TEST(Cover, is_that_of_the_day_it_happened)
{
    Policy policy;
    auto const day = *parse_date("2026-03-03");
    EXPECT_TRUE(policy.held_on(day)) << "without dates it may have been";
    policy.from = parse_date("2026-03-03");
    policy.until = parse_date("2026-03-03");
    EXPECT_TRUE(policy.held_on(day));
    EXPECT_FALSE(policy.held_on(add_days(day, -1)));
    EXPECT_FALSE(policy.held_on(add_days(day, 1)));
    policy.renews = true;
    EXPECT_TRUE(policy.held_on(add_days(day, 1)));
    Breach b;
    EXPECT_EQ(day_of_loss(b, "Europe/Paris"), std::nullopt);
    b.aware_at = parse_timestamp("2026-03-05T23:30:00Z");
    EXPECT_EQ(day_of_loss(b, "Europe/Paris"), parse_date("2026-03-06"));
    b.started_at = parse_timestamp("2026-03-01T10:00:00Z");
    EXPECT_EQ(day_of_loss(b, "Europe/Paris"), parse_date("2026-03-01"));
}

TEST(Cover, is_none_when_every_cause_is_excluded)
{
    Policy policy;
    EXPECT_FALSE(policy.excludes_all_causes());
    policy.answers = {{{"causes", "attack"}, "excluded"}, {{"persons", "employee"}, "included"}};
    EXPECT_TRUE(policy.excludes_all_causes());
    policy.answers.push_back({{"causes", "malware"}, ""});
    EXPECT_FALSE(policy.excludes_all_causes()) << "nobody asked: it may pay";
}

}  // namespace
}  // namespace greffier::breach
