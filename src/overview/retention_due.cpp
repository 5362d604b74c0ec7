#include "overview/retention_due.hpp"

#include <algorithm>

namespace greffier::overview {

namespace {

constexpr int soon_days = 90, months_between_runs = 12;

Date later(Date from, schema::Duration const& period) { return add_days(add_months(from, period.years * 12 + period.months), period.weeks * 7 + period.days); }

/// A run without lines is about all the data of its processings.
bool concerns(retention::RetentionRun const& run, RecordId processing, processing::DataCategory const& category)
{
    if (std::ranges::none_of(run.processings, [&](ProcessingId const& id) { return id.uuid == processing.uuid; })) return false;
    return run.lines.empty() || std::ranges::any_of(run.lines, [&](auto const& line) { return line.category == category.category; });
}

void read_runs(RetentionDue& due, RecordId processing, std::vector<KnownRun> const& runs)
{
    std::optional<Date> planned, after;
    for (auto const& known : runs) {
        if (known.status == "given_up" || !concerns(known.run, processing, *due.category)) continue;
        if (known.status == "scheduled") {
            if (known.run.planned_on && (!planned || *known.run.planned_on < *planned)) {
                planned = known.run.planned_on;
                due.planned = known.id;
            }
        } else if (known.run.done_on && (!due.last || *known.run.done_on >= *due.last)) {
            due.last = known.run.done_on;
            after = retention::next_run_of(known.run);
        }
    }
    due.next = planned ? planned : after ? after : due.last ? std::optional{add_months(*due.last, months_between_runs)} : std::nullopt;
}

RetentionState state_of(RetentionDue const& due, Date today)
{
    if (!due.next) return RetentionState::Unknown;
    if (*due.next < today) return RetentionState::Late;
    if (due.planned) return RetentionState::Planned;
    if (*due.next <= add_days(today, soon_days)) return RetentionState::Soon;
    return due.last ? RetentionState::UpToDate : RetentionState::Unplanned;
}

}  // namespace

std::string_view code_of(RetentionState state)
{
    switch (state) {
    case RetentionState::Late: return "late";
    case RetentionState::Soon: return "soon";
    case RetentionState::Planned: return "planned";
    case RetentionState::UpToDate: return "ok";
    case RetentionState::Unplanned: return "unplanned";
    case RetentionState::Unknown: return "unknown";
    }
    return {};
}

std::vector<RetentionDue> retention_dues(processing::Processing const& processing, RecordId id, Date began, std::vector<KnownRun> const& runs, Date today)
{
    std::vector<RetentionDue> dues;
    for (auto const& category : processing.data_categories) {
        RetentionDue due{.category = &category};
        read_runs(due, id, runs);
        auto const start = processing.start_date.value_or(processing.sheet_created_on.value_or(began));
        if (!due.next && category.retention_period && *category.retention_period != schema::Duration{}) due.next = later(start, *category.retention_period);
        due.state = state_of(due, today);
        dues.push_back(due);
    }
    return dues;
}

}  // namespace greffier::overview
