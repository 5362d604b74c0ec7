#include "exchange/icalendar.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "core/text.hpp"

namespace greffier::exchange {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using namespace std::chrono;

/// A strict reader: only CR LF ends a line, no line is longer than 75 bytes or cuts a letter; lines are put together again.
std::vector<std::string> lines_of(std::string const& text)
{
    std::vector<std::string> lines;
    for (std::size_t from = 0; from < text.size();) {
        auto const end = text.find("\r\n", from);
        if (end == std::string::npos) throw std::runtime_error("no end of line");
        auto const line = text.substr(from, end - from);
        EXPECT_LE(line.size(), 75U) << line;
        EXPECT_TRUE(is_utf8(line)) << line;
        EXPECT_EQ(line.find('\n'), std::string::npos);
        EXPECT_EQ(line.find('\r'), std::string::npos);
        if (!lines.empty() && line.starts_with(' ')) lines.back() += line.substr(1);
        else lines.push_back(line);
        from = end + 2;
    }
    return lines;
}

std::string value_of(std::vector<std::string> const& lines, std::string const& name)
{
    for (auto const& line : lines)
        if (line.starts_with(name + ":") || line.starts_with(name + ";")) return line.substr(line.find(':') + 1);
    return "(absent)";
}

Timestamp const stamp = *parse_timestamp("2026-03-02T09:00:00Z");

CalendarEvent a_day()
{
    CalendarEvent event;
    event.uid = "1@greffier";
    event.stamp = stamp;
    event.day = Date{2026y / 12 / 31};
    event.summary = "Réponse : DEM-0001";
    return event;
}

TEST(ICalendar, a_deadline_of_a_day_lasts_the_day)
{
    auto const lines = lines_of(write_calendar({.name = "Échéances", .events = {a_day()}}));
    EXPECT_EQ(lines.front(), "BEGIN:VCALENDAR");
    EXPECT_EQ(lines.back(), "END:VCALENDAR");
    EXPECT_EQ(value_of(lines, "VERSION"), "2.0");
    EXPECT_EQ(value_of(lines, "METHOD"), "PUBLISH");
    EXPECT_EQ(value_of(lines, "X-WR-CALNAME"), "Échéances");
    EXPECT_EQ(value_of(lines, "DTSTART"), "20261231");
    EXPECT_EQ(value_of(lines, "DTEND"), "20270101");
    EXPECT_EQ(value_of(lines, "STATUS"), "CONFIRMED");
    EXPECT_EQ(value_of(lines, "TRANSP"), "TRANSPARENT");
    EXPECT_EQ(value_of(lines, "SEQUENCE"), "0");
}

TEST(ICalendar, an_hour_is_written_in_universal_time_whatever_the_clock_on_the_wall)
{
    auto event = a_day();
    event.day.reset();
    event.starts = *parse_timestamp("2026-03-30T15:20:00+02:00");
    event.ends = event.starts + hours{1};
    auto const lines = lines_of(write_calendar({.events = {event}}));
    EXPECT_EQ(value_of(lines, "DTSTART"), "20260330T132000Z");
    EXPECT_EQ(value_of(lines, "DTEND"), "20260330T142000Z");
    event.ends = event.starts;
    EXPECT_EQ(value_of(lines_of(write_calendar({.events = {event}})), "DTEND"), "(absent)") << "an end must come after the start";
}

TEST(ICalendar, what_separates_is_escaped_and_nothing_breaks_out_of_its_line)
{
    auto event = a_day();
    event.summary = "a,b;c\\d\r\nBEGIN:VEVENT\x01\tz";
    event.address = "https://example.test/o/x\r\nATTACH:evil";
    event.categories = {"Légal, à l’heure", "Violation"};
    auto const lines = lines_of(write_calendar({.events = {event}}));
    EXPECT_EQ(value_of(lines, "SUMMARY"), "a\\,b\\;c\\\\d\\nBEGIN:VEVENT z");
    EXPECT_EQ(value_of(lines, "URL"), "https://example.test/o/xATTACH:evil");
    EXPECT_EQ(value_of(lines, "CATEGORIES"), "Légal\\, à l’heure,Violation");
    EXPECT_EQ(value_of(lines, "ATTACH"), "(absent)");
}

TEST(ICalendar, long_lines_are_folded_between_letters_and_read_back_whole)
{
    for (std::size_t before = 0; before < 80; ++before) {
        auto event = a_day();
        event.summary = std::string(before, 'x') + "éàœ’€𝄞" + std::string(200, 'y') + "é";
        EXPECT_EQ(value_of(lines_of(write_calendar({.events = {event}})), "SUMMARY"), event.summary);
    }
}

TEST(ICalendar, an_invitation_names_who_invites_and_who_is_asked)
{
    auto event = a_day();
    event.organiser = CalendarPerson{"Delmas; Claire \"DPO\"", "claire@ville.example"};
    event.attendees = {{"Karim", "karim@ville.example", true}, {"", "paul@ville.example", false}};
    event.alarm_before = minutes{30};
    event.busy = true;
    event.sequence = 2;
    event.state = CalendarEvent::State::Cancelled;
    Calendar const calendar{.method = Calendar::Method::Cancel, .events = {event}};
    auto const text = write_calendar(calendar);
    auto const all = join(lines_of(text), "\n");
    EXPECT_THAT(all, HasSubstr("METHOD:CANCEL"));
    EXPECT_THAT(all, HasSubstr("ORGANIZER;CN=\"Delmas; Claire 'DPO'\":mailto:claire@ville.example"));
    EXPECT_THAT(all, HasSubstr("RSVP=TRUE;CN=\"Karim\":mailto:karim@ville.example"));
    EXPECT_THAT(all, HasSubstr("NEEDS-ACTION:mailto:paul@ville.example"));
    EXPECT_THAT(all, HasSubstr("TRIGGER:-PT30M"));
    EXPECT_THAT(all, HasSubstr("STATUS:CANCELLED"));
    EXPECT_THAT(all, HasSubstr("TRANSP:OPAQUE"));
    EXPECT_THAT(all, HasSubstr("SEQUENCE:2"));
    EXPECT_EQ(calendar_media_type(calendar.method), "text/calendar; charset=utf-8; method=CANCEL");
    event.attendees = {{"", "no address", false}};
    EXPECT_THROW(write_calendar({.events = {event}}), std::invalid_argument);
}

TEST(ICalendar, an_event_needs_an_identity_and_the_same_content_gives_the_same_bytes)
{
    EXPECT_EQ(write_calendar({.events = {a_day()}}), write_calendar({.events = {a_day()}}));
    auto event = a_day();
    event.uid.clear();
    EXPECT_THROW(write_calendar({.events = {event}}), std::invalid_argument);
}

}  // namespace
}  // namespace greffier::exchange
