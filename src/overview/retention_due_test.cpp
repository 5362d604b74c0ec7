#include "overview/retention_due.hpp"

#include <gtest/gtest.h>

namespace greffier::overview {
namespace {

Date day(char const* text) { return *parse_date(text); }
Date const today = day("2026-11-22");

struct RetentionDues : testing::Test {
    processing::Processing hiring;
    RecordId id = RecordId::make();
    std::vector<KnownRun> runs;

    RetentionDues()
    {
        hiring.start_date = day("2020-01-15");
        hiring.data_categories = {{.id = "a", .category = {"identity"}, .retention_period = schema::Duration{.years = 2}}, {.id = "b", .category = {"health"}}};
    }
    KnownRun& add(char const* status, std::optional<Date> planned, std::optional<Date> done)
    {
        auto& known = runs.emplace_back(KnownRun{RecordId::make(), "PUR-1", status, {}});
        known.run.processings.push_back(ProcessingId{id.uuid});
        known.run.lines = {{.id = "l", .category = {"identity"}}};
        known.run.planned_on = planned;
        known.run.done_on = done;
        return known;
    }
    RetentionDue identity() { return retention_dues(hiring, id, day("2026-01-01"), runs, today).at(0); }
};

TEST_F(RetentionDues, count_the_period_from_the_beginning_when_nothing_was_ever_deleted)
{
    EXPECT_EQ(identity().next, day("2022-01-15"));
    EXPECT_EQ(identity().state, RetentionState::Late);
    hiring.start_date.reset();
    EXPECT_EQ(identity().next, day("2028-01-01")) << "for want of a beginning, the day of the record";
    EXPECT_EQ(identity().state, RetentionState::Unplanned);
}

TEST_F(RetentionDues, know_nothing_of_a_category_without_period)
{
    EXPECT_EQ(retention_dues(hiring, id, today, runs, today).at(1).state, RetentionState::Unknown);
}

TEST_F(RetentionDues, follow_the_run_that_is_planned_and_else_the_one_after_the_last)
{
    auto& done = add("carried_out", std::nullopt, day("2026-03-01"));
    EXPECT_EQ(identity().last, day("2026-03-01"));
    EXPECT_EQ(identity().next, day("2027-03-01")) << "a year when it says nothing";
    EXPECT_EQ(identity().state, RetentionState::UpToDate);
    done.run.next_run = day("2026-12-31");
    EXPECT_EQ(identity().state, RetentionState::Soon);
    add("given_up", day("2026-11-25"), std::nullopt);
    EXPECT_EQ(identity().next, day("2026-12-31")) << "what was given up counts no more";
    add("scheduled", day("2026-12-05"), std::nullopt);
    EXPECT_EQ(identity().next, day("2026-12-05"));
    EXPECT_EQ(identity().state, RetentionState::Planned);
    EXPECT_TRUE(identity().planned);
}

TEST_F(RetentionDues, leave_alone_what_a_run_does_not_name)
{
    add("carried_out", std::nullopt, day("2026-03-01")).run.lines[0].category = {"health"};
    EXPECT_FALSE(identity().last);
    runs[0].run.lines.clear();
    EXPECT_TRUE(identity().last) << "a run without lines is about all the data";
    runs[0].run.processings = {ProcessingId{Uuid::make()}};
    EXPECT_FALSE(identity().last);
}

}  // namespace
}  // namespace greffier::overview
