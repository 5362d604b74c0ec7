#include "reception/follow_ups.hpp"

#include "core/crypto.hpp"

namespace greffier::reception {

using storage::Session;
using storage::SqlText;

namespace {

std::string hash_of(std::string_view token) { return to_hex(sha256(as_bytes(token))); }

void revoke_in(Session& session, OrganisationId organisation, RecordId record, Timestamp now)
{
    session.execute(SqlText{"UPDATE follow_up SET revoked_at=? WHERE organisation_id=? AND record_id=? AND revoked_at IS NULL"}, now, organisation, record);
}

}  // namespace

std::string FollowUps::make_in(Session& session, OrganisationId organisation, RecordId record, Timestamp now, std::chrono::hours lives)
{
    auto token = random_token(192);
    auto const hash = hash_of(token);
    session.execute(SqlText{"INSERT INTO follow_up(organisation_id, token_hash, record_id, created_at, expires_at) VALUES(?,?,?,?,?)"}, organisation, hash, record, now, now + lives);
    return token;
}

std::optional<FollowUp> FollowUps::find(std::string_view token, Timestamp now) const
{
    auto session = database_.read_of(organisation_);
    auto const hash = hash_of(token);
    auto row = session->query(SqlText{"SELECT record_id, created_at, expires_at FROM follow_up WHERE organisation_id=? AND token_hash=? AND revoked_at IS NULL AND expires_at>?"},
                              organisation_, hash, now);
    if (!row.next()) return std::nullopt;
    return FollowUp{row.id<greffier::Record>(0), row.timestamp(1), row.timestamp(2), std::nullopt};
}

std::vector<FollowUp> FollowUps::of(RecordId record) const
{
    std::vector<FollowUp> all;
    auto session = database_.read_of(organisation_);
    auto row = session->query(SqlText{"SELECT created_at, expires_at, revoked_at FROM follow_up WHERE organisation_id=? AND record_id=? ORDER BY created_at DESC, token_hash"}, organisation_, record);
    while (row.next()) all.push_back({record, row.timestamp(0), row.timestamp(1), row.optional_timestamp(2)});
    return all;
}

Result<std::string> FollowUps::renew(RecordId record, Timestamp now) const
{
    return database_.write_result<std::string>([&](Session& session) -> Result<std::string> {
        session.lock(organisation_);
        revoke_in(session, organisation_, record, now);
        return make_in(session, organisation_, record, now);
    });
}

Status FollowUps::revoke(RecordId record, Timestamp now) const
{
    return database_.write([&](Session& session) -> Status {
        session.lock(organisation_);
        revoke_in(session, organisation_, record, now);
        return Nothing{};
    });
}

}  // namespace greffier::reception
