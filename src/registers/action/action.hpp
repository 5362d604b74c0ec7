#pragma once
// The plan of action (art. 24(1)): what is to be done, by whom and until when, and what made it necessary.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registers/action/lists.hpp"
#include "registers/ids.hpp"
#include "schema/schema.hpp"

namespace greffier::action {

using schema::Duration;
using schema::Money;
using schema::Text;

struct Action {
    // what
    std::string name;
    Text description;
    std::optional<Step> step;
    std::optional<Priority> priority;
    Text deliverable;
    // what it answers
    std::optional<Source> source;
    std::string rule;                     ///< of the finding it treats: "REG-011"
    std::string origin;                   ///< reference of the record the finding was made on, where no link can say it
    std::string origin_part;              ///< the gap or the decision of that record it was made from, in its words
    std::vector<ProcessingId> processings;
    std::vector<ProcessorId> processors;
    std::vector<ContractId> contracts;
    std::vector<TransferId> transfers;
    std::vector<ProcessorActivityId> processor_activities;
    std::vector<BreachId> breaches;
    std::vector<RequestId> requests;
    std::vector<AuditId> audits;
    std::vector<RecommendationId> recommendations;
    std::vector<ProjectId> projects;
    std::vector<CommitteeId> committees;
    // who and when
    std::string service;
    schema::Contact owner;
    std::optional<Date> start_date, due_date;
    std::optional<Duration> repeat_every;
    std::optional<Money> cost_planned, cost_actual;
    std::string workload;
    // how far
    std::optional<schema::Percent> progress;
    std::optional<Date> done_on, checked_on;
    Text result;
    std::vector<EvidenceId> evidence;
    Text notes;
    std::vector<schema::Attachment> attachments;
};

/// Neither done, nor checked, nor given up.
bool is_open(std::string_view status);

schema::Schema<Action> const& schema_of(Action const*);
inline schema::Schema<Action> const& action_schema() { return schema_of(static_cast<Action const*>(nullptr)); }

}  // namespace greffier::action
