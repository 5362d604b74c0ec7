#pragma once
// What the data protection officer does (art. 38, 39): a line a day or a file, from which the year's report is made.

#include <optional>
#include <string>
#include <vector>

#include "registers/activity/lists.hpp"
#include "registers/ids.hpp"
#include "schema/schema.hpp"

namespace greffier::activity {

struct Activity {
    std::string what;
    std::optional<Task> task;
    std::optional<Date> day;
    std::optional<std::int64_t> minutes;
    std::string service, done_by;
    std::optional<std::int64_t> report_year;     ///< of an annual report
    std::string presented_to;                    ///< to whom the report was handed
    schema::Text details, outcome;
    std::vector<ProcessingId> processings;
    std::vector<AdviceId> advice;
    std::vector<TrainingId> trainings;
    std::vector<BreachId> breaches;
    std::vector<RequestId> requests;
    std::vector<ComplaintId> complaints;
    std::vector<schema::Attachment> attachments;
};

schema::Schema<Activity> const& schema_of(Activity const*);
inline schema::Schema<Activity> const& activity_schema() { return schema_of(static_cast<Activity const*>(nullptr)); }

}  // namespace greffier::activity
