#pragma once
// Evidence (art. 5(2)): the pieces that prove what was done, what each proves and until when.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "records/due.hpp"
#include "registers/evidence/lists.hpp"
#include "registers/ids.hpp"
#include "schema/schema.hpp"

namespace greffier::evidence {

using schema::Text;

struct Evidence {
    // the piece
    std::string name;
    std::optional<EvidenceKind> kind;
    std::optional<Family> family;
    std::optional<Document> document;
    std::string source, location;
    std::string service;
    schema::Contact owner;
    // what it proves
    Text proves;
    std::vector<ProcessingId> processings;
    std::vector<ProcessorActivityId> processor_activities;
    std::vector<ProcessorId> processors;
    std::vector<ContractId> contracts;
    std::vector<TransferId> transfers;
    std::vector<BreachId> breaches;
    std::vector<RequestId> requests;
    std::vector<AuditId> audits;
    std::vector<MeasureId> measures;
    std::vector<NoticeId> notices;
    std::vector<ProjectId> projects;
    // how long
    std::optional<Date> obtained_on, valid_from, valid_until;
    Text notes;
    std::vector<schema::Attachment> attachments;

    [[nodiscard]] bool is_expired(Date today) const { return valid_until && *valid_until < today; }
};

schema::Schema<Evidence> const& schema_of(Evidence const*);
inline schema::Schema<Evidence> const& evidence_schema() { return schema_of(static_cast<Evidence const*>(nullptr)); }

/// The day after which it proves nothing any more.
std::vector<records::Due> dues_of(schema::Row const& row, records::DueContext const& context);

}  // namespace greffier::evidence
