#pragma once
// Time: instants are UTC milliseconds, dates are calendar days; nothing here reads the wall clock
// but SystemClock. Functions take `now`; only app/ and handlers own a Clock.

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace greffier {

using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;
using Date = std::chrono::year_month_day;

/// RFC 3339 in UTC with milliseconds: 2026-03-30T13:20:00.000Z
std::string to_text(Timestamp instant);
/// YYYY-MM-DD
std::string to_text(Date date);
/// RFC 3339 with any offset or Z, seconds optional fraction; nullopt on anything else, or a date that does not exist.
std::optional<Timestamp> parse_timestamp(std::string_view text);
/// YYYY-MM-DD, existing dates of the years 1000 to 9999 only.
std::optional<Date> parse_date(std::string_view text);
/// DD/MM/YYYY (also with . or -), as people type it in France; existing dates only.
std::optional<Date> parse_french_date(std::string_view text);

std::int64_t to_millis(Timestamp instant);
Timestamp from_millis(std::int64_t millis);

/// True when the system's tzdata knows the zone, such as "Europe/Paris".
bool is_time_zone(std::string_view zone);
/// The calendar day of an instant in a zone; an unknown zone throws.
Date local_date(Timestamp instant, std::string const& zone);
/// The last instant of a day in a zone: the first of the next day less one millisecond.
Timestamp end_of_day(Date date, std::string const& zone);
Timestamp start_of_day(Date date, std::string const& zone);

struct LocalTime {
    Date date;
    int hour = 0, minute = 0, second = 0;
    int offset_minutes = 0;   ///< east of Greenwich
};
LocalTime local_time(Timestamp instant, std::string const& zone);

Date add_months(Date date, int months);   ///< the last day of the month when the day does not exist there
Date add_days(Date date, int days);

class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Timestamp now() const = 0;   ///< thread-safe
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] Timestamp now() const override;
};

/// Stands still until told otherwise; for tests and for data directories made with --test-clock.
class ManualClock final : public Clock {
public:
    explicit ManualClock(Timestamp start) : now_(start) {}
    [[nodiscard]] Timestamp now() const override;
    void set(Timestamp instant);
    void advance(std::chrono::milliseconds by);

private:
    mutable std::mutex mutex_;
    Timestamp now_;
};

}  // namespace greffier
