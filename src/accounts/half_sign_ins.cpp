#include "accounts/half_sign_ins.hpp"

namespace greffier::accounts {

using storage::Session;
using storage::SqlText;

std::string HalfSignIns::begin(PersonId person, std::string const& next, std::optional<OrganisationId> last, Timestamp now)
{
    auto token = random_token(192);
    auto const hash = sha256(as_bytes(token));
    auto const done = database_.write([&](Session& session) -> Status {
        session.lock_nothing();
        session.execute(SqlText{"INSERT INTO half_sign_in(token_hash, person_id, next, last_organisation, expires_at) VALUES(?,?,?,?,?)"}, hash, person, next, last,
                        now + life);
        return Nothing{};
    });
    if (!done.ok()) throw storage::StorageFailure("a sign-in could not be written");
    return token;
}

std::optional<HalfSignedIn> HalfSignIns::find(std::string_view token, Timestamp now)
{
    if (token.empty() || token.size() > 200) return std::nullopt;
    auto const hash = sha256(as_bytes(token));
    auto session = database_.read();
    // Under a clock set back, one of another day is over too.
    auto row = session->query(SqlText{"SELECT h.person_id, h.next, h.last_organisation FROM half_sign_in h JOIN person p ON p.id=h.person_id "
                                      "WHERE h.token_hash=? AND h.expires_at>? AND h.expires_at<=? AND h.tries<? AND p.disabled_at IS NULL"},
                              hash, now, now + 2 * life, most_tries);
    if (!row.next()) return std::nullopt;
    HalfSignedIn found{{hash.begin(), hash.end()}, row.id<Person>(0), row.text(1), {}};
    if (!row.is_null(2)) found.last_organisation = row.id<Organisation>(2);
    return found;
}

bool HalfSignIns::count_try(ByteView hash)
{
    auto const counted = database_.write([&](Session& session) -> Status {
        session.lock_nothing();
        if (session.execute(SqlText{"UPDATE half_sign_in SET tries=tries+1 WHERE token_hash=? AND tries<?"}, hash, most_tries) != 1) return Error::not_found("sign_in_over");
        return Nothing{};
    });
    return counted.ok();
}

Status HalfSignIns::finish_in(Session& session, ByteView hash, Timestamp now)
{
    if (session.execute(SqlText{"DELETE FROM half_sign_in WHERE token_hash=? AND expires_at>?"}, hash, now) != 1) return Error::not_found("sign_in_over");
    return Nothing{};
}

int HalfSignIns::remove_expired(Timestamp now)
{
    std::int64_t removed = 0;
    (void)database_.write([&](Session& session) -> Status {
        session.lock_nothing();
        removed = session.execute(SqlText{"DELETE FROM half_sign_in WHERE expires_at<=?"}, now);
        session.execute(SqlText{"DELETE FROM spent_challenge WHERE expires_at<=?"}, now);
        return Nothing{};
    });
    return static_cast<int>(removed);
}

}  // namespace greffier::accounts
