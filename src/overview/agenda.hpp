#pragma once
// Agenda: what falls due, in one organisation or in all within reach, as records/due_keeper.hpp keeps it. Read by Portfolio.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "overview/portfolio.hpp"

namespace greffier {
class JsonWriter;
}

namespace greffier::overview {

struct AgendaItem {
    PlacedRecord record;                 ///< `at`: the last instant
    std::string kind, place;             ///< words: "due.<kind>"
    std::optional<Date> day;             ///< absent: due at the hour
    bool legal = true;
    std::optional<PersonId> owner;
    std::string owner_name;
    Timestamp changed_at{};
    int revision = 0;
    std::optional<Timestamp> taken_at;   ///< somebody said that they see to it
};

struct AgendaFilter {
    std::optional<OrganisationId> only = {};          ///< one organisation, by the actor's sight there
    std::vector<OrganisationId> chosen = {};          ///< of several within reach; empty: all
    std::string register_slug = {}, kind = {};
    std::optional<bool> legal = {};
    std::optional<PersonId> owner = {};
    std::optional<Timestamp> from = {}, until = {};   ///< `until` is not part of it
};

struct AgendaTally {
    static constexpr std::int64_t most = 10'000;      ///< counted no further
    std::int64_t total = 0, late = 0;
};

struct AgendaOwner {
    PersonId id;
    std::string name;
};

/// What falls due, for the pages that show it: soonest first.
class Agenda {
public:
    Agenda(storage::Database& database, accounts::Actor const& actor, AgendaFilter filter) : database_(database), actor_(actor), filter_(std::move(filter)) {}

    [[nodiscard]] std::vector<AgendaItem> items(int limit, std::int64_t offset = 0) const;
    /// Late is what was due before `now`.
    [[nodiscard]] AgendaTally tally(Timestamp now) const;
    /// Who answers for something due, by name.
    [[nodiscard]] std::vector<AgendaOwner> owners(int limit) const;

private:
    [[nodiscard]] accounts::Seen seen() const;

    storage::Database& database_;
    accounts::Actor const& actor_;
    AgendaFilter filter_;
};

/// "Répondre à la personne"; the code itself for a kind whose words are not known any more.
std::string words_of_due(std::string_view kind, Locale const& locale);
/// "le mardi 7 avril 2026", or with its hour.
std::string when_due(Timestamp at, std::optional<Date> day, Locale const& locale);

/// As the API and the command line give it.
void write_json(JsonWriter& out, AgendaItem const& item, Timestamp now, Locale const& locale);

}  // namespace greffier::overview
