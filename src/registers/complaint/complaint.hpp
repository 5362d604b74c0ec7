#pragma once
// Complaints (art. 77, 57(1)(f), 31): to the authority or to the organisation itself, from their arrival to what was learnt.
// Sealed: who complains and what they say. The subject must not name the person.

#include <optional>
#include <string>
#include <vector>

#include "registers/complaint/lists.hpp"
#include "registers/ids.hpp"
#include "schema/schema.hpp"

namespace greffier::complaint {

using schema::Text;

/// A letter that came or went, and the day by which it wants an answer.
struct Exchange {
    std::string id;
    Direction direction = Direction::FromAuthority;
    std::optional<Date> day, answer_by, answered_on;
    std::string summary;
    Text text;
};

struct Complaint {
    // the complaint
    std::string subject;
    std::optional<Addressee> addressee;
    std::vector<Topic> topics;
    std::string authority, authority_reference, authority_contact;
    std::optional<Date> received_on, answer_by;
    // the person
    schema::Contact complainant;
    Text wording;
    // about
    std::optional<RequestId> request;
    std::vector<ProcessingId> processings;
    std::optional<BreachId> breach;
    std::string service;
    schema::Contact owner;
    // handling
    Text assessment;                      ///< ours: what happened, and whether it is founded
    std::vector<Exchange> exchanges;
    Text answer, dpo_advice;
    std::optional<Date> answered_on;
    // outcome
    std::optional<Outcome> outcome;
    Text outcome_details, measures, lessons;
    std::optional<Date> closed_on;
    std::vector<schema::Attachment> attachments;
};

/// The day by which the organisation answers: the one the authority set, else the house's own measure.
std::optional<Date> answer_due(Complaint const& complaint);

schema::Schema<Exchange> const& schema_of(Exchange const*);
schema::Schema<Complaint> const& schema_of(Complaint const*);
inline schema::Schema<Complaint> const& complaint_schema() { return schema_of(static_cast<Complaint const*>(nullptr)); }

}  // namespace greffier::complaint
