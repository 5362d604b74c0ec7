#include "accounts/calendar_feeds.hpp"

#include "core/crypto.hpp"
#include "core/text.hpp"

namespace greffier::accounts {

using storage::Session;
using storage::SqlText;

namespace {

constexpr std::size_t longest_name = 60;
constexpr std::size_t token_letters = 32;   // 192 bits in base64url

std::string hash_of(std::string_view token) { return to_hex(sha256(as_bytes(token))); }

std::string ids_text(std::vector<OrganisationId> const& organisations)
{
    std::vector<std::string> texts;
    for (auto const& id : organisations) texts.push_back(id.text());
    return join(texts, " ");
}

std::vector<OrganisationId> ids_of(std::string_view text)
{
    std::vector<OrganisationId> ids;
    for (auto const& one : split(text, ' '))
        if (auto const id = OrganisationId::parse(one)) ids.push_back(*id);
    return ids;
}

constexpr SqlText feed_columns{"SELECT id, person_id, name, organisations, created_at, used_at, token_hash FROM calendar_feed "};

CalendarFeed read_feed(storage::Cursor const& row)
{
    return {row.id<FeedTag>(0), row.id<Person>(1), row.text(2), ids_of(row.view(3)), row.timestamp(4), row.optional_timestamp(5)};
}

}  // namespace

Result<std::string> CalendarFeeds::make(PersonId person, std::string name, std::vector<OrganisationId> const& organisations, Timestamp now)
{
    name = squeeze(name);
    if (name.empty()) return Error{ErrorKind::Invalid, "invalid", {}, {{"name", "required", {}}}};
    if (length_utf8(name) > longest_name) return Error{ErrorKind::Invalid, "invalid", {}, {{"name", "too_long", {{"max", std::to_string(longest_name)}}}}};
    auto token = random_token(192);
    auto const hash = hash_of(token);
    TRY(database_.write([&](Session& session) -> Status {
        {
            auto count = session.query(SqlText{"SELECT count(*) FROM calendar_feed WHERE person_id=? AND revoked_at IS NULL"}, person);
            count.next();
            if (count.integer(0) >= most) return Error::conflict("too_many_feeds", {{"max", std::to_string(most)}});
        }
        session.execute(SqlText{"INSERT INTO calendar_feed(token_hash, id, person_id, name, organisations, created_at) VALUES(?,?,?,?,?,?)"}, hash, Uuid::make(), person, name,
                        ids_text(organisations), now);
        return Nothing{};
    }));
    return token;
}

std::vector<CalendarFeed> CalendarFeeds::of(PersonId person) const
{
    std::vector<CalendarFeed> feeds;
    auto session = database_.read();
    auto rows = session->query(SqlText::joined({feed_columns, SqlText{"WHERE person_id=? AND revoked_at IS NULL ORDER BY created_at DESC, id"}}), person);
    while (rows.next()) feeds.push_back(read_feed(rows));
    return feeds;
}

Status CalendarFeeds::revoke(PersonId person, FeedId id, Timestamp now)
{
    return database_.write([&](Session& session) -> Status {
        session.lock_nothing();
        if (session.execute(SqlText{"UPDATE calendar_feed SET revoked_at=? WHERE id=? AND person_id=? AND revoked_at IS NULL"}, now, id, person) == 0) return Error::not_found();
        return Nothing{};
    });
}

std::optional<CalendarFeed> CalendarFeeds::find(std::string_view token) const
{
    if (token.size() != token_letters) return std::nullopt;
    auto const hash = hash_of(token);
    auto session = database_.read();
    auto row = session->query(SqlText::joined({feed_columns, SqlText{"WHERE token_hash=? AND revoked_at IS NULL AND EXISTS (SELECT 1 FROM person p WHERE p.id=person_id AND p.disabled_at IS NULL)"}}), hash);
    if (!row.next() || !equal_constant_time(as_bytes(row.view(6)), as_bytes(hash))) return std::nullopt;
    return read_feed(row);
}

void CalendarFeeds::note_use(CalendarFeed const& feed, Timestamp now)
{
    if (feed.used_at && now - *feed.used_at < std::chrono::hours{24}) return;
    [[maybe_unused]] auto const noted = database_.write([&](Session& session) -> Status {
        session.lock_nothing();
        session.execute(SqlText{"UPDATE calendar_feed SET used_at=? WHERE id=? AND revoked_at IS NULL"}, now, feed.id);
        return Nothing{};
    });
}

std::string_view code_of(DigestPace pace) { return pace == DigestPace::Daily ? "daily" : "weekly"; }

std::optional<DigestPace> parse_pace(std::string_view code)
{
    if (code == "daily") return DigestPace::Daily;
    return code == "weekly" ? std::optional{DigestPace::Weekly} : std::nullopt;
}

DigestChoice digest_choice(Session& session, PersonId person)
{
    auto row = session.query(SqlText{"SELECT digest, sent_on FROM reminder_choice WHERE person_id=?"}, person);
    if (!row.next()) return {};
    return {parse_pace(row.view(0)).value_or(DigestPace::Daily), parse_date(row.view(1))};
}

void keep_digest_pace(Session& session, PersonId person, DigestPace pace)
{
    session.execute(SqlText{"INSERT INTO reminder_choice(person_id, digest) VALUES(?,?) ON CONFLICT(person_id) DO UPDATE SET digest=excluded.digest"}, person, code_of(pace));
}

void note_digest(Session& session, PersonId person, Date day)
{
    auto const text = to_text(day);
    session.execute(SqlText{"INSERT INTO reminder_choice(person_id, digest, sent_on) VALUES(?,'daily',?) ON CONFLICT(person_id) DO UPDATE SET sent_on=excluded.sent_on"}, person, text);
}

}  // namespace greffier::accounts
