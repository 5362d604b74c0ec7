#pragma once
// What the data protection officer recommends (art. 39(1)): to whom, on what, what the controller answered, what became of it.
// The answer is the controller's decision, recorded with the status it leads to.

#include <optional>
#include <string>
#include <vector>

#include "records/due.hpp"
#include "registers/ids.hpp"
#include "schema/schema.hpp"

namespace greffier::recommendation {

using schema::Text;

enum class Subject { Failure, Compliance, Security, Rights, Project, Policy, Training, Other };
enum class Weight { Obligation, Strong, Advice };
schema::ChoiceList<Subject> const& choices_of(Subject);
schema::ChoiceList<Weight> const& choices_of(Weight);

struct Recommendation {
    // what is recommended
    std::string name;
    Text text, grounds;
    std::optional<Subject> subject;
    std::optional<Weight> weight;
    std::string author;
    std::optional<Date> made_on;
    std::vector<ProcessingId> processings;
    std::vector<BreachId> breaches;
    std::vector<ContractId> contracts;
    std::vector<AuditId> audits;
    std::vector<ProjectId> projects;
    // the answer
    std::string addressee, service;
    schema::Contact owner;
    std::optional<Date> answer_due, answered_on;
    Text answer;
    // what became of it
    std::optional<Date> follow_up_due, followed_on;
    Text outcome;
    std::vector<EvidenceId> evidence;
    Text notes;
    std::vector<schema::Attachment> attachments;
};

schema::Schema<Recommendation> const& schema_of(Recommendation const*);
inline schema::Schema<Recommendation> const& recommendation_schema() { return schema_of(static_cast<Recommendation const*>(nullptr)); }

/// The answer while it is awaited; then what was accepted, until it is followed.
std::vector<records::Due> dues_of(schema::Row const& row, records::DueContext const& context);

}  // namespace greffier::recommendation
