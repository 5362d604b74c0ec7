#include "overview/portfolio.hpp"

#include <algorithm>
#include <map>
#include <span>

#include "accounts/memberships.hpp"
#include "accounts/name_words.hpp"
#include "core/text.hpp"
#include "core/word_match.hpp"
#include "overview/reach.hpp"

namespace greffier::overview {

using records::NotificationKind;
using records::Told;
using storage::Cursor;
using storage::SqlText;

namespace {

// The columns every line begins with: nine of the record and its organisation.
constexpr SqlText line_columns{"SELECT o.id, o.slug, o.name, o.kind, o.colour, r.id, r.register, r.reference, r.title, r.status, "};

PlacedRecord read_line(Cursor const& row)
{
    return {{row.id<Organisation>(0), row.text(1), row.text(2), row.text(3), static_cast<int>(row.integer(4))},
            row.id<Record>(5), row.text(6), row.text(7), row.text(8), row.text(9), row.timestamp(10)};
}

constexpr SqlText notification_columns{"SELECT o.id, o.slug, o.name, o.kind, o.colour, n.id, n.kind, n.register, n.detail, n.version, n.comment_id, n.about_id, n.actor_id, n.created_at, n.read_at, "
                                       "r.id, r.reference, r.title, r.deleted_at, c.body "};
constexpr SqlText notification_tables{"FROM notification n JOIN organisation o ON o.id=n.organisation_id "
                                      "LEFT JOIN record r ON r.organisation_id=n.organisation_id AND r.id=n.record_id "
                                      "LEFT JOIN record_comment c ON c.organisation_id=n.organisation_id AND c.id=n.comment_id AND c.deleted_at IS NULL "};

ShownNotification read_notification(Cursor const& row)
{
    ShownNotification shown;
    shown.where = {row.id<Organisation>(0), row.text(1), row.text(2), row.text(3), static_cast<int>(row.integer(4))};
    shown.id = row.id<Told>(5);
    shown.kind = records::parse_notification_kind(row.view(6)).value_or(NotificationKind::Mention);
    shown.register_slug = row.text(7);
    shown.detail = row.text(8);
    if (!row.is_null(9)) shown.version = row.integer(9);
    if (!row.is_null(10)) shown.comment = row.uuid(10);
    if (!row.is_null(11)) shown.about = row.uuid(11);
    shown.actor = row.uuid(12);
    shown.created_at = row.timestamp(13);
    shown.read_at = row.optional_timestamp(14);
    if (row.is_null(15)) return shown;
    shown.record = row.id<Record>(15);
    shown.reference = row.text(16);
    shown.title = row.text(17);
    shown.deleted = !row.is_null(18);
    if (!row.is_null(19)) shown.words = row.text(19);
    return shown;
}

constexpr SqlText place_columns{"SELECT o.id, o.slug, o.name, o.kind, o.colour FROM organisation o WHERE o.archived_at IS NULL AND "};

/// Those of a statement of place_columns whose names hold every word, by name.
std::vector<Place> places_of(storage::Session& session, Statement const& statement, std::vector<std::string> const& wanted)
{
    std::vector<std::pair<std::string, Place>> found;
    auto rows = statement.run(session);
    while (rows.next()) {
        Place place{rows.id<Organisation>(0), rows.text(1), rows.text(2), rows.text(3), static_cast<int>(rows.integer(4))};
        if (accounts::name_holds_all(place.name, place.slug, wanted)) found.emplace_back(sort_key(place.name) + '\0' + place.slug, std::move(place));
    }
    std::ranges::sort(found, {}, &std::pair<std::string, Place>::first);
    std::vector<Place> places;
    for (auto& [key, place] : found) places.push_back(std::move(place));
    return places;
}

/// Of organisations in the order of their names, the first that the actor may read: asked a few at a time, for whoever
/// reads many reads most of them. Nothing where that is not so: asking of so many costs more than reading one's own.
std::optional<std::vector<Place>> first_within_reach(storage::Session& session, accounts::Actor const& actor, std::span<OrganisationId const> named, std::vector<std::string> const& wanted, std::size_t limit)
{
    constexpr std::size_t at_once = 25;
    int asked = 0;
    std::vector<Place> places;
    for (; !named.empty() && places.size() < limit; named = named.subspan(std::min(at_once, named.size()))) {
        if (++asked > 4) return std::nullopt;
        Statement statement;
        statement.add(place_columns).add("o.id IN (?", named.front());
        for (std::size_t i = 1; i < at_once; ++i) statement.add(",?", named[std::min(i, named.size() - 1)]);
        statement.add(")");
        add_within_reach(statement, actor, "o.id");
        for (auto& place : places_of(session, statement, wanted))
            if (places.size() < limit) places.push_back(std::move(place));
    }
    return places;
}

/// `table` is a person's own list of records, `order` its order; both end with what they need of `t`.
std::vector<PlacedRecord> own_records(storage::Database& database, accounts::Actor const& actor, SqlText select, SqlText order, std::optional<OrganisationId> only, int limit)
{
    std::vector<PlacedRecord> all;
    if (!actor.person) return all;
    Statement statement;
    statement.add(line_columns).add(select, *actor.person).add(" AND r.organisation_id IN ");
    add_reach(statement, actor);
    if (only) statement.add(" AND r.organisation_id=?", *only);
    statement.add(order, limit);
    auto const session = seen_by(database, actor);
    auto rows = statement.run(*session);
    while (rows.next()) all.push_back(read_line(rows));
    return all;
}

}  // namespace

accounts::Seen seen_by(storage::Database& database, accounts::Actor const& actor)
{
    if (actor.by_token || !actor.person) return accounts::Seen::anywhere(database, actor.sight);
    return actor.sees_all_everywhere ? accounts::Seen::anywhere(database, accounts::Sight::everything()) : accounts::Seen::across(database, *actor.person);
}

bool holds_all(std::string const& text, std::vector<std::string> const& wanted)
{
    return begin_words(" " + join(words(text), " "), wanted);
}

std::vector<Place> Portfolio::organisations(std::string_view text, int limit) const
{
    auto const wanted = words(text);
    auto const session = seen_by(database_, actor_);
    if (!wanted.empty() && reaches_many(*session, actor_))
        if (auto const named = accounts::organisations_named(*session, wanted))
            if (auto places = first_within_reach(*session, actor_, *named, wanted, static_cast<std::size_t>(limit))) return std::move(*places);
    Statement statement;
    statement.add(place_columns).add("o.id IN ");
    add_reach(statement, actor_);
    auto places = places_of(*session, statement, wanted);
    if (places.size() > static_cast<std::size_t>(limit)) places.resize(static_cast<std::size_t>(limit));
    return places;
}

std::vector<accounts::Standing> Portfolio::standings(std::vector<OrganisationId> const& only, Timestamp today) const
{
    Statement statement;
    auto within = [&](SqlText column) {
        statement.add(" AND ").add(column).add(" IN ");
        add_reach(statement, actor_);
        if (only.empty()) return;
        statement.add(" AND ").add(column).add(" IN (?", only.front());
        for (std::size_t i = 1; i < only.size(); ++i) statement.add(",?", only[i]);
        statement.add(")");
    };
    // Three questions in one statement: which there are, their records by worst finding, their late reviews.
    statement.add("SELECT o.id, 0, 0 FROM organisation o WHERE o.archived_at IS NULL");
    within("o.id");
    statement.add(" UNION ALL SELECT r.organisation_id, r.worst_finding, count(*) FROM record r WHERE r.deleted_at IS NULL AND r.worst_finding > 0");
    within("r.organisation_id");
    statement.add(" GROUP BY r.organisation_id, r.worst_finding "
                  "UNION ALL SELECT r.organisation_id, -1, count(*) FROM record r WHERE r.deleted_at IS NULL AND r.review_at IS NOT NULL AND r.status <> 'archived' AND r.review_at < ?", today);
    within("r.organisation_id");
    statement.add(" GROUP BY r.organisation_id");
    std::map<OrganisationId, accounts::Standing> found;
    auto const session = seen_by(database_, actor_);
    auto rows = statement.run(*session);
    while (rows.next()) {
        auto const id = rows.id<Organisation>(0);
        auto const what = rows.integer(1);
        auto& standing = found[id];
        standing.organisation = id;
        if (what > 0 && what <= static_cast<std::int64_t>(standing.worst.size())) standing.worst[static_cast<std::size_t>(what - 1)] = rows.integer(2);
        else if (what < 0) standing.late = rows.integer(2);
    }
    std::vector<accounts::Standing> standings;
    for (auto& [id, standing] : found) standings.push_back(standing);
    return standings;
}

std::vector<PlacedRecord> Portfolio::recent(int limit, std::optional<OrganisationId> only) const
{
    return own_records(database_, actor_,
                       SqlText{"t.opened_at FROM record_opened t JOIN record r ON r.organisation_id=t.organisation_id AND r.id=t.record_id JOIN organisation o ON o.id=t.organisation_id "
                               "WHERE t.person_id=? AND r.deleted_at IS NULL"},
                       SqlText{" ORDER BY t.opened_at DESC, r.id LIMIT ?"}, only, limit);
}

std::vector<PlacedRecord> Portfolio::favourites(int limit, std::optional<OrganisationId> only) const
{
    return own_records(database_, actor_,
                       SqlText{"t.created_at FROM record_favourite t JOIN record r ON r.organisation_id=t.organisation_id AND r.id=t.record_id JOIN organisation o ON o.id=t.organisation_id "
                               "WHERE t.person_id=? AND r.deleted_at IS NULL"},
                       SqlText{" ORDER BY r.title_key, r.id LIMIT ?"}, only, limit);
}

NotificationPage Portfolio::notifications(bool unread_only, int limit, std::int64_t offset) const
{
    NotificationPage page;
    if (!actor_.person) return page;
    auto const session = seen_by(database_, actor_);
    {
        Statement counting;
        counting.add("SELECT count(*), coalesce(sum(CASE WHEN n.read_at IS NULL THEN 1 ELSE 0 END), 0) FROM notification n WHERE n.person_id=? AND n.organisation_id IN ", *actor_.person);
        add_reach(counting, actor_);
        auto count = counting.run(*session);
        count.next();
        page.unread = count.integer(1);
        page.total = unread_only ? page.unread : count.integer(0);
    }
    Statement statement;
    statement.add(notification_columns).add(notification_tables).add("WHERE n.person_id=? AND n.organisation_id IN ", *actor_.person);
    add_reach(statement, actor_);
    if (unread_only) statement.add(" AND n.read_at IS NULL");
    statement.add(" ORDER BY n.created_at DESC, n.id DESC LIMIT ? OFFSET ?", limit, offset);
    auto rows = statement.run(*session);
    while (rows.next()) page.items.push_back(read_notification(rows));
    return page;
}

std::optional<ShownNotification> Portfolio::notification(records::NotificationId id) const
{
    if (!actor_.person) return std::nullopt;
    Statement statement;
    statement.add(notification_columns).add(notification_tables).add("WHERE n.id=? AND n.person_id=? AND n.organisation_id IN ", id, *actor_.person);
    add_reach(statement, actor_);
    auto const session = seen_by(database_, actor_);
    auto rows = statement.run(*session);
    if (!rows.next()) return std::nullopt;
    return read_notification(rows);
}

Found Portfolio::search(SearchWish const& wish) const
{
    auto const session = seen_by(database_, actor_);
    return find_records(*session, actor_, wish, [](Statement& statement) { statement.add(line_columns).add("r.updated_at "); }, read_line);
}

}  // namespace greffier::overview
