#pragma once
// The officer's confidential notes (art. 38(5)): read by the data protection officer and by nobody else, whatever their role
// (accounts/confided.hpp, decision 51). What they say is sealed; the subject lies in clear, and must name nobody.

#include <optional>
#include <string>
#include <vector>

#include "registers/ids.hpp"
#include "schema/schema.hpp"

namespace greffier::note {

struct Note {
    std::string subject;
    std::optional<Date> day;
    schema::Text text;
    schema::Contact informant;             ///< who confided it
    std::optional<Date> keep_until;        ///< a secret is not kept longer than it serves
    std::vector<ProcessingId> processings;
    std::vector<AdviceId> advice;
    std::vector<ComplaintId> complaints;
    std::vector<BreachId> breaches;
    std::vector<RequestId> requests;
    std::vector<schema::Attachment> attachments;
};

schema::Schema<Note> const& schema_of(Note const*);
inline schema::Schema<Note> const& note_schema() { return schema_of(static_cast<Note const*>(nullptr)); }

}  // namespace greffier::note
