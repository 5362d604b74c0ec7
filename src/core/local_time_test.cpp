#include "core/local_time.hpp"

#include <gtest/gtest.h>

namespace greffier {
namespace {

std::string read(std::string_view text, std::string const& zone = "Europe/Paris")
{
    auto const reading = read_local_time(text, zone);
    return reading ? to_offset_text(reading->at, zone) + (reading->twice ? " twice" : "") : "";
}

TEST(LocalTimes, are_read_as_people_write_them)
{
    for (auto const* text : {"2026-03-27T14:20", "2026-03-27 14:20", "27/03/2026 14:20", "27/3/2026 14h20", "27.03.2026 à 14h20", "27/03/2026 à 14\u00a0h\u00a020", " 2026-03-27T14:20:00 "}) EXPECT_EQ(read(text), "2026-03-27T14:20:00+01:00") << text;
    EXPECT_EQ(read("27/03/2026 9h"), "2026-03-27T09:00:00+01:00");
    EXPECT_EQ(read("2026-07-01T08:05:09", "Indian/Reunion"), "2026-07-01T08:05:09+04:00");
    EXPECT_EQ(read("2026-07-01T08:05", "America/Cayenne"), "2026-07-01T08:05:00-03:00");
}

TEST(LocalTimes, that_cannot_be_read_are_nothing)
{
    for (auto const* text : {"", "2026-03-27", "14:20", "2026-03-27T24:00", "2026-03-27T14:60", "2026-02-29T10:00", "2026-03-27T14", "2026-03-27T14:2", "2026-03-27T14:20:", "2026-03-27T14:20Z", "demain 14h"})
        EXPECT_EQ(read(text), "") << text;
}

TEST(LocalTimes, that_the_clocks_skip_do_not_exist_and_those_shown_twice_are_the_first)
{
    EXPECT_EQ(read("2026-03-29T02:30"), "");
    EXPECT_EQ(read("2026-10-25T02:30"), "2026-10-25T02:30:00+02:00 twice");
}

TEST(LocalTimes, come_back_as_the_field_takes_them)
{
    EXPECT_EQ(to_local_minutes(*parse_timestamp("2026-03-30T13:20:00Z"), "Europe/Paris"), "2026-03-30T15:20");
}

}  // namespace
}  // namespace greffier
