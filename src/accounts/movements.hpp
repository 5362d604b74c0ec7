#pragma once
// Arrivals, changes and departures: for each, what is to be done, by whom and by when, in the organisation's own words; ticked with
// its date and who ticked it, and kept as evidence under the names as they stood (art. 32; the CNIL's guide on security, habilitations).

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/id.hpp"
#include "core/locale.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "storage/database.hpp"

namespace greffier::accounts {

struct Moved;
using MovementId = Id<Moved>;

enum class MovementKind { Joiner, Mover, Leaver };
inline constexpr std::array movement_kinds{MovementKind::Joiner, MovementKind::Mover, MovementKind::Leaver};
std::string_view code_of(MovementKind kind);                ///< joiner mover leaver
std::optional<MovementKind> parse_movement_kind(std::string_view code);

/// What is to be done. `days`: after the day of the movement; before it when negative.
struct MovementItem {
    std::string words, who;
    int days = 0;
    bool operator==(MovementItem const&) const = default;
};

struct MovementStep {
    int position = 0;
    std::string words, who;
    Date due{};
    std::optional<Timestamp> done_at;
    std::optional<Uuid> done_by;
};

struct Movement {
    MovementId id;
    MovementKind kind{};
    std::optional<PersonId> person;       ///< absent once their account is gone
    std::string name, email, note;        ///< as they stood
    Date day{};                           ///< of the arrival, the change, the departure
    Timestamp opened_at{};
    Uuid opened_by;
    std::optional<Timestamp> closed_at;
    std::optional<Uuid> closed_by;
    std::optional<Timestamp> left_at;     ///< when the departure was carried out here
    std::optional<Uuid> left_by;
    std::string successor;                ///< name of who took over, if anybody did
    std::string taken_back;               ///< "roles=2,tokens=1": what the departure took back and handed over, in numbers
    int steps = 0, done = 0;
    std::optional<Date> next_due;         ///< of what is not ticked
};

struct NewMovement {
    MovementKind kind{};
    PersonId person;
    std::string name, email, note = {};
    Date day{};
};

/// Those of one organisation. Thread-safe.
class Movements {
public:
    static constexpr int most_items = 40;

    Movements(storage::Database& database, OrganisationId organisation) : database_(database), organisation_(organisation) {}

    /// The organisation's own, or, where it has none of any kind, those the program comes with, in this language.
    std::vector<MovementItem> items(MovementKind kind, Locale const& locale) const;
    /// All kinds at once: what one empties stays empty. Fields name "<kind>-<n>-words" and so on.
    Status set_items(std::array<std::vector<MovementItem>, movement_kinds.size()> const& items) const;

    std::vector<Movement> all() const;    ///< open first, then by day, newest first
    std::optional<Movement> find(MovementId id) const;
    std::vector<MovementStep> steps(MovementId id) const;

    /// Conflict movement_open when one of that kind is open for the person, movement_no_items when nothing is to be done. Field note.
    Result<MovementId> open(NewMovement const& wanted, Locale const& locale, Uuid actor, Timestamp now) const;
    /// Within a transaction; the one open for the person, if there is one. Nothing to be done opens nothing, unless it is a departure.
    std::optional<MovementId> open_in(storage::Session& session, NewMovement const& wanted, std::vector<MovementItem> const& items, Uuid actor, Timestamp now) const;
    /// Conflict movement_closed.
    Status tick(MovementId id, int position, bool done, Uuid actor, Timestamp now) const;
    /// Conflict movement_unfinished (with a count) while something is not ticked, movement_closed.
    Status close(MovementId id, Uuid actor, Timestamp now) const;
    /// Within the transaction of a departure.
    void note_departure(storage::Session& session, MovementId id, std::string const& successor, std::string const& taken_back, Uuid actor, Timestamp now) const;

private:
    storage::Database& database_;
    OrganisationId organisation_;
};

}  // namespace greffier::accounts
