#include "law/cases.hpp"

#include <algorithm>
#include <functional>

#include "law/parameters.hpp"

namespace greffier::law {
namespace {

int figure(std::string_view id, Date day) { return parameter(id, day).number(); }

Error refused(std::string field, std::string code) { return {ErrorKind::Invalid, "invalid", {}, {{std::move(field), std::move(code), {}}}}; }

struct Stood {
    int days = 0;
    bool open = false;
    std::vector<Step> steps;   ///< of pauses that do not count
};

/// Days on which the period stood still, those of overlapping pauses once. `due_after` tells when the period ends after so
/// many days of pause: what is asked later than that suspends nothing.
Result<Stood> standing_still(std::vector<Pause> pauses, Date received, std::optional<Date> today, std::function<Date(int)> const& due_after)
{
    Stood stood;
    std::ranges::sort(pauses, {}, &Pause::asked);
    std::optional<Date> counted_to;
    for (auto const& pause : pauses) {
        if (pause.asked < received) return refused("pauses", "pause_before_receipt");
        if (pause.answered && *pause.answered < pause.asked) return refused("pauses", "pause_reversed");
        if (pause.asked > due_after(stood.days)) {
            stood.steps.push_back({"", "asked_too_late", {{"day", pause.asked}}});
            continue;
        }
        stood.open = stood.open || !pause.answered;
        auto const end = pause.answered ? *pause.answered : std::max(today.value_or(pause.asked), pause.asked);
        auto const begin = counted_to ? std::max(*counted_to, pause.asked) : pause.asked;
        if (end > begin) stood.days += static_cast<int>((std::chrono::sys_days{end} - std::chrono::sys_days{begin}).count());
        counted_to = counted_to ? std::max(*counted_to, end) : end;
    }
    return stood;
}

/// Short months can make the other reading end first: the earlier is the one nobody can dispute.
void keep_earlier(DayPeriod& period, DayPeriod const& other)
{
    if (other.due >= period.due) return;
    period.due = other.due;
    period.steps.push_back({"", "earlier_reading", {{"day", other.start}, {"to", period.due}}});
}

void add_steps(DayPeriod& period, Stood const& stood)
{
    period.steps.insert(period.steps.end(), stood.steps.begin(), stood.steps.end());
    if (stood.open) period.steps.push_back({"", "suspended", {}});
}

}  // namespace

HourPeriod breach_notification(Timestamp aware, Place const& place) { return hours_after(aware, figure("breach.notification", local_date(aware, place.zone)), place); }

Result<RequestDeadline> request_deadline(RequestFacts const& facts, Place const& place)
{
    auto const first = figure("request.answer", facts.received);
    auto const months = first + (facts.extended ? figure("request.extension", facts.received) : 0);
    auto const stood = TRY(standing_still(facts.pauses, facts.received, facts.today, [&](int days) { return months_after(facts.received, months, place.calendar, days).due; }));

    RequestDeadline deadline{months_after(facts.received, months, place.calendar, stood.days), months_after(facts.received, first, place.calendar, stood.days), {}, stood.open, stood.days};
    std::optional<Date> proved;
    for (auto const& pause : facts.pauses)
        if (pause.answered && pause.asked <= deadline.answer.due) proved = std::max(proved.value_or(*pause.answered), *pause.answered);
    if (proved && !stood.open) {
        deadline.from_identity = months_after(*proved, months, place.calendar);
        keep_earlier(deadline.answer, *deadline.from_identity);
        keep_earlier(deadline.extension_notice, months_after(*proved, first, place.calendar));
    }
    add_steps(deadline.answer, stood);
    return deadline;
}

Result<ConsultationDeadline> consultation_deadline(ConsultationFacts const& facts, Place const& place)
{
    auto const weeks = figure("consultation.answer", facts.received) + (facts.extended ? figure("consultation.extension", facts.received) : 0);
    auto const stood = TRY(standing_still(facts.pauses, facts.received, facts.today, [&](int days) { return weeks_after(facts.received, weeks, place.calendar, days).due; }));
    ConsultationDeadline deadline{weeks_after(facts.received, weeks, place.calendar, stood.days),
                                  months_after(facts.received, figure("consultation.extension_notice", facts.received), place.calendar), stood.open, stood.days};
    add_steps(deadline.answer, stood);
    return deadline;
}

Result<IndirectDeadline> indirect_notice_deadline(IndirectFacts const& facts, Place const& place)
{
    if (facts.contact && *facts.contact < facts.obtained) return refused("contact", "before_obtained");
    if (facts.disclosed && *facts.disclosed < facts.obtained) return refused("disclosed", "before_obtained");
    IndirectDeadline deadline{months_after(facts.obtained, figure("indirect.notice", facts.obtained), place.calendar)};
    auto sooner = [&](std::optional<Date> day, IndirectReason reason, std::string_view what) {
        if (!day || *day >= deadline.notice.due) return;
        deadline.reason = reason;
        deadline.notice.nominal = deadline.notice.due = *day;
        deadline.notice.steps.push_back({"", what, {{"day", *day}}});
    };
    sooner(facts.contact, IndirectReason::Contact, "first_contact");
    sooner(facts.disclosed, IndirectReason::Disclosure, "first_disclosure");
    return deadline;
}

}  // namespace greffier::law
