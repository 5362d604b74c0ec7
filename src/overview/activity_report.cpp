#include "overview/activity_report.hpp"

#include <algorithm>
#include <functional>

#include "registers/activity/activity.hpp"
#include "registers/advice/advice.hpp"
#include "registers/breach/breach.hpp"
#include "registers/complaint/complaint.hpp"
#include "registers/request/clock.hpp"
#include "registers/training/training.hpp"

namespace greffier::overview {

namespace {

using records::Stored;

/// What each part is counted with.
struct Year {
    ActivityReport& report;
    Date today;
    law::Place const& place;
    [[nodiscard]] bool holds(std::optional<Date> day) const { return day && static_cast<int>(day->year()) == report.year; }
    [[nodiscard]] std::optional<Date> day_of(std::optional<Timestamp> instant) const { return instant ? std::optional{local_date(*instant, place.zone)} : std::nullopt; }
};

std::int64_t days_between(Date from, Date to) { return (std::chrono::sys_days{to} - std::chrono::sys_days{from}).count(); }

template <class E>
void tally(Tally& into, std::optional<E> const& value)
{
    if (value) ++into[std::string{choices_of(E{}).code(*value)}];
}

void count_request(Year const& year, Stored const& stored)
{
    auto const read = request::request_schema().unpack(stored.row);
    if (!read.ok()) return;
    auto const received = year.day_of(read->received_at);
    if (!year.holds(received)) return;
    auto& counts = year.report.requests;
    ++counts.received;
    for (auto const right : read->rights) ++counts.rights[std::string{request::choices_of(right).code(right)}];
    counts.open += request::is_open(stored.head.status);
    if (read->answered_on) {
        ++counts.answered;
        counts.days += std::max<std::int64_t>(0, days_between(*received, *read->answered_on));
    }
    auto const until = read->answered_on ? *read->answered_on : year.today;
    if (!read->answered_on && !request::is_open(stored.head.status)) return;   // withdrawn: nobody waits for an answer
    if (auto const limit = request::time_limit(*read, until, year.place); limit && until > limit->deadline.answer.due) ++counts.late;
}

void count_breach(Year const& year, Stored const& stored)
{
    auto const b = breach::breach_of(stored.row);
    auto const day = year.day_of(b.aware_at ? b.aware_at : b.reported_at ? b.reported_at : std::optional{stored.head.created_at});
    if (!year.holds(day)) return;
    auto& counts = year.report.breaches;
    ++counts.reported;
    if (stored.head.status == "incident" || stored.head.status == "reported") return;
    ++counts.breaches;
    if (auto const* sent = b.first_notification()) {
        ++counts.notified;
        counts.late += b.aware_at && *sent->sent_at > law::breach_notification(*b.aware_at, year.place).strict_due;
    }
    counts.persons_told += b.persons_informed_at.has_value();
}

void count_training(Year const& year, Stored const& stored)
{
    auto const read = training::training_schema().unpack(stored.row);
    if (!read.ok()) return;
    auto& counts = year.report.trainings;
    for (auto const& reminder : read->reminders) counts.reminders += year.holds(reminder.sent_on);
    if (stored.head.status != "held" || !year.holds(year.day_of(read->starts_at))) return;
    if (read->kind == training::Kind::Campaign) {
        ++counts.campaigns;
        return;
    }
    ++counts.held;
    counts.present += read->count_present();
}

void count_advice(Year const& year, Stored const& stored)
{
    auto const read = advice::advice_schema().unpack(stored.row);
    if (!read.ok() || !year.holds(read->asked_on)) return;
    auto& counts = year.report.advice;
    ++counts.asked;
    tally(counts.triggers, read->trigger);
    tally(counts.followed, read->followed);
    if (!read->answered_on) return;
    ++counts.answered;
    counts.days += std::max<std::int64_t>(0, days_between(*read->asked_on, *read->answered_on));
}

void count_complaint(Year const& year, Stored const& stored)
{
    auto const read = complaint::complaint_schema().unpack(stored.row);
    if (!read.ok() || !year.holds(read->received_on)) return;
    auto& counts = year.report.complaints;
    ++counts.received;
    counts.open += stored.head.status == "lodged" || stored.head.status == "in_progress";
    tally(counts.addressees, read->addressee);
    tally(counts.outcomes, read->outcome);
}

void count_act(Year const& year, Stored const& stored)
{
    auto const read = activity::activity_schema().unpack(stored.row);
    if (!read.ok()) return;
    if (read->task == activity::Task::AnnualReport && read->report_year == year.report.year && read->day) {
        year.report.presented_on = read->day;
        year.report.presented_to = read->presented_to;
    }
    if (!year.holds(read->day)) return;
    auto& log = year.report.log;
    auto const code = read->task ? std::string{activity::choices_of(activity::Task{}).code(*read->task)} : std::string{"other"};
    ++log.entries;
    ++log.count[code];
    log.minutes += read->minutes.value_or(0);
    log.time[code] += read->minutes.value_or(0);
}

struct Part {
    std::string_view slug;
    void (*count)(Year const&, Stored const&);
};
constexpr Part parts[] = {{"requests", count_request}, {"breaches", count_breach}, {"trainings", count_training}, {"advice", count_advice}, {"complaints", count_complaint}, {"activity", count_act}};

}  // namespace

ActivityReport report_of(records::Records const& records, std::vector<records::Register const*> const& known, int year_number, Date today, law::Place const& place)
{
    ActivityReport report{.year = year_number};
    Year const year{report, today, place};
    for (auto const* kind : known) {
        if (kind->single || kind->slug == "notes") continue;   // what is confided to the officer is in no report
        if (auto const* part = std::ranges::find(parts, kind->slug, &Part::slug); part != std::end(parts)) {
            records.each(*kind, {}, [&](Stored const& stored) { part->count(year, stored); });
            continue;
        }
        auto& counted = report.registers.emplace_back(ActivityReport::Register{std::string{kind->slug}});
        for (auto const& [status, count] : records.count_by_status(*kind)) {
            counted.total += count;
            counted.statuses[status] += count;
        }
        if (counted.total == 0) report.registers.pop_back();
    }
    return report;
}

}  // namespace greffier::overview
