#pragma once
// Public holidays of the places where an act is to be taken (Regulation 1182/71, art. 2(1)), from law/holidays.csv and
// law/calendars.csv: dated rows with their source. No day is moved when a holiday falls on a weekend.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/locale.hpp"
#include "core/time.hpp"

namespace greffier::law {

struct CalendarInfo {
    std::string code;          ///< "METRO", "ALSACE_MOSELLE" …; words: locale key "holiday_calendar.<code>"
    std::string zone;          ///< the clock of the place, tzdata name
    bool national = true;      ///< the national holidays count; CUSTOM has its own days alone
};
std::span<CalendarInfo const> calendars();
/// nullptr when there is none of that code.
CalendarInfo const* find_calendar(std::string_view code);

/// Sunday after the first full moon of spring, Gregorian (Meeus, Jones and Butcher).
Date easter(int year);

/// A holiday on one day: a code for words, or the name somebody gave it.
struct Holiday {
    Date day;
    std::string name_fr, name_en;
    [[nodiscard]] std::string const& name(Language language) const { return language == Language::French ? name_fr : name_en; }
};

/// The holidays and working days of one place. A cheap value; reading it is thread-safe.
class Calendar {
public:
    /// A day the organisation adds to those of the law: once, or each year on that date.
    struct OwnDay {
        std::string name;
        Date day;
        bool every_year = false;
    };

    /// An unknown code throws std::invalid_argument: check with find_calendar.
    explicit Calendar(std::string_view code = "METRO", std::vector<OwnDay> own = {});

    [[nodiscard]] CalendarInfo const& info() const { return *info_; }
    [[nodiscard]] std::optional<Holiday> holiday(Date day) const;
    /// Neither a holiday, a Saturday nor a Sunday (Regulation 1182/71, art. 2(2)).
    [[nodiscard]] bool is_working(Date day) const;
    /// The first working day on or after `day`.
    [[nodiscard]] Date working_day_from(Date day) const;
    /// In order of the year.
    [[nodiscard]] std::vector<Holiday> holidays_of(int year) const;

private:
    CalendarInfo const* info_;
    std::vector<OwnDay> own_;
};

}  // namespace greffier::law
