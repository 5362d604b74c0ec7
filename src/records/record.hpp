#pragma once
// What a record is when it comes out of the store: its head (common columns), its Row, its versions.

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "core/id.hpp"
#include "core/time.hpp"
#include "records/rule.hpp"
#include "schema/value.hpp"

namespace greffier::records {

/// The common columns: all a list shows without opening a body.
struct Head {
    RecordId id;
    std::string reference, title, status;
    std::int64_t version = 0;
    Timestamp created_at{}, updated_at{};
    Uuid updated_by;                              ///< membership
    std::optional<Timestamp> review_at, deleted_at;
    int completeness = 0;                         ///< per cent
    std::optional<Severity> worst_finding;
    bool restricted = false;                      ///< hidden from most: accounts/sight.hpp
};

struct Stored {
    Head head;
    schema::Row row;
    std::vector<std::string> destroyed = {};      ///< sealed fields that held something until their key was destroyed
};

/// A sealed field of it that nobody can read any more: shown as such, never as one that is empty.
inline bool is_destroyed(Stored const& stored, std::string_view field)
{
    return !stored.destroyed.empty() && std::ranges::find(stored.destroyed, field) != stored.destroyed.end();
}

/// The controller's decision recorded with an act.
struct Decision {
    std::string by;                               ///< name and function, as stated
    std::optional<Date> on;
    [[nodiscard]] bool empty() const { return by.empty(); }
    bool operator==(Decision const&) const = default;
};

struct Version {
    std::int64_t number = 0;
    int schema_version = 1;
    Timestamp recorded_at{};
    Uuid actor;
    std::string action;                           ///< create, update, delete, restore, import, review, status, undo, restrict, unrestrict, destroy
    std::string reason;
    Decision decision;
    std::string reference, title, status;
    schema::Row row;                              ///< raised to today's schema
    bool erased = false;                          ///< content destroyed; the proof stands
    std::vector<std::string> destroyed = {};      ///< sealed fields of it that nobody can read any more
};

}  // namespace greffier::records
