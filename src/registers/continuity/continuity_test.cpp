#include "registers/continuity/continuity.hpp"

#include <gtest/gtest.h>

#include "registers/continuity/rules.hpp"
#include "schema/check.hpp"
#include "schema/json.hpp"
#include "schema/test_bodies.hpp"

namespace greffier::continuity {
namespace {

using namespace schema;
using Places = std::vector<std::string>;

Date day(char const* text) { return *parse_date(text); }

Places of(std::string_view id, Plan const& record, std::string status = "draft")
{
    std::vector<records::Finding> all;
    records::Circumstances now;
    now.today = day("2026-11-22");
    now.status = std::move(status);
    for (auto const& rule : plan_rules())
        if (rule.id == id) {
            records::Report report(all, rule.id, rule.severity);
            rule.check(record, now, report);
        }
    Places found;
    for (auto const& one : all) found.push_back(one.place.text());
    return found;
}

TEST(ContinuitySchema, records_made_by_chance_pass_through_every_door_unchanged)
{
    auto const& info = plan_schema().info();
    for (std::uint64_t seed = 0; seed < 150; ++seed) {
        auto const row = RowMaker(seed, seed % 10 == 0 ? 100 : static_cast<int>(seed % 90)).make(info);
        ASSERT_TRUE(check(info, row).empty()) << seed;
        ASSERT_EQ(from_stored(info, to_stored(info, row), info.version), row) << seed;
    }
}

TEST(ContinuitySchema, bodies_of_released_versions_are_read_for_ever) { expect_old_bodies_read(plan_schema().info()); }

TEST(ContinuityRules, a_plan_says_how_long_and_how_much)
{
    Plan plan;
    EXPECT_EQ(of("SEC-010", plan), (Places{"rto", "rpo"}));
    plan.rto = 4;
    plan.rpo = 24;
    EXPECT_TRUE(of("SEC-010", plan).empty());
}

}  // namespace
}  // namespace greffier::continuity
