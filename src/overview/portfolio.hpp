#pragma once
// Portfolio: the one door through which several organisations are read at once. Read-only; which organisations, is said
// by the actor's roles of this instant, inside each statement, and never by the request: a person's are those they hold
// a reading role in, a token's is its own. Thread-safe.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "accounts/actor.hpp"
#include "accounts/standing.hpp"
#include "records/notifications.hpp"
#include "storage/database.hpp"

namespace greffier::overview {

/// An organisation as a line leads to it.
struct Place {
    OrganisationId id;
    std::string slug, name, kind;
    int colour = 1;
};

/// A record as a line leads to it, wherever it is.
struct PlacedRecord {
    Place where;
    RecordId id;
    std::string register_slug, reference, title, status;
    Timestamp at{};                     ///< changed, opened or kept, by what was asked
    [[nodiscard]] std::string address() const { return "/o/" + where.slug + "/" + register_slug + "/" + id.text(); }
};

struct SearchWish {
    std::string text;
    enum class Where { Here, Elsewhere, Everywhere } where = Where::Everywhere;
    std::optional<OrganisationId> here = {};   ///< for Here and Elsewhere
    int limit = 20;
};
struct Found {
    std::vector<PlacedRecord> items;    ///< titles that hold every word first, then the other records; newest first
    bool more = false;
    bool too_short = false;             ///< across organisations a word has three letters at least
};

/// A notification as its reader may see it today.
struct ShownNotification {
    records::NotificationId id;
    records::NotificationKind kind{};
    Place where;
    std::string register_slug, detail;
    std::optional<RecordId> record;     ///< absent when it concerns none, or one that was erased
    std::string reference, title;
    bool deleted = false;               ///< the record is in the bin
    std::optional<std::int64_t> version;
    std::optional<Uuid> comment, about;
    std::string words;                  ///< of the comment, while it stands
    Uuid actor;
    Timestamp created_at{};
    std::optional<Timestamp> read_at;
};
struct NotificationPage {
    std::vector<ShownNotification> items;
    std::int64_t total = 0, unread = 0;
};

/// Each word begins a word of the text, whatever its case and accents; `wanted` is made by words().
bool holds_all(std::string const& text, std::vector<std::string> const& wanted);

class Portfolio {
public:
    Portfolio(storage::Database& database, accounts::Actor const& actor) : database_(database), actor_(actor) {}

    [[nodiscard]] Found search(SearchWish const& wish) const;
    /// Names that hold every word; all of them for no word. By name.
    [[nodiscard]] std::vector<Place> organisations(std::string_view text, int limit) const;

    /// How each stands, without order: of those named, or of all within reach when none is. One statement, which reads
    /// the records with findings and the late ones of the organisations asked for.
    [[nodiscard]] std::vector<accounts::Standing> standings(std::vector<OrganisationId> const& only, Timestamp today) const;

    /// What the person opened last, newest first; empty for an actor who is no person. Flush Recent before.
    [[nodiscard]] std::vector<PlacedRecord> recent(int limit, std::optional<OrganisationId> only = {}) const;
    /// By title.
    [[nodiscard]] std::vector<PlacedRecord> favourites(int limit, std::optional<OrganisationId> only = {}) const;

    /// The person's own, newest first.
    [[nodiscard]] NotificationPage notifications(bool unread_only, int limit, std::int64_t offset) const;
    [[nodiscard]] std::optional<ShownNotification> notification(records::NotificationId id) const;

private:
    storage::Database& database_;
    accounts::Actor const& actor_;
};

}  // namespace greffier::overview
