#include "registers/continuity/continuity.hpp"

#include <gtest/gtest.h>

#include "records/rule_fixture.hpp"
#include "registers/continuity/rules.hpp"
#include "schema/test_bodies.hpp"
#include "schema/test_doors.hpp"

namespace greffier::continuity {
namespace {

using namespace schema;
using records::day;
using records::Places;

Places of(std::string_view id, Plan const& record, std::string status = "draft") { return records::places_found(plan_rules(), id, record, std::move(status)); }

TEST(ContinuitySchema, records_made_by_chance_pass_through_every_door_unchanged) { expect_every_door_open(plan_schema().info()); }

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
