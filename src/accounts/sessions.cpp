#include "accounts/sessions.hpp"

#include "accounts/sight.hpp"

#include <algorithm>
#include <charconv>

namespace greffier::accounts {

using storage::Session;
using storage::SqlText;

namespace {

constexpr std::chrono::minutes visit_step{1};   // a write for each page would be a write too many
constexpr std::chrono::minutes clock_slack{5};  // between the clocks of two machines that serve one database

Bytes hash_of(std::string_view token)
{
    auto const hash = sha256(as_bytes(token));
    return {hash.begin(), hash.end()};
}

/// The shortest of what their roles ask for, wherever they hold them.
std::chrono::minutes idle_in(Session& session, PersonId person, IdleTimes const& times)
{
    auto idle = times.everyone;
    if (times.of_role.empty()) return idle;
    auto rows = session.query(SqlText{"SELECT DISTINCT role FROM membership WHERE person_id=? AND revoked_at IS NULL"}, person);
    while (rows.next())
        for (auto const& [role, minutes] : times.of_role)
            if (rows.view(0) == code_of(role)) idle = std::min(idle, minutes);
    return idle;
}

/// A clock that was ahead and is right again would leave a session open for as long as it was ahead: its delays begin anew.
void come_back_with_the_clock(storage::Database& database, SignedIn& found, Timestamp now)
{
    found.seen_at = now;
    found.expires_at = std::min(found.expires_at, now + session_life);
    (void)database.write([&](Session& session) -> Status {
        session.lock_nothing();
        session.execute(SqlText{"UPDATE session SET seen_at=?, expires_at=? WHERE token_hash=?"}, found.seen_at, found.expires_at, found.session_hash);
        return Nothing{};
    });
}

/// Of what the person sees today: what tells of a hidden record is no news.
std::int64_t unread_seen(storage::Database& database, PersonId person)
{
    auto const seen = Seen::across(database, person);
    auto row = seen->query(SqlText{"SELECT count(*) FROM (SELECT 1 FROM notification n WHERE n.person_id=? AND n.read_at IS NULL AND EXISTS "
                                   "(SELECT 1 FROM membership m WHERE m.person_id=n.person_id AND m.organisation_id=n.organisation_id AND m.revoked_at IS NULL) LIMIT 100) u"},
                           person);
    row.next();
    return row.integer(0);
}

}  // namespace

std::string Sessions::start(PersonId person, Timestamp now, std::string const& device)
{
    auto token = random_token(192);
    auto done = database_.write([&](Session& session) -> Status {
        session.lock_nothing();
        auto const hash = hash_of(token);
        auto const secret = random_bytes(32);
        session.execute(SqlText{"INSERT INTO session(token_hash, person_id, csrf_secret, created_at, seen_at, expires_at, device, proved_at, idle) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)"}, hash, person,
                        secret, now, now, now + session_life, device, now, idle_in(session, person, idle_).count());
        return Nothing{};
    });
    if (!done.ok()) throw storage::StorageFailure("a session could not be written");
    return token;
}

std::optional<SignedIn> Sessions::authenticate(std::string_view token, Timestamp now)
{
    if (token.empty() || token.size() > 200) return std::nullopt;
    SignedIn found;
    found.session_hash = hash_of(token);
    std::chrono::minutes idle{};
    {
        auto session = database_.read();
        // The bell's count rides along: a page must not cost one statement more for it.
        auto row = session->query(SqlText{"SELECT s.csrf_secret, s.created_at, s.seen_at, s.expires_at, s.last_organisation, p.id, p.email, p.email_shown, p.name, "
                                          "p.language, p.theme, p.created_at, p.password IS NOT NULL, "
                                          "EXISTS(SELECT 1 FROM membership m WHERE m.person_id=p.id AND m.organisation_id IS NULL AND m.revoked_at IS NULL), "
                                          "(SELECT count(*) FROM (SELECT 1 FROM notification n WHERE n.person_id=p.id AND n.read_at IS NULL AND EXISTS "
                                          "(SELECT 1 FROM membership m WHERE m.person_id=p.id AND m.organisation_id=n.organisation_id AND m.revoked_at IS NULL) LIMIT 100) u), s.idle, "
                                          "EXISTS(SELECT 1 FROM see_as_visit v WHERE v.session_hash=s.token_hash AND v.ended_at IS NULL), "
                                          "NOT (EXISTS(SELECT 1 FROM membership l WHERE l.person_id=p.id AND l.limited=1 AND l.revoked_at IS NULL) "
                                          "OR EXISTS(SELECT 1 FROM membership l WHERE l.person_id=p.id AND l.role='external_author' AND l.revoked_at IS NULL) "
                                          "OR (EXISTS(SELECT 1 FROM record r WHERE r.restricted=1) AND EXISTS(SELECT 1 FROM membership l WHERE l.person_id=p.id "
                                          "AND l.role IN ('administrator','ciso','contributor','reader','auditor') AND l.revoked_at IS NULL)) "
                                          "OR (EXISTS(SELECT 1 FROM record r WHERE r.register='notes') AND EXISTS(SELECT 1 FROM membership l WHERE l.person_id=p.id AND l.role<>'dpo' AND l.revoked_at IS NULL))) "
                                          "FROM session s JOIN person p ON p.id=s.person_id WHERE s.token_hash=? AND p.disabled_at IS NULL"},
                                  found.session_hash);
        if (!row.next()) return std::nullopt;
        auto secret = row.bytes(0);
        found.csrf_secret.assign(secret.begin(), secret.end());
        found.created_at = row.timestamp(1);
        found.seen_at = row.timestamp(2);
        found.expires_at = row.timestamp(3);
        if (!row.is_null(4)) found.last_organisation = row.id<Organisation>(4);
        found.person.id = row.id<greffier::Person>(5);
        found.person.email = row.text(6);
        found.person.email_shown = row.text(7);
        found.person.name = row.text(8);
        if (!row.view(9).empty()) found.person.language = parse_language(row.view(9));
        found.person.theme = row.text(10);
        found.person.created_at = row.timestamp(11);
        found.person.has_password = row.integer(12) != 0;
        found.installation_administrator = row.integer(13) != 0;
        found.unread = row.integer(14);
        idle = std::min(std::chrono::minutes(row.integer(15)), idle_.everyone);
        found.sees_as_another = row.integer(16) != 0;
        found.sees_all_everywhere = row.integer(17) != 0;
    }
    if (!found.sees_all_everywhere && found.unread > 0) found.unread = unread_seen(database_, found.person.id);
    if (now >= found.expires_at || now >= found.seen_at + idle) return std::nullopt;
    if (found.seen_at > now + clock_slack) {
        come_back_with_the_clock(database_, found, now);
    } else if (now >= found.seen_at + visit_step) {
        found.seen_at = now;
        (void)database_.write([&](Session& session) -> Status {
            session.lock_nothing();
            // Roles come and go during a session: what they ask for follows with the visits.
            session.execute(SqlText{"UPDATE session SET seen_at=?, idle=? WHERE token_hash=? AND seen_at<?"}, now, idle_in(session, found.person.id, idle_).count(), found.session_hash, now);
            return Nothing{};
        });
    }
    return found;
}

std::chrono::minutes Sessions::idle_of(PersonId person)
{
    auto session = database_.read();
    return idle_in(*session, person, idle_);
}

std::optional<std::chrono::minutes> parse_idle_minutes(std::string_view text)
{
    int minutes = 0;
    auto const read = std::from_chars(text.data(), text.data() + text.size(), minutes);
    if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) return std::nullopt;
    std::chrono::minutes const idle{minutes};
    if (idle < IdleTimes::shortest || idle > IdleTimes::longest) return std::nullopt;
    return idle;
}

std::optional<std::pair<Role, std::chrono::minutes>> parse_idle_time(std::string_view text)
{
    auto const equals = text.find('=');
    if (equals == text.npos) return std::nullopt;
    auto const role = parse_role(text.substr(0, equals));
    auto const minutes = parse_idle_minutes(text.substr(equals + 1));
    if (!role || !minutes) return std::nullopt;
    return std::pair{*role, *minutes};
}

bool Sessions::is_fresh(ByteView session_hash, Timestamp now)
{
    auto session = database_.read();
    auto row = session->query(SqlText{"SELECT proved_at FROM session WHERE token_hash=?"}, session_hash);
    if (!row.next()) return false;
    auto const proved = row.timestamp(0);
    return proved <= now + clock_slack && now < proved + proof_life;
}

void Sessions::prove(ByteView session_hash, Timestamp now)
{
    (void)database_.write([&](Session& session) -> Status {
        session.lock_nothing();
        session.execute(SqlText{"UPDATE session SET proved_at=? WHERE token_hash=?"}, now, session_hash);
        return Nothing{};
    });
}

void Sessions::end(ByteView session_hash)
{
    (void)database_.write([&](Session& session) -> Status {
        session.lock_nothing();
        session.execute(SqlText{"DELETE FROM session WHERE token_hash=?"}, session_hash);
        return Nothing{};
    });
}

void Sessions::remember_organisation(ByteView session_hash, OrganisationId organisation)
{
    (void)database_.write([&](Session& session) -> Status {
        session.lock_nothing();
        session.execute(SqlText{"UPDATE session SET last_organisation=? WHERE token_hash=?"}, organisation, session_hash);
        return Nothing{};
    });
}

std::vector<SessionInfo> Sessions::of(PersonId person, Timestamp now)
{
    std::vector<SessionInfo> all;
    auto session = database_.read();
    auto rows = session->query(SqlText{"SELECT token_hash, created_at, seen_at, expires_at, device FROM session WHERE person_id=? AND expires_at>? AND seen_at+idle*60000>? "
                                       "ORDER BY seen_at DESC, token_hash"},
                               person, now, now);
    while (rows.next()) {
        auto hash = rows.bytes(0);
        all.push_back({{hash.begin(), hash.end()}, rows.timestamp(1), rows.timestamp(2), rows.timestamp(3), rows.text(4)});
    }
    return all;
}

Status Sessions::revoke(PersonId person, ByteView session_hash)
{
    return database_.write([&](Session& session) -> Status {
        if (session.execute(SqlText{"DELETE FROM session WHERE token_hash=? AND person_id=?"}, session_hash, person) == 0) return Error::not_found();
        return Nothing{};
    });
}

int Sessions::remove_expired(Timestamp now)
{
    std::int64_t removed = 0;
    (void)database_.write([&](Session& session) -> Status {
        session.lock_nothing();
        removed = session.execute(SqlText{"DELETE FROM session WHERE expires_at<=? OR seen_at+idle*60000<=?"}, now, now);
        return Nothing{};
    });
    return static_cast<int>(removed);
}

}  // namespace greffier::accounts
