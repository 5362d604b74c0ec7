#pragma once
// Internal to records/: keeps the table of what falls due beside the heads of records, within one transaction. Only what changed is
// touched; a deadline that came or moved is looked at by the sender of reminders in its next round.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/id.hpp"
#include "records/due.hpp"
#include "records/register.hpp"
#include "storage/database.hpp"

namespace greffier::records {

/// The next review of a record, among its dues.
inline constexpr std::string_view review_due = "review";

/// Whether anything of a register can fall due.
inline bool keeps_dues(Register const& kind) { return kind.dues || !kind.review_field.empty(); }

class DueKeeper {
public:
    DueKeeper(OrganisationId organisation, storage::Session& session) : organisation_(organisation), session_(session) {}

    struct Of {
        Register const& kind;
        std::int64_t rid = 0;
        RecordId id;
        schema::Row const& row;
    };
    /// `dues` is all there is. `born`: the record has none yet. `moved`: its status just changed.
    void keep(Of const& record, std::vector<Due> const& dues, Timestamp now, bool born, bool moved);
    /// From here on, what is there of this register is known: for the judging of many.
    void read_all(Register const& kind);

private:
    struct Kept {
        Timestamp at{};
        std::string day;
        bool legal = true;
        std::optional<Uuid> owner;
    };
    using Key = std::pair<std::string, std::string>;   ///< kind, place
    using OfRecord = std::map<Key, Kept>;
    OfRecord read(std::int64_t rid);
    std::optional<Uuid> owner_of(Of const& record);

    OrganisationId organisation_;
    storage::Session& session_;
    std::optional<std::map<std::int64_t, OfRecord>> known_;
    std::map<std::string, std::optional<Uuid>> people_;   ///< by address
};

}  // namespace greffier::records
