#pragma once
// Who objects to marketing, and to being passed on for it (art. 21(2)): a list to check every mailing against. Sealed.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/locale.hpp"
#include "registers/consent/lists.hpp"
#include "registers/ids.hpp"
#include "schema/schema.hpp"

namespace greffier::consent {

using schema::Text;

struct Objection {
    std::string subject;                 ///< title; made from the scopes when left empty, never the person's name
    std::vector<Scope> scopes;
    std::vector<ProcessingId> processings;   ///< empty: all that the organisation sends
    // who
    schema::Email email;
    schema::Phone phone;
    std::string identifier, name;
    Text address;
    // the objection
    std::optional<Date> since;
    std::optional<Channel> channel;
    std::string proof;
    std::string service;
    schema::Contact owner;
    std::optional<Date> applied_on;      ///< in every tool that sends
    std::optional<Date> ended_on;
    Text notes;
    std::vector<schema::Attachment> attachments;
};

schema::Schema<Objection> const& schema_of(Objection const*);
inline schema::Schema<Objection> const& objection_schema() { return schema_of(static_cast<Objection const*>(nullptr)); }

/// Fields that a line of a file is looked for in.
std::span<std::string_view const> checked_fields();

}  // namespace greffier::consent
