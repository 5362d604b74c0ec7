#include "accounts/one_time_links.hpp"

#include "core/crypto.hpp"

namespace greffier::accounts {

using storage::Session;
using storage::SqlText;

namespace {

std::string_view code_of(LinkPurpose purpose)
{
    switch (purpose) {
    case LinkPurpose::Setup: return "setup";
    case LinkPurpose::Welcome: return "welcome";
    case LinkPurpose::Reset: return "reset";
    }
    return "";
}

void add_in(Session& session, std::string const& token, LinkPurpose purpose, std::optional<PersonId> person, Timestamp now, Timestamp until)
{
    session.execute(SqlText{"INSERT INTO one_time_link(token_hash, purpose, person_id, created_at, expires_at) VALUES(?, ?, ?, ?, ?)"},
                    sha256(as_bytes(token)), code_of(purpose), person, now, until);
}

}  // namespace

std::optional<std::string> OneTimeLinks::set_up(Timestamp now)
{
    auto token = random_token(192);
    auto made = database_.write([&](Session& session) -> Status {
        if (session.query(SqlText{"SELECT 1 FROM membership WHERE organisation_id IS NULL AND revoked_at IS NULL"}).next()) return Error::conflict("conflict");
        session.execute(SqlText{"DELETE FROM one_time_link WHERE purpose='setup'"});
        add_in(session, token, LinkPurpose::Setup, std::nullopt, now, now + setup_life);
        return Nothing{};
    });
    if (!made.ok()) return std::nullopt;
    return token;
}

Timestamp OneTimeLinks::end_of(LinkPurpose purpose, Timestamp now)
{
    return now + (purpose == LinkPurpose::Setup ? setup_life : purpose == LinkPurpose::Welcome ? welcome_life : reset_life);
}

std::string_view OneTimeLinks::page_of(LinkPurpose purpose) { return purpose == LinkPurpose::Reset ? "/reset/" : "/welcome/"; }

std::string OneTimeLinks::make_in(Session& session, LinkPurpose purpose, PersonId person, Timestamp now)
{
    auto token = random_token(192);
    session.execute(SqlText{"DELETE FROM one_time_link WHERE purpose=? AND person_id=?"}, code_of(purpose), person);
    add_in(session, token, purpose, person, now, end_of(purpose, now));
    return token;
}

std::string OneTimeLinks::make(LinkPurpose purpose, PersonId person, Timestamp now)
{
    std::string token;
    auto made = database_.write([&](Session& session) -> Status {
        token = make_in(session, purpose, person, now);
        return Nothing{};
    });
    if (!made.ok()) throw storage::StorageFailure("a link could not be written");
    return token;
}

void OneTimeLinks::end_all_in(Session& session, PersonId person)
{
    session.execute(SqlText{"DELETE FROM one_time_link WHERE person_id=? AND used_at IS NULL"}, person);
}

std::optional<OneTimeLink> OneTimeLinks::find(std::string_view token, LinkPurpose purpose, Timestamp now)
{
    auto session = database_.read();
    auto const hash = sha256(as_bytes(token));
    auto row = session->query(SqlText{"SELECT person_id, expires_at FROM one_time_link WHERE token_hash=? AND purpose=? AND used_at IS NULL AND expires_at>?"}, hash,
                              code_of(purpose), now);
    if (!row.next()) return std::nullopt;
    OneTimeLink link{purpose, std::nullopt, row.timestamp(1)};
    if (!row.is_null(0)) link.person = row.id<Person>(0);
    return link;
}

Status OneTimeLinks::use_in(Session& session, std::string_view token, LinkPurpose purpose, Timestamp now)
{
    auto const hash = sha256(as_bytes(token));
    auto used = session.execute(SqlText{"UPDATE one_time_link SET used_at=? WHERE token_hash=? AND purpose=? AND used_at IS NULL AND expires_at>?"}, now, hash,
                                code_of(purpose), now);
    if (used != 1) return Error::not_found("expired_link");
    return Nothing{};
}

int OneTimeLinks::remove_expired(Timestamp now)
{
    std::int64_t removed = 0;
    (void)database_.write([&](Session& session) -> Status {
        removed = session.execute(SqlText{"DELETE FROM one_time_link WHERE expires_at<=? OR used_at IS NOT NULL"}, now);
        return Nothing{};
    });
    return static_cast<int>(removed);
}

}  // namespace greffier::accounts
