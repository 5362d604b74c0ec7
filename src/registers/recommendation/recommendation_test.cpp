#include "registers/recommendation/recommendation.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "registers/recommendation/register.hpp"
#include "schema/check.hpp"
#include "schema/json.hpp"
#include "schema/test_bodies.hpp"

namespace greffier::recommendation {
namespace {

using namespace schema;

SchemaInfo const& info() { return recommendation_schema().info(); }
Date day(char const* text) { return *parse_date(text); }

TEST(RecommendationSchema, records_made_by_chance_pass_through_every_door_unchanged)
{
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        auto const row = RowMaker(seed, seed % 10 == 0 ? 100 : static_cast<int>(seed % 90)).make(info());
        ASSERT_TRUE(check(info(), row).empty()) << seed;
        ASSERT_EQ(from_stored(info(), to_stored(info(), row), info().version), row) << seed;
        ASSERT_TRUE(recommendation_schema().unpack(row).ok()) << seed;
    }
}

TEST(RecommendationSchema, bodies_of_released_versions_are_read_for_ever) { expect_old_bodies_read(info()); }

TEST(RecommendationRegister, the_officer_recommends_and_the_controller_decides)
{
    auto const& kind = recommendation_register();
    EXPECT_FALSE(kind.transition("draft", "issued")->needs_decision);
    EXPECT_TRUE(kind.transition("issued", "accepted")->needs_decision);
    EXPECT_TRUE(kind.transition("issued", "declined")->needs_decision);
    EXPECT_TRUE(kind.transition("issued", "declined")->needs_reason);
    EXPECT_EQ(kind.transition("draft", "accepted"), nullptr) << "nobody answers what was not said";
}

TEST(RecommendationDues, an_answer_is_awaited_then_what_was_accepted)
{
    Recommendation one;
    one.answer_due = day("2026-12-01");
    one.follow_up_due = day("2027-03-01");
    law::Place const place;
    auto const due = [&](std::string_view status) { return dues_of(recommendation_schema().pack(one), {status, {}, day("2026-11-22"), place}); };
    ASSERT_EQ(due("issued").size(), 1U);
    EXPECT_EQ(due("issued")[0].kind, "recommendation.answer");
    ASSERT_EQ(due("accepted").size(), 1U);
    EXPECT_EQ(due("accepted")[0].kind, "recommendation.follow_up");
    for (auto const* quiet : {"draft", "declined", "followed"}) EXPECT_TRUE(due(quiet).empty()) << quiet;
}

}  // namespace
}  // namespace greffier::recommendation
