// The security guide's points and the strength of passwords, as the tables of law/ have them.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "law/passwords.hpp"
#include "law/security_guide.hpp"

namespace greffier::law {
namespace {

Date const today = *parse_date("2026-11-22");

TEST(SecurityGuide, each_of_the_twenty_five_sheets_has_its_points_in_both_languages)
{
    ASSERT_EQ(security_sheets().size(), 26U) << "twenty-five, and archiving";
    for (auto const sheet : security_sheets()) {
        auto const count = std::ranges::count(security_points(), sheet, &SecurityPoint::sheet);
        EXPECT_GE(count, 3) << sheet;
    }
    std::set<std::string> codes, french, english;
    for (auto const& point : security_points()) {
        EXPECT_TRUE(codes.insert(point.code).second) << point.code << " stands twice";
        EXPECT_TRUE(french.insert(point.text_fr).second) << point.code;
        EXPECT_TRUE(english.insert(point.text_en).second) << point.code;
        EXPECT_NE(std::ranges::find(security_sheets(), point.sheet), security_sheets().end()) << point.code;
        EXPECT_TRUE(point.code.starts_with(point.sheet + ".")) << point.code;
        EXPECT_FALSE(point.text_fr.empty() || point.text_en.empty() || point.source.empty() || point.kinds.empty()) << point.code;
        EXPECT_TRUE(point.validity.from) << point.code << " has no date";
        EXPECT_TRUE(point.text_fr.ends_with(".") && point.text_en.ends_with(".")) << point.code;
        for (auto const& risk : point.risks) EXPECT_TRUE(risk == "access" || risk == "change" || risk == "loss") << point.code << " " << risk;
    }
    EXPECT_EQ(security_point("04.3")->sheet, "04");
    EXPECT_EQ(security_point("99.1"), nullptr);
}

TEST(Passwords, the_authoritys_examples_reach_its_thresholds)
{
    EXPECT_EQ(password_threshold("alone", today), 80);
    EXPECT_EQ(password_bits({.length = 12, .lower = true, .upper = true, .digit = true, .special = true}, today), 80);
    EXPECT_GE(password_bits({.length = 14, .lower = true, .upper = true, .digit = true}, today), 80);
    EXPECT_GE(password_bits({.words = 7}, today), 80);
    EXPECT_LT(password_bits({.length = 11, .lower = true, .upper = true, .digit = true, .special = true}, today), 80);
    EXPECT_GE(password_bits({.length = 16, .digit = true}, today), password_threshold("restricted", today));
    EXPECT_EQ(password_bits({.length = 4, .digit = true}, today), password_threshold("device", today));
    EXPECT_EQ(password_bits({.length = 20}, today), 0) << "no character allowed";
}

TEST(Passwords, the_shortest_length_reaches_the_threshold_and_one_less_does_not)
{
    PasswordPolicy policy{.lower = true, .upper = true, .digit = true};
    auto const length = shortest_password(policy, 80, today);
    policy.length = length;
    EXPECT_GE(password_bits(policy, today), 80);
    policy.length = length - 1;
    EXPECT_LT(password_bits(policy, today), 80);
    EXPECT_EQ(shortest_password({}, 80, today), 0);
}

}  // namespace
}  // namespace greffier::law
