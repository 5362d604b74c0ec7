#pragma once
// Advice asked of the data protection officer (art. 38(1), 39(1)(a)): the question, the answer, and what the controller
// made of it. The officer advises; the controller decides, and says why when it decides otherwise.

#include <optional>
#include <string>
#include <vector>

#include "registers/advice/lists.hpp"
#include "registers/ids.hpp"
#include "schema/schema.hpp"

namespace greffier::advice {

using schema::Text;

struct Advice {
    // the question
    std::string subject;
    std::optional<Trigger> trigger;
    Text question, context;
    std::string service;
    schema::Contact requester;
    std::optional<Date> asked_on, wanted_by;
    std::vector<ProcessingId> processings;
    std::vector<ProcessorId> processors;
    std::optional<BreachId> breach;
    std::optional<RequestId> request;
    // the officer's answer
    Text answer, recommendations;
    std::string answered_by, specialist;       ///< specialist: who else was asked
    std::optional<Date> answered_on;
    // the controller's decision
    std::optional<Followed> followed;
    Text decision_reason;
    std::string decided_by;
    std::optional<Date> decided_on;
    Text notes;
    std::vector<schema::Attachment> attachments;
};

/// The day by which the officer means to answer: what was asked for, else the house's own measure (law/parameters.csv).
std::optional<Date> answer_due(Advice const& advice);

schema::Schema<Advice> const& schema_of(Advice const*);
inline schema::Schema<Advice> const& advice_schema() { return schema_of(static_cast<Advice const*>(nullptr)); }

}  // namespace greffier::advice
