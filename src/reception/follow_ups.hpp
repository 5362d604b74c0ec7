#pragma once
// The addresses at which people follow what they sent, or see what they agreed to: 192 random bits, kept as a hash, shown
// once, ending after a year or after two weeks. The record says which of the two: one page does not open the other's.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/id.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "storage/database.hpp"

namespace greffier::reception {

struct FollowUp {
    RecordId record;
    Timestamp created_at{}, expires_at{};
    std::optional<Timestamp> revoked_at;
};

/// The store of one organisation. Thread-safe.
class FollowUps {
public:
    static constexpr std::chrono::hours life{24 * 365}, life_of_preferences{24 * 14};

    FollowUps(storage::Database& database, OrganisationId organisation) : database_(database), organisation_(organisation) {}

    /// The token of /p/{organisation}/follow-up/{token} or …/preferences/{token}, within the transaction of its cause.
    static std::string make_in(storage::Session& session, OrganisationId organisation, RecordId record, Timestamp now, std::chrono::hours lives = life);
    /// Nothing for one that is unknown, revoked, ended, or another organisation's.
    [[nodiscard]] std::optional<FollowUp> find(std::string_view token, Timestamp now) const;
    [[nodiscard]] std::vector<FollowUp> of(RecordId record) const;     ///< newest first
    /// A new one in place of those there are.
    [[nodiscard]] Result<std::string> renew(RecordId record, Timestamp now) const;
    /// All of a record.
    Status revoke(RecordId record, Timestamp now) const;

private:
    storage::Database& database_;
    OrganisationId organisation_;
};

}  // namespace greffier::reception
