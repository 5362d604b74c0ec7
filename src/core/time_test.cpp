#include <gtest/gtest.h>

#include "core/time.hpp"

namespace greffier {
namespace {

using namespace std::chrono_literals;

Date day(int y, unsigned m, unsigned d) { return Date{std::chrono::year{y}, std::chrono::month{m}, std::chrono::day{d}}; }
std::string again(std::string_view text)
{
    auto const parsed = parse_timestamp(text);
    return parsed ? to_text(*parsed) : "refused";
}

}  // namespace

TEST(Time, an_instant_is_written_in_utc_with_milliseconds)
{
    EXPECT_EQ(to_text(from_millis(0)), "1970-01-01T00:00:00.000Z");
    EXPECT_EQ(to_text(from_millis(-1)), "1969-12-31T23:59:59.999Z");
    EXPECT_EQ(to_text(from_millis(1'774'876'800'007)), "2026-03-30T13:20:00.007Z");
}

TEST(Time, rfc_3339_is_read_with_any_offset_and_fraction)
{
    EXPECT_EQ(again("2026-03-30T13:20:00Z"), "2026-03-30T13:20:00.000Z");
    EXPECT_EQ(again("2026-03-30t13:20:00z"), "2026-03-30T13:20:00.000Z");
    EXPECT_EQ(again("2026-03-30T15:20:00+02:00"), "2026-03-30T13:20:00.000Z");
    EXPECT_EQ(again("2026-03-30T00:10:00+05:45"), "2026-03-29T18:25:00.000Z");
    EXPECT_EQ(again("2026-12-31T23:30:00-01:00"), "2027-01-01T00:30:00.000Z");
    EXPECT_EQ(again("2026-03-30T13:20:00-00:00"), "2026-03-30T13:20:00.000Z");
    EXPECT_EQ(again("2026-03-30T13:20:00.5Z"), "2026-03-30T13:20:00.500Z");
    EXPECT_EQ(again("2026-03-30T13:20:00.123999999Z"), "2026-03-30T13:20:00.123Z");
    EXPECT_EQ(again("2024-02-29T00:00:00Z"), "2024-02-29T00:00:00.000Z");
}

TEST(Time, what_is_not_rfc_3339_is_refused)
{
    for (auto const* text : {"", "2026-03-30", "2026-03-30T13:20Z", "2026-03-30T13:20:00", "2026-03-30 13:20:00Z", "2026-02-29T00:00:00Z",
                             "2026-13-01T00:00:00Z", "2026-03-30T24:00:00Z", "2026-03-30T13:60:00Z", "2026-03-30T23:59:60Z",
                             "2026-03-30T13:20:00.Z", "2026-03-30T13:20:00+0200", "2026-03-30T13:20:00+24:00", "2026-03-30T13:20:00+02:60",
                             "2026-03-30T13:20:00Z ", "26-03-30T13:20:00Z", "9999-12-31T23:59:59-01:00", "1000-01-01T00:00:00+01:00",
                             "2026-03-3\xc3\xa9T13:20:00Z"}) {
        EXPECT_EQ(again(text), "refused") << text;
    }
}

TEST(Time, only_existing_dates_are_read)
{
    EXPECT_EQ(parse_date("2024-02-29"), day(2024, 2, 29));
    for (auto const* text : {"2026-02-29", "2026-00-10", "2026-04-31", "0999-01-01", "2026-4-1", "2026-04-01T", "", "20260401"}) EXPECT_FALSE(parse_date(text)) << text;
    EXPECT_EQ(to_text(day(2026, 4, 1)), "2026-04-01");
}

TEST(Time, french_dates_are_read_as_people_type_them)
{
    EXPECT_EQ(parse_french_date("30/03/2026"), day(2026, 3, 30));
    EXPECT_EQ(parse_french_date("30.03.2026"), day(2026, 3, 30));
    EXPECT_EQ(parse_french_date("30-03-2026"), day(2026, 3, 30));
    EXPECT_EQ(parse_french_date("1/3/2026"), day(2026, 3, 1));
    for (auto const* text : {"30/03-2026", "31/04/2026", "03/30/2026", "30/03/26", "30/03/2026 ", "2026/03/30", "30", ""}) {
        EXPECT_FALSE(parse_french_date(text)) << text;
    }
}

TEST(Time, a_day_of_paris_has_23_or_25_hours_when_the_hour_changes)
{
    auto const zone = std::string("Europe/Paris");
    EXPECT_EQ(to_text(end_of_day(day(2026, 3, 29), zone)), "2026-03-29T21:59:59.999Z");
    EXPECT_EQ(end_of_day(day(2026, 3, 29), zone) - start_of_day(day(2026, 3, 29), zone) + 1ms, 23h);
    EXPECT_EQ(to_text(end_of_day(day(2026, 10, 25), zone)), "2026-10-25T22:59:59.999Z");
    EXPECT_EQ(end_of_day(day(2026, 10, 25), zone) - start_of_day(day(2026, 10, 25), zone) + 1ms, 25h);
    EXPECT_EQ(to_text(end_of_day(day(2026, 12, 31), zone)), "2026-12-31T22:59:59.999Z");
}

TEST(Time, a_day_whose_midnight_does_not_exist_begins_at_the_change)
{
    EXPECT_EQ(to_text(start_of_day(day(2018, 11, 4), "America/Sao_Paulo")), "2018-11-04T03:00:00.000Z");
    EXPECT_EQ(local_date(start_of_day(day(2018, 11, 4), "America/Sao_Paulo"), "America/Sao_Paulo"), day(2018, 11, 4));
}

TEST(Time, the_local_time_follows_the_zone)
{
    auto const instant = *parse_timestamp("2026-07-14T22:30:15.900Z");
    auto const paris = local_time(instant, "Europe/Paris");
    EXPECT_EQ(paris.date, day(2026, 7, 15));
    EXPECT_EQ(paris.hour, 0);
    EXPECT_EQ(paris.minute, 30);
    EXPECT_EQ(paris.second, 15);
    EXPECT_EQ(paris.offset_minutes, 120);
    EXPECT_EQ(local_time(instant, "America/Martinique").offset_minutes, -240);
    EXPECT_EQ(local_date(instant, "Indian/Reunion"), day(2026, 7, 15));
    EXPECT_EQ(local_time(from_millis(-1), "Etc/UTC").second, 59);
}

TEST(Time, an_unknown_zone_is_told_apart)
{
    EXPECT_TRUE(is_time_zone("Europe/Paris"));
    EXPECT_TRUE(is_time_zone("Pacific/Noumea"));
    for (auto const* zone : {"", "Europe/Nowhere", "../etc/passwd", "europe/paris"}) EXPECT_FALSE(is_time_zone(zone)) << zone;
    EXPECT_THROW((void)local_date(from_millis(0), "Europe/Nowhere"), std::exception);
}

TEST(Time, months_added_stop_at_the_last_day_of_the_month)
{
    EXPECT_EQ(add_months(day(2026, 1, 31), 1), day(2026, 2, 28));
    EXPECT_EQ(add_months(day(2024, 1, 31), 1), day(2024, 2, 29));
    EXPECT_EQ(add_months(day(2026, 3, 31), -1), day(2026, 2, 28));
    EXPECT_EQ(add_months(day(2026, 11, 30), 3), day(2027, 2, 28));
    EXPECT_EQ(add_months(day(2026, 5, 15), 12), day(2027, 5, 15));
    EXPECT_EQ(add_days(day(2026, 12, 31), 1), day(2027, 1, 1));
    EXPECT_EQ(add_days(day(2024, 3, 1), -1), day(2024, 2, 29));
}

TEST(Time, a_manual_clock_moves_only_when_told)
{
    ManualClock clock(from_millis(1000));
    EXPECT_EQ(clock.now(), clock.now());
    clock.advance(1500ms);
    EXPECT_EQ(to_millis(clock.now()), 2500);
    clock.set(from_millis(7));
    EXPECT_EQ(to_millis(clock.now()), 7);
}

}  // namespace greffier
