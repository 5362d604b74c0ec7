#include "registers/project/project.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "registers/project/register.hpp"
#include "registers/project/rules.hpp"
#include "schema/check.hpp"
#include "schema/json.hpp"
#include "schema/test_bodies.hpp"

namespace greffier::project {
namespace {

using namespace schema;

SchemaInfo const& info() { return project_schema().info(); }
Date day(char const* text) { return *parse_date(text); }

TEST(ProjectSchema, records_made_by_chance_pass_through_every_door_unchanged)
{
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        auto const row = RowMaker(seed, seed % 10 == 0 ? 100 : static_cast<int>(seed % 90)).make(info());
        ASSERT_TRUE(check(info(), row).empty()) << seed;
        ASSERT_EQ(from_stored(info(), to_stored(info(), row), info().version), row) << seed;
        ASSERT_TRUE(project_schema().unpack(row).ok()) << seed;
    }
}

TEST(ProjectSchema, bodies_of_released_versions_are_read_for_ever) { expect_old_bodies_read(info()); }

std::vector<records::Finding> found(Project const& project, std::string status)
{
    std::vector<records::Finding> all;
    records::Circumstances now;
    now.today = day("2026-11-22");
    now.status = std::move(status);
    for (auto const& one : project_rules()) {
        records::Report report(all, one.id, one.severity);
        one.check(project, now, report);
    }
    return all;
}

TEST(ProjectRegister, a_new_project_has_the_seven_principles_and_the_eight_defaults_ready)
{
    auto const project = project_schema().unpack(project_register().blank());
    ASSERT_TRUE(project.ok());
    EXPECT_EQ(project->by_design.size(), 7U);
    EXPECT_EQ(project->by_default.size(), 8U);
    EXPECT_EQ(project->unsettled_principles(), 7);
}

TEST(ProjectRules, the_principles_are_gone_through_once_the_design_has_begun)
{
    auto project = *project_schema().unpack(project_register().blank());
    EXPECT_TRUE(found(project, "draft").empty());
    ASSERT_EQ(found(project, "in_design").size(), 1U);
    EXPECT_EQ(found(project, "in_design")[0].arguments, (Arguments{{"count", "7"}}));
    project.by_design[0].state = State::Done;
    project.by_design[1].state = State::NotApplicable;
    project.by_design[2].state = State::ToDo;
    project.by_design.erase(project.by_design.begin() + 6);
    EXPECT_EQ(found(project, "live")[0].arguments, (Arguments{{"count", "5"}})) << "one to do, three unseen, one taken away";
    project.personal_data = false;
    EXPECT_TRUE(found(project, "live").empty()) << "no personal data";
}

TEST(ProjectRegister, to_go_live_is_the_controllers_decision)
{
    auto const* step = project_register().transition("in_design", "live");
    ASSERT_NE(step, nullptr);
    EXPECT_TRUE(step->needs_decision);
    Project project;
    project.live_on = day("2027-01-01");
    law::Place const place;
    EXPECT_EQ(dues_of(project_schema().pack(project), {"in_design", {}, day("2026-11-22"), place}).size(), 1U);
    EXPECT_TRUE(dues_of(project_schema().pack(project), {"live", {}, day("2026-11-22"), place}).empty());
}

}  // namespace
}  // namespace greffier::project
