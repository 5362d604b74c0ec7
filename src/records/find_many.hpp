#pragma once
// Many records by their ids, read by sets: one statement for each hundred of them.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "records/store.hpp"

namespace greffier::records {

/// Those of the register that are there, as they are or as they stood; deleted ones only when asked for, and never of the past.
enum class Deleted { Left, Too };
std::map<RecordId, Stored> find_many(Records const& records, Register const& kind, std::vector<RecordId> const& ids, std::optional<Timestamp> at = {}, Deleted deleted = Deleted::Left);

/// Those that are there now, of their content only these fields: of a sealed register nothing else is opened.
std::map<RecordId, Stored> find_some(Records const& records, Register const& kind, std::vector<RecordId> const& ids, std::vector<std::string> const& fields);

struct PlacedHead {
    std::string register_slug;
    Head head;
};
/// The same without their content, of whatever register.
std::map<RecordId, PlacedHead> heads_of(Records const& records, std::vector<RecordId> const& ids, Deleted deleted = Deleted::Left);

}  // namespace greffier::records
