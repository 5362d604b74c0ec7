#pragma once
// Who sees one record: what the act "access" shows and changes. Records::set_access writes it.

#include <optional>
#include <string>
#include <vector>

#include "records/store.hpp"

namespace greffier::records {

/// Somebody with a role in the organisation.
struct Nameable {
    PersonId person;
    std::string name, email;
    bool named = false;             ///< on the record
    bool sees_restricted = false;   ///< by a role: need not be named
};

/// By name. `record` is one that was found; people without a role today are left out, and see nothing.
std::vector<Nameable> nameable_on(Records const& records, RecordId record);

/// What a copy of a restricted record takes over: restricted, to the people named on it. Nothing of another record.
std::optional<AccessChange> access_of_copy(Records const& records, Head const& source);
/// A record made from another, and what it takes over, in one transaction.
Result<Stored> create_copy(Batch& batch, Register const& kind, NewRecord record, std::optional<AccessChange> access);

}  // namespace greffier::records
