#pragma once
// Periods as Regulation (EEC, Euratom) No 1182/71 counts them. Each result is a value that holds what was counted and the
// steps that led there, so that a reader can follow it. Rules R1 to R11: docs/developer/periods.md.
// Pure functions, thread-safe; nothing here reads a clock.

#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/locale.hpp"
#include "core/time.hpp"
#include "law/holidays.hpp"

namespace greffier::law {

/// Where the act is to be taken: whose holidays count, and by which clock (art. 2(1)).
struct Place {
    Calendar calendar{};
    std::string zone = "Europe/Paris";
    /// The calendar with the clock of its place.
    static Place of(std::string_view calendar) { Calendar found(calendar); auto zone = found.info().zone; return {std::move(found), std::move(zone)}; }
};

/// One step of a calculation: the rule applied ("R7", "" for what is no rule of the Regulation) and its figures.
struct Step {
    using Fact = std::variant<std::int64_t, Date, Timestamp>;
    std::string_view rule;
    std::string_view what;                                   ///< words: locale key "period.<what>"
    std::vector<std::pair<std::string_view, Fact>> facts = {};
    bool operator==(Step const&) const = default;
};
/// The sentence of a step; a date that is a holiday is named as one. Instants are told in the locale's zone.
std::string words_of(Step const& step, Locale const& locale, Calendar const& calendar);
/// Rules applied, each once, in the order of the steps.
std::vector<std::string_view> rules_of(std::vector<Step> const& steps);

/// A period that ends with a day.
struct DayPeriod {
    Date start{};              ///< the day of the event, which is not counted (art. 3(1))
    Date nominal{};            ///< where counting alone ends
    Date due{};                ///< the last day, moved to a working day when it must be (art. 3(4))
    std::vector<Step> steps = {};
    bool operator==(DayPeriod const&) const = default;
};
/// The last instant of a day at the place: a period ends with the last hour of its last day (art. 3(2)).
inline Timestamp end_of(Date due, Place const& place) { return end_of_day(due, place.zone); }

// `paused` whole days are added behind the counted end, before it is moved to a working day.
DayPeriod days_after(Date event, int days, Calendar const& calendar, int paused = 0);
DayPeriod weeks_after(Date event, int weeks, Calendar const& calendar, int paused = 0);
DayPeriod months_after(Date event, int months, Calendar const& calendar, int paused = 0);
/// The last day on which an act may be done that must be done `days` before `event`: counted backwards, never moved.
DayPeriod days_before(Date event, int days);
/// A period of our own or of a contract, which nothing moves to a working day.
DayPeriod months_after_unmoved(Date event, int months);

/// A period in hours (art. 3(2)(a)), told twice: from the instant itself, and as the Regulation counts.
struct HourPeriod {
    Timestamp event{};
    Timestamp strict_due{};    ///< event + hours: what nobody can dispute
    Timestamp legal_due{};     ///< the hour of the event is not counted
    /// Fewer than two working days are touched: art. 3(5) might lengthen it, which is disputed and never relied upon.
    bool few_working_days = false;
    std::vector<Step> steps = {};
    bool operator==(HourPeriod const&) const = default;
};
/// Hours are physical ones: a change of clocks moves the hour shown, not the length.
HourPeriod hours_after(Timestamp event, int hours, Place const& place);

}  // namespace greffier::law
