#pragma once
// What was once declared to the authority, and the processing that answers it today.

#include <optional>
#include <string>
#include <vector>

#include "registers/declaration/lists.hpp"
#include "registers/ids.hpp"
#include "schema/schema.hpp"

namespace greffier::declaration {

struct Declaration {
    // declaration
    std::string name;
    std::string number;
    std::optional<Kind> kind;
    std::string norm;
    std::optional<Date> declared_on;
    std::string service;
    // today
    std::optional<ProcessingId> processing;
    std::optional<Date> ended_on;
    schema::Contact owner;
    schema::Text notes;
    std::vector<schema::Attachment> attachments;
};

schema::Schema<Declaration> const& schema_of(Declaration const*);
inline schema::Schema<Declaration> const& prior_declaration_schema() { return schema_of(static_cast<Declaration const*>(nullptr)); }

}  // namespace greffier::declaration
