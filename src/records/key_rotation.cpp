#include "records/key_rotation.hpp"

#include <algorithm>
#include <string>

#include "core/key_wrap.hpp"
#include "records/drafts.hpp"
#include "records/sealing.hpp"

namespace greffier::records {

using storage::Session;
using storage::SqlText;

namespace {

constexpr int at_once = 200;

struct Rotation {
    Machinery const& machinery;
    OrganisationId organisation;
    int generation;

    [[nodiscard]] Sealing const& sealing() const { return *machinery.sealing; }

    /// What the record is found by, under the key of the new generation.
    void hash_anew(Session& session, Register const& kind, RecordId id) const
    {
        BodyReader bodies(machinery.sealing, session, organisation, kind);
        schema::Row row;
        {
            auto rows = session.query(SqlText{"SELECT r.version, b.schema_version, b.body FROM record r JOIN record_body b ON b.rid=r.rid WHERE r.organisation_id=? AND r.id=?"}, organisation, id);
            if (!rows.next()) return;
            row = bodies.row({id, rows.integer(0), static_cast<int>(rows.integer(1)), rows.view(2)});
        }
        sealing().write_lookups(session, organisation, kind, id, row);
    }

    std::int64_t records(Session& session) const
    {
        std::vector<std::pair<RecordId, std::string>> waiting;
        {
            auto rows = session.query(SqlText{"SELECT record_id, register FROM record_key WHERE organisation_id=? AND generation<>? AND wrapped IS NOT NULL ORDER BY record_id LIMIT ?"}, organisation,
                                      generation, at_once);
            while (rows.next()) waiting.emplace_back(rows.id<Record>(0), rows.text(1));
        }
        for (auto const& [id, slug] : waiting) {
            sealing().rewrap_record_key(session, organisation, id, generation);
            if (auto const* kind = machinery.registers.find(slug)) hash_anew(session, *kind, id);
        }
        return static_cast<std::int64_t>(waiting.size());
    }

    std::int64_t drafts(Session& session) const
    {
        struct Held {
            PersonId person;
            std::string slug;
            RecordId record;
            Bytes body;
            int generation;
        };
        std::vector<Held> waiting;
        {
            auto rows = session.query(SqlText{"SELECT person_id, register, record_id, body, sealed FROM draft WHERE organisation_id=? AND sealed<>0 AND sealed<>? LIMIT ?"}, organisation, generation, at_once);
            while (rows.next())
                waiting.push_back({rows.id<Person>(0), rows.text(1), rows.id<Record>(2), Bytes(rows.bytes(3).begin(), rows.bytes(3).end()), static_cast<int>(rows.integer(4))});
        }
        auto const fresh = sealing().key_of(session, organisation, generation);
        for (auto const& one : waiting) {
            auto const place = draft_place(organisation, one.person, one.slug, one.record);
            auto const plain = open_bound(sealing().key_of(session, organisation, one.generation), one.body, place);
            if (!plain) throw std::runtime_error("a sealed draft does not open: it was changed or moved");
            session.execute(SqlText{"UPDATE draft SET body=?, sealed=? WHERE organisation_id=? AND person_id=? AND register=? AND record_id=?"}, seal_bound(fresh, plain->reveal(), place), generation,
                            organisation, one.person, one.slug, one.record);
        }
        return static_cast<std::int64_t>(waiting.size());
    }

    /// The old keys go once nothing is wrapped by them; answers kept for a day that they sealed go with them.
    void finish(Session& session) const
    {
        for (auto const old : sealing().generations(session, organisation))
            if (old != generation) Sealing::forget_generation(session, organisation, old);
        session.execute(SqlText{"DELETE FROM idempotency WHERE organisation_id=? AND substr(body, 1, 7)='sealed:'"}, organisation);
    }
};

}  // namespace

Result<Rotated> rotate_organisation_key(Machinery const& machinery, OrganisationId organisation, std::function<void(std::int64_t)> const& progress)
{
    Rotated rotated;
    auto begun = machinery.database.write([&](Session& session) -> Status {
        session.lock(organisation);
        auto const there = machinery.sealing->generations(session, organisation);
        if (there.empty()) return Error::conflict("no_sealed_key");
        rotated.resumed = there.size() > 1;
        rotated.generation = rotated.resumed ? there.back() : there.back() + 1;
        if (!rotated.resumed) machinery.sealing->make_generation(session, organisation, rotated.generation);
        return Nothing{};
    });
    if (!begun.ok()) return begun.error();
    Rotation const rotation{machinery, organisation, rotated.generation};
    for (bool more = true; more;) {
        std::int64_t records = 0, drafts = 0;
        TRY(machinery.database.write([&](Session& session) -> Status {
            session.lock(organisation);
            records = rotation.records(session);
            drafts = rotation.drafts(session);
            if (records == 0 && drafts == 0) rotation.finish(session);
            return Nothing{};
        }));
        more = records > 0 || drafts > 0;
        rotated.records += records;
        rotated.drafts += drafts;
        if (more && progress) progress(rotated.records);
    }
    return rotated;
}

std::vector<SealedCount> sealed_counts(Session& session)
{
    std::vector<SealedCount> all;
    auto rows = session.query(SqlText{"SELECT organisation_id, CASE WHEN wrapped IS NULL THEN 0 ELSE generation END, count(*) FROM record_key "
                                      "GROUP BY organisation_id, CASE WHEN wrapped IS NULL THEN 0 ELSE generation END ORDER BY 1, 2"});
    while (rows.next()) all.push_back({rows.id<Organisation>(0), static_cast<int>(rows.integer(1)), rows.integer(2)});
    return all;
}

}  // namespace greffier::records
