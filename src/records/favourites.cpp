#include "records/favourites.hpp"

#include <string>

namespace greffier::records {

using storage::Session;
using storage::SqlText;

namespace {

bool keep_one(Session& session, Session& seen, OrganisationId organisation, PersonId person, Register const& kind, RecordId record, Timestamp now)
{
    if (!seen.query(SqlText{"SELECT 1 FROM record WHERE organisation_id=? AND id=? AND register=?"}, organisation, record, kind.slug).next()) return false;
    session.execute(SqlText{"INSERT INTO record_favourite(person_id, organisation_id, record_id, created_at) VALUES(?,?,?,?) "
                            "ON CONFLICT(person_id, organisation_id, record_id) DO NOTHING"},
                    person, organisation, record, now);
    return true;
}

Status expect_room(Session& session, OrganisationId organisation, PersonId person)
{
    auto count = session.query(SqlText{"SELECT count(*) FROM record_favourite WHERE person_id=? AND organisation_id=?"}, person, organisation);
    count.next();
    if (count.integer(0) > favourites_at_most) return Error::conflict("too_many_favourites", {{"max", std::to_string(favourites_at_most)}});
    return Nothing{};
}

}  // namespace

Status Favourites::keep(PersonId person, Register const& kind, RecordId record, Timestamp now) const
{
    return database_.write([&](Session& session) -> Status {
        session.lock(organisation_);
        accounts::Seen const seen(session, sight_);
        if (!keep_one(session, *seen, organisation_, person, kind, record, now)) return Error::not_found();
        return expect_room(session, organisation_, person);   // an Error undoes what was just kept
    });
}

Result<std::int64_t> Favourites::keep_all(PersonId person, Register const& kind, std::vector<RecordId> const& records, Timestamp now) const
{
    return database_.write_result<std::int64_t>([&](Session& session) -> Result<std::int64_t> {
        session.lock(organisation_);
        accounts::Seen const seen(session, sight_);
        std::int64_t kept = 0;
        for (auto const& record : records) kept += keep_one(session, *seen, organisation_, person, kind, record, now);
        TRY(expect_room(session, organisation_, person));
        return kept;
    });
}

Status Favourites::drop(PersonId person, Register const& kind, RecordId record) const
{
    return database_.write([&](Session& session) -> Status {
        session.lock(organisation_);
        if (!accounts::Seen(session, sight_)->query(SqlText{"SELECT 1 FROM record WHERE organisation_id=? AND id=? AND register=?"}, organisation_, record, kind.slug).next()) return Error::not_found();
        session.execute(SqlText{"DELETE FROM record_favourite WHERE person_id=? AND organisation_id=? AND record_id=?"}, person, organisation_, record);
        return Nothing{};
    });
}

bool Favourites::has(PersonId person, RecordId record) const
{
    accounts::Seen const session(database_, organisation_, sight_);
    return session->query(SqlText{"SELECT 1 FROM record_favourite WHERE person_id=? AND organisation_id=? AND record_id=?"}, person, organisation_, record).next();
}

std::set<RecordId> Favourites::of(PersonId person) const
{
    std::set<RecordId> kept;
    accounts::Seen const session(database_, organisation_, sight_);
    auto rows = session->query(SqlText{"SELECT record_id FROM record_favourite WHERE person_id=? AND organisation_id=?"}, person, organisation_);
    while (rows.next()) kept.insert(rows.id<Record>(0));
    return kept;
}

}  // namespace greffier::records
