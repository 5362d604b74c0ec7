#pragma once
// iCalendar (RFC 5545; what is sent by mail: RFC 5546): a calendar as a value, and its text. Pure; thread-safe.
// All instants are written in UTC, so that no reader needs our time zones; a day is a day wherever one is.
//
//   write_calendar({.name = "Échéances", .events = {{.uid = "…@greffier", .stamp = now, .day = due, .summary = "…"}}})

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/locale.hpp"
#include "core/time.hpp"

namespace greffier::exchange {

struct CalendarPerson {
    std::string name, address;          ///< of mail; one that is none throws std::invalid_argument when it is written
    bool answer_wanted = false;         ///< of an attendee
};

struct CalendarEvent {
    std::string uid;                    ///< the same for one thing for ever; never empty
    Timestamp stamp{};                  ///< when it was last changed: the same content gives the same bytes
    std::optional<Date> day = {};       ///< a whole day; else `starts`
    Timestamp starts{};
    std::optional<Timestamp> ends = {}; ///< absent: an instant
    std::string summary, description = {}, location = {}, address = {};   ///< address: of a page
    std::vector<std::string> categories = {};
    int sequence = 0;                   ///< grows with each change that moves it
    enum class State { Confirmed, Cancelled } state = State::Confirmed;
    bool busy = false;                  ///< a deadline takes none of one's time; a meeting does
    std::optional<CalendarPerson> organiser = {};
    std::vector<CalendarPerson> attendees = {};
    std::optional<std::chrono::minutes> alarm_before = {};
};

struct Calendar {
    /// Publish: a feed one subscribes to. Request and Cancel: an invitation, and its end; each event has an organiser.
    enum class Method { Publish, Request, Cancel } method = Method::Publish;
    std::string name = {};              ///< shown by programs that show it
    Language language = Language::French;
    std::optional<std::chrono::minutes> refresh = {};   ///< how often a subscriber may ask again
    std::vector<CalendarEvent> events = {};
};

/// Lines end in CR LF and have at most 75 bytes; a letter is never cut in two.
std::string write_calendar(Calendar const& calendar);

/// For a Content-Type: "text/calendar; charset=utf-8; method=PUBLISH".
std::string calendar_media_type(Calendar::Method method);

}  // namespace greffier::exchange
