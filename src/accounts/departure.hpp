#pragma once
// Somebody leaves an organisation: what they hold and what hangs on them, to be looked at before; then all of it taken back in one act,
// and what they answered for handed over to somebody else. What the histories say of them stays.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "accounts/actor.hpp"
#include "accounts/memberships.hpp"
#include "accounts/movements.hpp"
#include "core/result.hpp"
#include "storage/database.hpp"

namespace greffier::accounts {

/// What a person has in an organisation's registers: found, and handed over, by a part above this one.
struct Belongings {
    std::int64_t records = 0;            ///< they answer for
    std::int64_t reviews = 0;            ///< of those, to be looked at again by a day
    std::int64_t drafts = 0;             ///< typed and not saved
    std::int64_t comments = 0;           ///< that stay, under their name
    std::int64_t views = 0;              ///< of lists, shared with the others
};
struct HandOver {
    OrganisationId organisation;
    Person from, to;
    Uuid from_actor, to_actor;
    Uuid actor;                          ///< who does it
    std::string reason, zone;
    Timestamp now{};
};
struct HandedOver {
    std::int64_t records = 0, left = 0;  ///< left: a record that today's form refuses stays as it is
    std::function<void()> committed = {};   ///< to be run once the transaction is committed
};
struct BelongingsOf {
    std::function<Belongings(OrganisationId, Person const&, Uuid actor)> count = {};
    /// Within the transaction of the departure.
    std::function<Result<HandedOver>(storage::Session&, HandOver const&)> hand_over = {};
};

struct DeparturePreview {
    Person person;
    Uuid actor;
    std::vector<HeldRole> roles;         ///< those from above are taken back there
    std::int64_t tokens = 0;             ///< in force, in this organisation
    std::int64_t sessions = 0, factors = 0;   ///< of the person
    bool whole = false;                  ///< they work nowhere else: password, sessions and second factors go as well
    Belongings belongings;
    [[nodiscard]] bool from_above() const;
};

struct Departing {
    PersonId person;
    std::optional<PersonId> successor;   ///< a member; absent: nothing is handed over
    Date day{};
    std::string note = {}, reason = {};  ///< the reason stands in the history of the records handed over
    Uuid actor;
    Locale locale{Language::French};
    std::string zone;
    Timestamp now{};
};

/// Thread-safe.
class Departures {
public:
    Departures(storage::Database& database, OrganisationId organisation, BelongingsOf const& belongings) : database_(database), organisation_(organisation), belongings_(belongings) {}

    /// NotFound when the person holds no role here.
    Result<DeparturePreview> look(PersonId person, Timestamp now) const;
    /// All of it or nothing; the departure's checklist, opened when there was none. Conflict last_administrator, departure_from_above
    /// when a role comes down from another organisation. Field successor.
    Result<MovementId> carry_out(Departing const& departing) const;

private:
    storage::Database& database_;
    OrganisationId organisation_;
    BelongingsOf const& belongings_;
};

}  // namespace greffier::accounts
