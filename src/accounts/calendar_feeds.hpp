#pragma once
// What a person chose about reminders: how often the letter that gathers them comes, and the addresses at which calendar programs read
// their deadlines (192 random bits, kept as a hash, shown once, until they are revoked). Docs: decisions/0050.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/id.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "storage/database.hpp"

namespace greffier::accounts {

struct FeedTag;
using FeedId = Id<FeedTag>;

struct CalendarFeed {
    FeedId id;
    PersonId person;
    std::string name;
    std::vector<OrganisationId> organisations = {};   ///< empty: all of the person's, of each day
    Timestamp created_at{};
    std::optional<Timestamp> used_at = {};            ///< to the day
};

/// Thread-safe.
class CalendarFeeds {
public:
    static constexpr int most = 20;                   ///< of one person

    explicit CalendarFeeds(storage::Database& database) : database_(database) {}

    /// The token of /calendar/{token}.ics. Invalid: name (required, too_long). Conflict too_many_feeds.
    Result<std::string> make(PersonId person, std::string name, std::vector<OrganisationId> const& organisations, Timestamp now);
    [[nodiscard]] std::vector<CalendarFeed> of(PersonId person) const;      ///< those that are open, newest first
    /// Another person's is NotFound.
    Status revoke(PersonId person, FeedId id, Timestamp now);
    /// Nothing for a token that is unknown or revoked, and for a person who may not sign in any more.
    [[nodiscard]] std::optional<CalendarFeed> find(std::string_view token) const;
    /// Once a day at most.
    void note_use(CalendarFeed const& feed, Timestamp now);

private:
    storage::Database& database_;
};

enum class DigestPace { Daily, Weekly };
std::string_view code_of(DigestPace pace);            ///< daily weekly
std::optional<DigestPace> parse_pace(std::string_view code);

struct DigestChoice {
    DigestPace pace = DigestPace::Daily;
    std::optional<Date> last = {};                    ///< the day of the last letter
};
DigestChoice digest_choice(storage::Session& session, PersonId person);
void keep_digest_pace(storage::Session& session, PersonId person, DigestPace pace);
void note_digest(storage::Session& session, PersonId person, Date day);

}  // namespace greffier::accounts
