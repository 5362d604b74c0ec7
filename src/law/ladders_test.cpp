#include "law/ladders.hpp"

#include <gtest/gtest.h>

#include <set>

#include "law/parameters.hpp"

namespace greffier::law {
namespace {

using namespace std::chrono;

Date const day = 2026y / 3 / 3;

std::vector<std::string> codes_of(std::string_view kind, bool legal = true)
{
    std::vector<std::string> codes;
    for (auto const& rung : ladder_of(kind, legal, day)) codes.push_back(rung.code());
    return codes;
}

TEST(Ladders, a_breach_is_reminded_at_0_24_48_60_and_71_hours_and_when_it_is_late)
{
    EXPECT_EQ(codes_of("breach.notification"), (std::vector<std::string>{"start+0h", "start+24h", "start+48h", "start+60h", "start+71h", "due+0h", "due+24h", "due+7d"}));
    // D03: the clocks go forward meanwhile, and hours stay hours.
    auto const aware = *parse_timestamp("2026-03-27T14:20:00+01:00");
    auto const due = aware + hours{72};
    auto const ladder = ladder_of("breach.notification", true, day);
    EXPECT_EQ(instant_of(ladder[2], due, std::nullopt, Place{}), aware + hours{48});
    EXPECT_EQ(instant_of(ladder[4], due, std::nullopt, Place{}), aware + hours{71});
    EXPECT_EQ(instant_of(ladder[5], due, std::nullopt, Place{}), due);
}

TEST(Ladders, days_come_at_seven_in_the_morning_of_the_place)
{
    auto const due = 2026y / 4 / 7;
    auto const at = [&](std::string_view code, Place const& place) { return to_text(instant_of(*parse_rung(code), end_of(due, place), due, place)); };
    EXPECT_EQ(at("due-7d", Place{}), "2026-03-31T05:00:00.000Z");
    EXPECT_EQ(at("due+0d", Place::of("RE")), "2026-04-07T03:00:00.000Z");
    EXPECT_EQ(at("due+1d", Place{}), "2026-04-08T05:00:00.000Z");
    EXPECT_EQ(at("due-1m", Place{}), "2026-03-07T06:00:00.000Z");
    EXPECT_EQ(at("due-2w", Place{}), "2026-04-02T05:00:00.000Z") << "Easter Monday and the weekend are no working days";
}

TEST(Ladders, a_kind_without_steps_of_its_own_has_those_of_the_law_or_of_the_house)
{
    EXPECT_EQ(codes_of("something.new", true), codes_of("*legal", true));
    EXPECT_EQ(codes_of("something.new", false), codes_of("*house", false));
    EXPECT_TRUE(codes_of("request.suspended").empty());
}

TEST(Ladders, every_row_is_sound_and_named_once)
{
    std::set<std::pair<std::string, std::string>> seen;
    for (auto const& rung : rungs()) {
        EXPECT_TRUE(seen.emplace(rung.kind, rung.code()).second) << rung.kind << " " << rung.code();
        auto const again = parse_rung(rung.code());
        ASSERT_TRUE(again) << rung.code();
        EXPECT_EQ(again->code(), rung.code());
        if (rung.anchor == Rung::Anchor::Start) {
            EXPECT_EQ(parameter(rung.kind, day).unit, "hours") << rung.kind;
        }
    }
}

TEST(Ladders, what_is_no_step_is_not_read)
{
    for (auto const text : {"", "due", "due+", "due+7", "due7d", "due+7x", "due+07d", "due+99999d", "start-", "later+1d", "due+4000d", "due--1d"}) EXPECT_FALSE(parse_rung(text)) << text;
}

}  // namespace
}  // namespace greffier::law
