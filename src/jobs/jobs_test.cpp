#include "jobs/jobs.hpp"

#include <gtest/gtest.h>

#include "jobs/runner.hpp"
#include "storage/test_database.hpp"

namespace greffier::jobs {
namespace {

class JobsTest : public ::testing::TestWithParam<storage::Engine> {
protected:
    storage::TestDatabase database{GetParam()};
    Jobs jobs{*database};
    OrganisationId town = OrganisationId::make();
    Timestamp clock = *parse_timestamp("2026-03-01T08:00:00Z");
    std::function<Timestamp()> now = [this] { return clock; };

    JobId add(std::string kind = "count")
    {
        NewJob job{.organisation = town, .actor = Uuid::make(), .kind = std::move(kind), .payload = R"({"act":"x"})", .total = 3};
        EXPECT_TRUE(jobs.add(job, clock).ok());
        return job.id;
    }
    Job find(JobId id) { return *jobs.find(town, id); }
};

TEST_P(JobsTest, a_job_is_done_once_and_keeps_its_result)
{
    auto const id = add();
    int times = 0;
    Runner runner(*database, now, {{"count", [&](Lease& lease) -> Status {
        ++times;
        lease.progress(3, 3);
        lease.give_result(R"({"counted":3})");
        return Nothing{};
    }}}, Runner::Start::ByHand);
    EXPECT_TRUE(runner.run_one());
    EXPECT_FALSE(runner.run_one());
    EXPECT_EQ(times, 1);
    auto const job = find(id);
    EXPECT_EQ(job.state, State::Done);
    EXPECT_EQ(job.progress, 3);
    EXPECT_EQ(job.result, R"({"counted":3})");
}

TEST_P(JobsTest, the_same_id_is_added_once)
{
    NewJob const job{.organisation = town, .actor = {}, .kind = "count", .payload = "{}"};
    ASSERT_TRUE(jobs.add(job, clock).ok());
    ASSERT_TRUE(jobs.add(job, clock).ok());
    EXPECT_EQ(jobs.list(town).size(), 1u);
}

TEST_P(JobsTest, another_organisation_does_not_see_it)
{
    auto const id = add();
    auto const other = OrganisationId::make();
    EXPECT_EQ(jobs.find(other, id).error().kind, ErrorKind::NotFound);
    EXPECT_EQ(jobs.cancel(other, id, clock).error().kind, ErrorKind::NotFound);
    EXPECT_TRUE(jobs.list(other).empty());
}

TEST_P(JobsTest, a_lease_that_ran_out_goes_to_another_and_the_first_writes_no_more)
{
    auto const id = add();
    auto const first = Uuid::make(), second = Uuid::make();
    ASSERT_TRUE(jobs.take(first, clock));
    EXPECT_FALSE(jobs.take(second, clock)) << "it is being done";
    clock += lease_time + std::chrono::seconds(1);
    ASSERT_TRUE(jobs.take(second, clock));
    bool kept = true;
    ASSERT_TRUE(database->write([&](storage::Session& session) -> Status {
        kept = Jobs::keep(session, id, first, 1, 3, clock);
        return Nothing{};
    }).ok());
    EXPECT_FALSE(kept);
    EXPECT_FALSE(jobs.finish(id, first, State::Done, "{}", clock));
    EXPECT_TRUE(jobs.finish(id, second, State::Done, "{}", clock));
}

TEST_P(JobsTest, a_clock_set_back_by_hours_leaves_no_dead_runners_job_behind)
{
    auto const id = add();
    auto const dead = Uuid::make(), next = Uuid::make();
    ASSERT_TRUE(jobs.take(dead, clock));
    clock -= std::chrono::minutes(4);
    EXPECT_FALSE(jobs.take(next, clock)) << "two machines may disagree by minutes";
    clock -= std::chrono::hours(3);
    ASSERT_TRUE(jobs.take(next, clock));
    EXPECT_FALSE(jobs.finish(id, dead, State::Done, "{}", clock));
}

TEST_P(JobsTest, a_job_interrupted_because_the_database_was_away_is_taken_up_again)
{
    auto const id = add();
    int times = 0;
    Runner runner(*database, now, {{"count", [&](Lease&) -> Status {
        if (++times == 1) throw storage::Unavailable("kept busy by others for too long");
        return Nothing{};
    }}}, Runner::Start::ByHand);
    runner.run_one();
    EXPECT_EQ(find(id).state, State::Waiting);
    runner.run_one();
    EXPECT_EQ(find(id).state, State::Done);
}

TEST_P(JobsTest, work_whose_lease_is_lost_half_way_is_not_finished_by_the_loser)
{
    auto const id = add();
    Runner runner(*database, now, {{"count", [&](Lease& lease) -> Status {
        clock += lease_time + std::chrono::seconds(1);
        EXPECT_TRUE(jobs.take(Uuid::make(), clock)) << "another runner takes it";
        lease.progress(1, 3);
        ADD_FAILURE() << "went on without its lease";
        return Nothing{};
    }}}, Runner::Start::ByHand);
    runner.run_one();
    EXPECT_EQ(find(id).state, State::Running);
}

TEST_P(JobsTest, a_waiting_job_is_cancelled_at_once_and_a_running_one_at_its_next_step)
{
    auto const waiting = add();
    ASSERT_TRUE(jobs.cancel(town, waiting, clock).ok());
    EXPECT_EQ(find(waiting).state, State::Cancelled);
    EXPECT_EQ(jobs.cancel(town, waiting, clock).error().code, "job_finished");

    auto const running = add();
    Runner runner(*database, now, {{"count", [&](Lease& lease) -> Status {
        EXPECT_TRUE(jobs.cancel(town, running, clock).ok());
        lease.progress(1, 3);
        EXPECT_TRUE(lease.cancelled());
        return Nothing{};
    }}}, Runner::Start::ByHand);
    runner.run_one();
    EXPECT_EQ(find(running).state, State::Cancelled);
}

TEST_P(JobsTest, a_failure_is_kept_by_its_code_and_says_nothing_else)
{
    auto const refused = add("refuse"), thrown = add("throw"), unknown = add("nobody");
    Runner runner(*database, now, {{"refuse", [](Lease&) -> Status { return Error::forbidden(); }},
                                   {"throw", [](Lease&) -> Status { throw std::runtime_error("Madame Martin, 12 rue des Lilas"); }}}, Runner::Start::ByHand);
    while (runner.run_one()) {}
    EXPECT_EQ(find(refused).result, "forbidden");
    EXPECT_EQ(find(thrown).result, "internal");
    EXPECT_EQ(find(unknown).result, "unknown_kind");
    EXPECT_EQ(find(thrown).state, State::Failed);
}

TEST_P(JobsTest, what_an_ended_process_was_doing_is_given_back)
{
    auto const id = add();
    ASSERT_TRUE(jobs.take(Uuid::make(), clock));
    EXPECT_EQ(jobs.give_back_all(clock), 1);
    EXPECT_EQ(find(id).state, State::Waiting);
}

TEST_P(JobsTest, results_go_after_seven_days)
{
    auto const id = add();
    auto const owner = Uuid::make();
    ASSERT_TRUE(jobs.take(owner, clock));
    ASSERT_TRUE(jobs.finish(id, owner, State::Done, "{}", clock));
    EXPECT_EQ(jobs.forget_old(clock + std::chrono::hours(24 * 7)), 0);
    EXPECT_EQ(jobs.forget_old(clock + std::chrono::hours(24 * 7 + 1)), 1);
    EXPECT_FALSE(jobs.find(town, id).ok());
}

INSTANTIATE_TEST_SUITE_P(Engines, JobsTest, ::testing::ValuesIn(storage::tested_engines()), storage::engine_name);

}  // namespace
}  // namespace greffier::jobs
