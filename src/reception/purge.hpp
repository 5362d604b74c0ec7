#pragma once
// What is kept about people who wrote to the organisation ends by itself: once its time has come, the key of the record is
// destroyed each night. What was counted, dated and decided stays, and the history says when it was done.

#include <optional>
#include <string>
#include <vector>

#include "accounts/memberships.hpp"
#include "accounts/organisation.hpp"
#include "core/id.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "records/store.hpp"

namespace greffier::reception {

enum class PurgeReason {
    Kept,          ///< a request that was closed, and kept as proof since
    NoBreach,      ///< a report from outside that was judged to be no breach
    Discarded,     ///< in the bin: what nobody made a case of
};
std::string_view code_of(PurgeReason reason);

/// Why a record is not purged when its day comes: a trial, a complaint.
struct PurgeHold {
    Timestamp placed_at{};
    Uuid placed_by;
    std::string reason;
    std::optional<Timestamp> lifted_at = {};
};

struct ToPurge {
    records::Register const* kind = nullptr;
    records::Head head;
    PurgeReason why{};
    Date on{};                               ///< the first day on which it is purged, once its notice was long enough
    bool told = false;                       ///< its notice was given
    std::optional<PurgeHold> hold = {};
};

/// The store of one organisation. Thread-safe.
class PurgeHolds {
public:
    PurgeHolds(storage::Database& database, OrganisationId organisation) : database_(database), organisation_(organisation) {}

    [[nodiscard]] std::vector<PurgeHold> of(RecordId record) const;         ///< newest first
    [[nodiscard]] std::optional<PurgeHold> standing(RecordId record) const;
    /// Errors: reason required, too_long; hold_stands.
    Status place(RecordId record, std::string reason, Uuid by, Timestamp now) const;
    Status lift(RecordId record, Uuid by, Timestamp now) const;

private:
    storage::Database& database_;
    OrganisationId organisation_;
};

/// What `store` sees that is purged on a day up to `until`, the earliest first.
std::vector<ToPurge> to_purge(records::Records const& store, records::Registers const& known, std::string const& zone, Date today, Date until);

/// The night’s work for one organisation: those who answer for it are told of what comes, and what they were told of in time
/// is purged. Returns how many records were; one that cannot be is logged and tried again.
std::int64_t purge_due(records::Machinery const& machinery, accounts::Memberships& memberships, accounts::OrganisationInfo const& organisation, Timestamp now);

}  // namespace greffier::reception
