#include "registers/committee/committee.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "schema/check.hpp"
#include "schema/json.hpp"
#include "schema/test_bodies.hpp"

namespace greffier::committee {
namespace {

using namespace schema;

SchemaInfo const& info() { return committee_schema().info(); }
Date day(char const* text) { return *parse_date(text); }

TEST(CommitteeSchema, records_made_by_chance_pass_through_every_door_unchanged)
{
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        auto const row = RowMaker(seed, seed % 10 == 0 ? 100 : static_cast<int>(seed % 90)).make(info());
        ASSERT_TRUE(check(info(), row).empty()) << seed;
        ASSERT_EQ(from_stored(info(), to_stored(info(), row), info().version), row) << seed;
        ASSERT_TRUE(committee_schema().unpack(row).ok()) << seed;
    }
}

TEST(CommitteeSchema, bodies_of_released_versions_are_read_for_ever) { expect_old_bodies_read(info()); }

TEST(CommitteeDues, the_meeting_then_the_next_one_until_its_day)
{
    Committee meeting;
    meeting.meeting_on = day("2026-11-25");
    meeting.next_on = day("2026-12-20");
    law::Place const place;
    auto const due = [&](std::string_view status, char const* today) { return dues_of(committee_schema().pack(meeting), {status, {}, day(today), place}); };
    ASSERT_EQ(due("to_come", "2026-11-22").size(), 1U);
    EXPECT_EQ(due("to_come", "2026-11-22")[0].kind, "committee.meeting");
    ASSERT_EQ(due("took_place", "2026-12-20").size(), 1U);
    EXPECT_EQ(due("took_place", "2026-12-20")[0].kind, "committee.next");
    EXPECT_TRUE(due("took_place", "2026-12-21").empty());
}

}  // namespace
}  // namespace greffier::committee
