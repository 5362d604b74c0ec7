#pragma once
// Requests for access (art. 32(4)): asked for, approved by somebody else, opened, withdrawn.

#include <optional>
#include <string>
#include <vector>

#include "registers/access_request/lists.hpp"
#include "registers/ids.hpp"
#include "schema/schema.hpp"

namespace greffier::access_request {

struct AccessRequest {
    // request
    std::string name;
    std::optional<Act> act;
    schema::Contact beneficiary;
    std::string service;
    bool external = false;
    std::string employer;
    schema::Contact asked_by;
    std::optional<Date> asked_on;
    // access
    std::string system;
    std::optional<AssetId> asset;
    std::string identifier;
    std::string profile;
    bool privileged = false;
    schema::Text reason;
    std::optional<Date> wanted_from;
    std::optional<Date> ends_on;
    // approval
    schema::Contact approver;
    std::string approved_by;
    std::optional<Date> approved_on;
    // granting
    std::optional<Date> granted_on;
    std::string granted_by;
    std::optional<AccountId> account;
    std::optional<Date> taken_back_on;
    schema::Text notes;
    std::vector<schema::Attachment> attachments;
};

schema::Schema<AccessRequest> const& schema_of(AccessRequest const*);
inline schema::Schema<AccessRequest> const& access_request_schema() { return schema_of(static_cast<AccessRequest const*>(nullptr)); }

}  // namespace greffier::access_request
