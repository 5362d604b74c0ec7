#include "core/time.hpp"

#include <array>
#include <stdexcept>

#include <date/tz.h>

namespace greffier {
namespace {

using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_days;

void put(std::string& out, int value, int width)
{
    char buffer[12];
    int at = 12;
    do {
        buffer[--at] = static_cast<char>('0' + value % 10);
        value /= 10;
    } while (value != 0);
    while (12 - at < width) buffer[--at] = '0';
    out.append(buffer + at, static_cast<std::size_t>(12 - at));
}

// Exactly `count` digits at `at`, which is moved past them; -1 when they are not there.
int take_digits(std::string_view text, std::size_t& at, std::size_t count)
{
    if (at + count > text.size()) return -1;
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        auto const c = text[at + i];
        if (c < '0' || c > '9') return -1;
        value = value * 10 + (c - '0');
    }
    at += count;
    return value;
}

bool take(std::string_view text, std::size_t& at, std::string_view any_of)
{
    if (at >= text.size() || any_of.find(text[at]) == std::string_view::npos) return false;
    ++at;
    return true;
}

std::optional<Date> existing_date(int year, int month, int day)
{
    if (year < 1000 || month < 1 || day < 1) return std::nullopt;
    Date const date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                    std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok()) return std::nullopt;
    return date;
}

std::optional<Date> take_date(std::string_view text, std::size_t& at)
{
    auto const year = take_digits(text, at, 4);
    if (year < 0 || !take(text, at, "-")) return std::nullopt;
    auto const month = take_digits(text, at, 2);
    if (month < 0 || !take(text, at, "-")) return std::nullopt;
    return existing_date(year, month, take_digits(text, at, 2));
}

std::optional<milliseconds> take_time_of_day(std::string_view text, std::size_t& at)
{
    auto const hour = take_digits(text, at, 2);
    if (hour < 0 || hour > 23 || !take(text, at, ":")) return std::nullopt;
    auto const minute = take_digits(text, at, 2);
    if (minute < 0 || minute > 59 || !take(text, at, ":")) return std::nullopt;
    auto const second = take_digits(text, at, 2);
    if (second < 0 || second > 59) return std::nullopt;   // no clock of ours can show a leap second
    milliseconds result = std::chrono::hours{hour} + minutes{minute} + seconds{second};
    if (!take(text, at, ".")) return result;
    auto const start = at;
    for (int weight = 100; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, weight /= 10) {
        result += milliseconds{(text[at] - '0') * weight};
    }
    if (at == start) return std::nullopt;
    return result;
}

std::optional<minutes> take_offset(std::string_view text, std::size_t& at)
{
    if (take(text, at, "Zz")) return minutes{0};
    auto const negative = at < text.size() && text[at] == '-';
    if (!take(text, at, "+-")) return std::nullopt;
    auto const hour = take_digits(text, at, 2);
    if (hour < 0 || hour > 23 || !take(text, at, ":")) return std::nullopt;
    auto const minute = take_digits(text, at, 2);
    if (minute < 0 || minute > 59) return std::nullopt;
    auto const offset = minutes{hour * 60 + minute};
    return negative ? -offset : offset;
}

}  // namespace

std::string to_text(Date date)
{
    std::string out;
    out.reserve(10);
    put(out, static_cast<int>(date.year()), 4);
    out += '-';
    put(out, static_cast<int>(static_cast<unsigned>(date.month())), 2);
    out += '-';
    put(out, static_cast<int>(static_cast<unsigned>(date.day())), 2);
    return out;
}

std::string to_text(Timestamp instant)
{
    auto const day = std::chrono::floor<days>(instant);
    auto const millis = static_cast<int>((instant - day).count());
    auto out = to_text(Date{day});
    out.reserve(24);
    out += 'T';
    put(out, millis / 3'600'000, 2);
    out += ':';
    put(out, millis / 60'000 % 60, 2);
    out += ':';
    put(out, millis / 1000 % 60, 2);
    out += '.';
    put(out, millis % 1000, 3);
    out += 'Z';
    return out;
}

std::optional<Timestamp> parse_timestamp(std::string_view text)
{
    std::size_t at = 0;
    auto const date = take_date(text, at);
    if (!date || !take(text, at, "Tt")) return std::nullopt;
    auto const time = take_time_of_day(text, at);
    if (!time) return std::nullopt;
    auto const offset = take_offset(text, at);
    if (!offset || at != text.size()) return std::nullopt;
    Timestamp const instant = sys_days{*date} + *time - *offset;
    auto const year = static_cast<int>(Date{std::chrono::floor<days>(instant)}.year());
    if (year < 1000 || year > 9999) return std::nullopt;
    return instant;
}

std::optional<Date> parse_date(std::string_view text)
{
    std::size_t at = 0;
    auto const date = take_date(text, at);
    return at == text.size() ? date : std::nullopt;
}

std::optional<Date> parse_french_date(std::string_view text)
{
    // "1/3/2026" is typed as often as "01/03/2026".
    auto take_one_or_two = [&](std::size_t& at) {
        auto const two = take_digits(text, at, 2);
        return two >= 0 ? two : take_digits(text, at, 1);
    };
    std::size_t at = 0;
    auto const day = take_one_or_two(at);
    if (day < 0 || at >= text.size()) return std::nullopt;
    auto const separator = text.substr(at, 1);
    if (!take(text, at, "/.-")) return std::nullopt;
    auto const month = take_one_or_two(at);
    if (month < 0 || !take(text, at, separator)) return std::nullopt;
    auto const year = take_digits(text, at, 4);
    if (year < 0 || at != text.size()) return std::nullopt;
    return existing_date(year, month, day);
}

std::int64_t to_millis(Timestamp instant) { return instant.time_since_epoch().count(); }
Timestamp from_millis(std::int64_t millis) { return Timestamp{milliseconds{millis}}; }

bool is_time_zone(std::string_view zone)
{
    if (zone.empty()) return false;
    for (auto const& known : date::get_tzdb().zones) {
        if (known.name() == zone) return true;
    }
    return false;
}

namespace {

/// A page shows a hundred instants of one zone, of few half-years: the last answers are kept, per thread.
date::sys_info const& zone_info(std::chrono::sys_seconds instant, std::string const& zone)
{
    struct Known { std::string zone; date::sys_info info{}; };
    thread_local std::array<Known, 4> known;
    thread_local std::size_t next = 0;
    for (auto const& each : known)
        if (each.zone == zone && instant >= each.info.begin && instant < each.info.end) return each.info;
    auto& place = known[next++ % known.size()];
    place.info = date::locate_zone(zone)->get_info(instant);
    place.zone = zone;
    return place.info;
}

}  // namespace

LocalTime local_time(Timestamp instant, std::string const& zone)
{
    auto const& info = zone_info(std::chrono::floor<seconds>(instant), zone);
    auto const shifted = std::chrono::floor<seconds>(instant) + info.offset;
    auto const day = std::chrono::floor<days>(shifted);
    auto const second = static_cast<int>((shifted - day).count());
    return {Date{day}, second / 3600, second / 60 % 60, second % 60,
            static_cast<int>(std::chrono::floor<minutes>(info.offset).count())};
}

Date local_date(Timestamp instant, std::string const& zone) { return local_time(instant, zone).date; }

Timestamp start_of_day(Date date, std::string const& zone)
{
    date::local_seconds const midnight{sys_days{date}.time_since_epoch()};
    // Where midnight does not exist (a change of hour at 0:00) the day begins at the change.
    return date::locate_zone(zone)->to_sys(midnight, date::choose::earliest);
}

Timestamp end_of_day(Date date, std::string const& zone) { return start_of_day(add_days(date, 1), zone) - milliseconds{1}; }

Date add_months(Date date, int months)
{
    auto const moved = date + std::chrono::months{months};
    if (moved.ok()) return moved;
    return Date{moved.year() / moved.month() / std::chrono::last};
}

Date add_days(Date date, int count) { return Date{sys_days{date} + days{count}}; }

Timestamp SystemClock::now() const { return std::chrono::floor<milliseconds>(std::chrono::system_clock::now()); }

Timestamp ManualClock::now() const
{
    std::lock_guard const lock(mutex_);
    return now_;
}

void ManualClock::set(Timestamp instant)
{
    std::lock_guard const lock(mutex_);
    now_ = instant;
}

void ManualClock::advance(milliseconds by)
{
    std::lock_guard const lock(mutex_);
    now_ += by;
}

}  // namespace greffier
