#include "app/lease.hpp"

#include <gtest/gtest.h>

#include "storage/test_database.hpp"

namespace greffier::app {
namespace {

using std::chrono::seconds;

class LeaseTest : public testing::TestWithParam<storage::Engine> {
protected:
    storage::TestDatabase database{GetParam()};
    std::unique_ptr<storage::Database> other_process = database.open();
    Timestamp now = from_millis(1'774'000'000'000);
};

TEST_P(LeaseTest, on_a_shared_database_one_process_works_and_another_takes_over)
{
    Lease first(*database), second(*other_process);
    EXPECT_TRUE(first.hold(now));
    EXPECT_TRUE(first.hold(now + seconds{30}));
    if (GetParam() == storage::Engine::Sqlite) {
        EXPECT_TRUE(second.hold(now));   // a second `serve` is refused there, so nobody is asked
        return;
    }
    EXPECT_FALSE(second.hold(now + seconds{119}));
    EXPECT_TRUE(second.hold(now + seconds{121}));   // the first has been silent for 90 seconds
    EXPECT_FALSE(first.hold(now + seconds{122}));
    first.give_up();                                // not its own any more: nothing happens
    EXPECT_TRUE(second.hold(now + seconds{123}));
    second.give_up();
    EXPECT_TRUE(first.hold(now + seconds{124}));
}

TEST_P(LeaseTest, a_clock_that_was_wrong_by_years_does_not_hold_it_for_years)
{
    Lease first(*database), second(*other_process);
    EXPECT_TRUE(first.hold(now + std::chrono::hours{24 * 365}));
    EXPECT_TRUE(second.hold(now));
}

INSTANTIATE_TEST_SUITE_P(Engines, LeaseTest, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

}  // namespace
}  // namespace greffier::app
