// What follows from a run's answers.

#include "registers/retention/retention.hpp"

namespace greffier::retention {

Totals totals_of(RetentionRun const& run)
{
    Totals totals;
    for (auto const& line : run.lines) {
        if (!line.outcome || !line.count) continue;
        if (*line.outcome == Outcome::Deleted) totals.deleted += *line.count;
        else if (*line.outcome == Outcome::Anonymised) totals.anonymised += *line.count;
        else totals.archived += *line.count;
    }
    return totals;
}

std::optional<Date> next_run_of(RetentionRun const& run)
{
    if (run.next_run) return run.next_run;
    if (!run.done_on || !run.frequency || *run.frequency == schema::Duration{}) return std::nullopt;
    auto const& every = *run.frequency;
    return add_days(add_months(*run.done_on, every.years * 12 + every.months), every.weeks * 7 + every.days);
}

}  // namespace greffier::retention
