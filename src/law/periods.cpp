#include "law/periods.hpp"

#include <algorithm>

#include "law/day_words.hpp"

namespace greffier::law {
namespace {

using std::chrono::hours;
using std::chrono::sys_days;

constexpr int least_working_days = 2;   // art. 3(5)

int working_days_between(Date first, Date last, Calendar const& calendar, int enough)
{
    int count = 0;
    for (Date day = first; day <= last && count < enough; day = add_days(day, 1)) count += calendar.is_working(day);
    return count;
}

/// R10, then R11: the last day is a working one, and a period of two days or more holds two of them.
void settle(DayPeriod& period, Calendar const& calendar)
{
    period.due = calendar.working_day_from(period.nominal);
    if (period.due != period.nominal) period.steps.push_back({"R10", "moved", {{"from", period.nominal}, {"to", period.due}}});
    auto const length = (sys_days{period.nominal} - sys_days{period.start}).count();
    if (length < least_working_days || working_days_between(add_days(period.start, 1), period.due, calendar, least_working_days) >= least_working_days) return;
    auto const from = period.due;
    period.due = calendar.working_day_from(add_days(period.due, 1));
    period.steps.push_back({"R11", "two_working_days", {{"from", from}, {"to", period.due}}});
}

void pause(DayPeriod& period, int paused)
{
    if (paused == 0) return;
    auto const from = period.nominal;
    period.nominal = add_days(from, paused);
    period.steps.push_back({"", "paused", {{"days", paused}, {"from", from}, {"to", period.nominal}}});
}

DayPeriod begun(Date event) { return {event, {}, {}, {{"R4", "day_not_counted", {{"day", event}}}}}; }

DayPeriod counted_in_months(Date event, int months)
{
    auto period = begun(event);
    period.nominal = add_months(event, months);
    if (period.nominal.day() == event.day()) period.steps.push_back({"R6", "same_date", {{"months", months}, {"to", period.nominal}}});
    else period.steps.push_back({"R7", "no_such_date", {{"months", months}, {"to", period.nominal}}});
    return period;
}

}  // namespace

std::vector<std::string_view> rules_of(std::vector<Step> const& steps)
{
    std::vector<std::string_view> rules;
    for (auto const& step : steps)
        if (!step.rule.empty() && std::ranges::find(rules, step.rule) == rules.end()) rules.push_back(step.rule);
    return rules;
}

DayPeriod days_after(Date event, int days, Calendar const& calendar, int paused)
{
    auto period = begun(event);
    period.nominal = add_days(event, days);
    period.steps.push_back({"R5", "days", {{"days", days}, {"to", period.nominal}}});
    pause(period, paused);
    settle(period, calendar);
    return period;
}

DayPeriod weeks_after(Date event, int weeks, Calendar const& calendar, int paused)
{
    auto period = begun(event);
    period.nominal = add_days(event, 7 * weeks);
    period.steps.push_back({"R6", "same_weekday", {{"weeks", weeks}, {"to", period.nominal}}});
    pause(period, paused);
    settle(period, calendar);
    return period;
}

DayPeriod months_after(Date event, int months, Calendar const& calendar, int paused)
{
    auto period = counted_in_months(event, months);
    pause(period, paused);
    settle(period, calendar);
    return period;
}

DayPeriod days_before(Date event, int days)
{
    auto period = begun(event);
    period.nominal = period.due = add_days(event, -days);
    period.steps.push_back({"R10", "backwards", {{"days", days}, {"to", period.due}}});
    return period;
}

DayPeriod months_after_unmoved(Date event, int months)
{
    auto period = counted_in_months(event, months);
    period.due = period.nominal;
    period.steps.push_back({"", "unmoved", {{"to", period.due}}});
    return period;
}

HourPeriod hours_after(Timestamp event, int length, Place const& place)
{
    HourPeriod period{event, event + hours{length}, {}, false, {}};
    period.steps.push_back({"", "strict", {{"hours", length}, {"from", event}, {"to", period.strict_due}}});

    // By the clock of the place: where it differs from UTC by half an hour, so do its full hours.
    auto const local = local_time(event, place.zone);
    auto const in_the_hour = std::chrono::minutes{local.minute} + std::chrono::seconds{local.second} + (event - std::chrono::floor<std::chrono::seconds>(event));
    auto const start = std::chrono::floor<std::chrono::milliseconds>(event - in_the_hour + hours{1});
    period.legal_due = start + hours{length};
    period.steps.push_back({"R3", "hour_not_counted", {{"from", event}, {"to", start}}});
    period.steps.push_back({"R3", "hours", {{"hours", length}, {"to", period.legal_due}}});

    if (auto const before = local.offset_minutes, after = local_time(period.strict_due, place.zone).offset_minutes; before != after)
        period.steps.push_back({"", after > before ? "clock_forward" : "clock_back", {{"minutes", std::abs(after - before)}}});

    auto const last = local_date(period.legal_due - std::chrono::milliseconds{1}, place.zone);
    bool rests = false;
    for (Date day = local.date; day <= last && !rests; day = add_days(day, 1)) rests = !place.calendar.is_working(day);
    if (rests) period.steps.push_back({"R9", "rest_days_count", {}});
    period.few_working_days = length >= 24 * least_working_days && working_days_between(local.date, last, place.calendar, least_working_days) < least_working_days;
    if (period.few_working_days) period.steps.push_back({"R11", "two_working_days_disputed", {}});
    return period;
}

std::string words_of(Step const& step, Locale const& locale, Calendar const& calendar)
{
    Arguments arguments;
    for (auto const& [name, fact] : step.facts) {
        std::string text;
        if (auto const* number = std::get_if<std::int64_t>(&fact)) {
            text = locale.plural("period.unit." + std::string{name}, *number);
        } else if (auto const* day = std::get_if<Date>(&fact)) {
            text = weekday_and_date(*day, locale);
            if (auto const holiday = calendar.holiday(*day)) text += " (" + holiday->name(locale.language()) + ")";
        } else {
            text = locale.instant(std::get<Timestamp>(fact));
        }
        arguments.emplace(name, std::move(text));
    }
    return locale.text("period." + std::string{step.what}, arguments);
}

}  // namespace greffier::law
