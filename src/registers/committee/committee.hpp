#pragma once
// The committee that steers data protection (art. 24(1)): agenda, who was there, minutes, decisions that become actions.

#include <optional>
#include <string>
#include <vector>

#include "records/due.hpp"
#include "registers/ids.hpp"
#include "schema/schema.hpp"

namespace greffier::committee {

using schema::Text;

struct Decision {
    std::string id;
    std::string text;
    std::string by;
    std::optional<Date> due;
    std::optional<ActionId> action;      ///< what it became in the plan
};

struct Committee {
    // the meeting
    std::string name;
    std::optional<Date> meeting_on;
    std::string place, chair, service;
    schema::Contact owner;
    std::vector<std::string> participants, excused;
    Text agenda;
    std::vector<ActionId> actions;       ///< looked at in the meeting
    // what came of it
    Text minutes;
    std::vector<Decision> decisions;
    std::optional<Date> next_on;
    Text notes;
    std::vector<schema::Attachment> attachments;
};

schema::Schema<Decision> const& schema_of(Decision const*);
schema::Schema<Committee> const& schema_of(Committee const*);
inline schema::Schema<Committee> const& committee_schema() { return schema_of(static_cast<Committee const*>(nullptr)); }

/// The meeting to come; after it, the next one.
std::vector<records::Due> dues_of(schema::Row const& row, records::DueContext const& context);

}  // namespace greffier::committee
