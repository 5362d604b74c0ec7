#pragma once
// What the organisation does, and the life of the data along its steps.

#include <optional>
#include <string>
#include <vector>

#include "registers/process/lists.hpp"
#include "registers/ids.hpp"
#include "schema/schema.hpp"

namespace greffier::process {

/// One step, at one moment of the life of the data.
struct ProcessStep {
    std::string id;
    std::string name;
    std::optional<Stage> stage;
    schema::Text description;
    std::vector<ProcessingId> processings;
    std::string tools;
    std::string actor;
};

struct Process {
    // process
    std::string name;
    std::optional<Kind> kind;
    schema::Text description;
    std::string service;
    schema::Contact owner;
    // steps
    std::vector<ProcessStep> steps;
    // follow up
    std::optional<Date> last_review;
    std::optional<Date> next_review;
    schema::Text notes;
    std::vector<schema::Attachment> attachments;
};

schema::Schema<ProcessStep> const& schema_of(ProcessStep const*);
schema::Schema<Process> const& schema_of(Process const*);
inline schema::Schema<Process> const& business_process_schema() { return schema_of(static_cast<Process const*>(nullptr)); }

}  // namespace greffier::process
