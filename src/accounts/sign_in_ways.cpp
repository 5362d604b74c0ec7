#include "accounts/sign_in_ways.hpp"

#include <algorithm>

#include "core/key_wrap.hpp"

namespace greffier::accounts {

using storage::Session;
using storage::SqlText;

SignInWays::SignInWays(storage::Database& database, Secret<Bytes> const& key, Parts parts)
    : journeys(database, derived_key(key, "journeys")), identities(database), database_(database), hint_key_(derived_key(key, "hints")), outbound_(std::move(parts.outbound)), passwords_(parts.passwords)
{
    for (auto& settings : parts.providers) providers_.push_back(std::make_unique<OidcClient>(std::move(settings), *outbound_));
    for (auto& settings : parts.directories) directories_.push_back(std::make_unique<LdapWay>(std::move(settings)));
}

OidcClient* SignInWays::find(std::string_view name)
{
    auto const found = std::ranges::find_if(providers_, [&](auto const& each) { return each->rules().name == name; });
    return found == providers_.end() ? nullptr : found->get();
}

std::string SignInWays::label_of(std::string_view name) const
{
    auto const found = std::ranges::find_if(providers_, [&](auto const& each) { return each->rules().name == name; });
    if (found != providers_.end()) return (*found)->rules().label;
    auto const directory = std::ranges::find_if(directories_, [&](auto const& each) { return each->rules().name == name; });
    return directory == directories_.end() ? std::string{name} : (*directory)->rules().label;
}

void SignInWays::note_origin(ByteView holder, std::string const& provider, Presented const& presented, Timestamp ends)
{
    auto const& token = presented.id_token.reveal();
    Bytes const sealed = token.empty() ? Bytes{} : seal(hint_key_, as_bytes(token));
    (void)database_.write([&](Session& session) -> Status {
        session.lock_nothing();
        session.execute(SqlText{"INSERT INTO session_origin(holder, provider, issuer, subject, provider_session, id_token, expires_at) VALUES(?,?,?,?,?,?,?) ON CONFLICT(holder) DO NOTHING"}, holder,
                        provider, presented.issuer, presented.subject, presented.session, sealed, ends);
        return Nothing{};
    });
}

void SignInWays::pass_on(ByteView half, ByteView holder, Timestamp ends)
{
    {
        auto session = database_.read();
        if (!session->query(SqlText{"SELECT 1 FROM session_origin WHERE holder=?"}, half).next()) return;
    }
    (void)database_.write([&](Session& session) -> Status {
        session.lock_nothing();
        session.execute(SqlText{"UPDATE session_origin SET holder=?, expires_at=? WHERE holder=?"}, holder, ends, half);
        return Nothing{};
    });
}

std::optional<SessionOrigin> SignInWays::origin_of(ByteView holder)
{
    auto session = database_.read();
    auto row = session->query(SqlText{"SELECT provider, issuer, subject, provider_session, id_token FROM session_origin WHERE holder=?"}, holder);
    if (!row.next()) return std::nullopt;
    SessionOrigin origin{row.text(0), row.text(1), row.text(2), row.text(3), {}};
    if (!row.is_null(4) && !row.bytes(4).empty())
        if (auto const opened = open_sealed(hint_key_, row.bytes(4))) origin.id_token = SecretText{std::string{as_text(opened->reveal())}};
    return origin;
}

void SignInWays::forget_origin(ByteView holder)
{
    (void)database_.write([&](Session& session) -> Status {
        session.lock_nothing();
        session.execute(SqlText{"DELETE FROM session_origin WHERE holder=?"}, holder);
        return Nothing{};
    });
}

std::vector<PersonId> SignInWays::end_sessions(std::string const& issuer, LogoutToken const& token)
{
    std::vector<PersonId> ended;
    (void)database_.write([&](Session& session) -> Status {
        std::vector<Bytes> holders;
        {
            auto rows = session.query(SqlText{"SELECT holder FROM session_origin WHERE issuer=? AND (subject=? OR ?='') AND (provider_session=? OR ?='')"}, issuer, token.subject, token.subject,
                                      token.session, token.session);
            while (rows.next()) {
                auto const holder = rows.bytes(0);
                holders.emplace_back(holder.begin(), holder.end());
            }
        }
        for (auto const& holder : holders) {
            {
                auto row = session.query(SqlText{"SELECT person_id FROM session WHERE token_hash=?"}, holder);
                if (row.next()) ended.push_back(row.id<greffier::Person>(0));
            }
            session.execute(SqlText{"DELETE FROM session WHERE token_hash=?"}, holder);
            session.execute(SqlText{"DELETE FROM half_sign_in WHERE token_hash=?"}, holder);
            session.execute(SqlText{"DELETE FROM session_origin WHERE holder=?"}, holder);
        }
        return Nothing{};
    });
    return ended;
}

int SignInWays::remove_expired(Timestamp now)
{
    std::int64_t removed = 0;
    (void)database_.write([&](Session& session) -> Status {
        session.lock_nothing();
        removed = session.execute(SqlText{"DELETE FROM session_origin WHERE expires_at<=?"}, now);
        return Nothing{};
    });
    return static_cast<int>(removed);
}

}  // namespace greffier::accounts
