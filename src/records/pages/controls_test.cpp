#include "records/pages/controls.hpp"

#include <gtest/gtest.h>

namespace greffier::records {

TEST(DaysLeft, are_counted_in_days_then_in_whole_months_of_the_calendar)
{
    Locale const french(Language::French, "Europe/Paris");
    auto const left = [&](char const* due) { return days_left(*parse_date(due), *parse_date("2026-11-22"), french); };
    EXPECT_EQ(left("2026-11-22"), french.text("due.today"));
    EXPECT_EQ(left("2026-11-20"), french.plural("due.late_days", 2));
    EXPECT_EQ(left("2027-01-21"), french.plural("due.in_days", 60));
    EXPECT_EQ(left("2027-01-22"), french.plural("due.in_months", 2));
    EXPECT_EQ(left("2027-11-21"), french.plural("due.in_months", 11)) << "364 days are not twelve months";
    EXPECT_EQ(left("2027-11-22"), french.plural("due.in_months", 12));
}

}  // namespace greffier::records
