#include <gtest/gtest.h>

#include "registers/retention/panel.hpp"
#include "registers/retention/retention.hpp"
#include "schema/test_bodies.hpp"

namespace greffier::retention {
namespace {

Date day(char const* text) { return *parse_date(text); }

RetentionRun run_of_two_lines()
{
    RetentionRun run;
    run.lines = {{.id = "a", .outcome = Outcome::Deleted, .count = 40}, {.id = "b", .outcome = Outcome::Deleted, .count = 2}, {.id = "c", .outcome = Outcome::Archived, .count = 3}, {.id = "d", .count = 9}};
    return run;
}

std::vector<std::string_view> dues(RetentionRun const& run, std::string_view status)
{
    std::vector<std::string_view> kinds;
    auto const where = law::Place::of("METRO");
    for (auto const& due : dues_of(retention_run_schema().pack(run), {status, {}, day("2026-11-22"), where})) kinds.push_back(due.kind);
    return kinds;
}
using Kinds = std::vector<std::string_view>;

TEST(RetentionSchema, bodies_of_released_versions_are_read_for_ever) { schema::expect_old_bodies_read(retention_run_schema().info()); }

TEST(RetentionRun, adds_up_what_its_lines_say_became_of_the_data)
{
    auto const totals = totals_of(run_of_two_lines());
    EXPECT_EQ(totals.deleted, 42);
    EXPECT_EQ(totals.archived, 3);
    EXPECT_EQ(totals.anonymised, 0) << "a line without outcome is none";
}

TEST(RetentionRun, comes_again_after_its_period_or_on_the_day_somebody_set)
{
    RetentionRun run;
    run.frequency = schema::Duration{.years = 1};
    EXPECT_FALSE(next_run_of(run)) << "it was not done yet";
    run.done_on = day("2024-02-29");
    EXPECT_EQ(next_run_of(run), day("2025-02-28"));
    run.next_run = day("2025-06-01");
    EXPECT_EQ(next_run_of(run), day("2025-06-01"));
}

TEST(RetentionRun, falls_due_until_it_is_done_and_then_the_next_one_does)
{
    RetentionRun run;
    run.planned_on = day("2026-12-01");
    run.frequency = schema::Duration{.years = 1};
    run.holds = {{.id = "h", .subject = "Dossier 12", .until = day("2027-01-01")}, {.id = "i", .subject = "Dossier 13", .until = day("2027-01-01"), .lifted_on = day("2026-11-01")}};
    EXPECT_EQ(dues(run, "scheduled"), (Kinds{"retention.run", "retention.hold"}));
    run.done_on = day("2026-11-20");
    run.backups_until = day("2026-12-20");
    EXPECT_EQ(dues(run, "carried_out"), (Kinds{"retention.next", "retention.backups", "retention.hold"}));
    EXPECT_FALSE(run.holds[1].stands(day("2026-11-22")));
    EXPECT_TRUE(run.holds[0].stands(day("2027-01-01"))) << "its last day";
    EXPECT_FALSE(run.holds[0].stands(day("2027-01-02")));
}

}  // namespace
}  // namespace greffier::retention
