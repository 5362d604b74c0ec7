#pragma once
// What each category of data of the processings owes: how long it is kept, and when its next deletion is due. Derived, never stored.

#include <optional>
#include <string>
#include <vector>

#include "registers/processing/processing.hpp"
#include "registers/retention/retention.hpp"

namespace greffier::overview {

/// A run as the calculation needs it.
struct KnownRun {
    RecordId id;
    std::string reference, status;
    retention::RetentionRun run;
};

enum class RetentionState { Late, Soon, Planned, UpToDate, Unplanned, Unknown };
std::string_view code_of(RetentionState state);

struct RetentionDue {
    processing::DataCategory const* category = nullptr;
    std::optional<Date> last;              ///< of the runs done
    std::optional<Date> next;
    std::optional<RecordId> planned;       ///< the run that has a date
    RetentionState state = RetentionState::Unknown;
};

/// One line for each category of the processing. `began`: the day its record was created, for want of a better beginning.
/// The next day is that of the planned run, else what the last run says (a year after it where it says nothing), else the
/// period counted from the beginning of the processing.
std::vector<RetentionDue> retention_dues(processing::Processing const& processing, RecordId id, Date began, std::vector<KnownRun> const& runs, Date today);

}  // namespace greffier::overview
