#pragma once
// Who answers for what (art. 5(2), 24, 39(1)(b)): roles, their people, their part in each work of conformity, and whom to
// call, in which order, the day something happens.

#include <optional>
#include <string>
#include <vector>

#include "registers/ids.hpp"
#include "registers/responsibility/lists.hpp"
#include "schema/schema.hpp"

namespace greffier::responsibility {

using schema::Text;

/// Its part in one work.
struct Share {
    std::string id;
    schema::Term<Workstreams> workstream;
    Part part = Part::Responsible;
    std::string details;
};

struct Responsibility {
    // the role
    std::string role;
    std::optional<schema::Term<RoleKinds>> kind;
    std::optional<Nature> nature;
    std::string service;
    Text missions;                          ///< what is expected of it
    // who
    schema::Contact holder, deputy;
    std::optional<ProcessorId> provider;
    std::string mandate;                    ///< order, mission letter, contract
    std::optional<Date> since, until;
    // its part
    std::vector<Share> shares;
    // whom to call
    std::optional<std::int64_t> escalation; ///< 1 is called first
    Text call_when;
    std::string hours;
    schema::Phone out_of_hours;
    // a contact outside
    std::optional<Shipped> in_place_of;     ///< the shipped contact that this one corrects or hides
    schema::Url website, report_at;         ///< report_at: where one tells what happened
    bool unlisted = false;                  ///< not in the contact book
    // keeping
    std::optional<Date> next_review, last_review;
    std::string reviewer;
    Text notes;
    std::vector<schema::Attachment> attachments;
};

schema::Schema<Share> const& schema_of(Share const*);
schema::Schema<Responsibility> const& schema_of(Responsibility const*);
inline schema::Schema<Responsibility> const& responsibility_schema() { return schema_of(static_cast<Responsibility const*>(nullptr)); }

}  // namespace greffier::responsibility
