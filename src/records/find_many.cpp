#include "records/find_many.hpp"

#include <algorithm>

#include "records/by_sets.hpp"
#include "records/stored_rows.hpp"

namespace greffier::records {

using detail::by_sets;
using storage::SqlText;

namespace {

// The register is compared as an expression: SQLite would rather walk it whole than look a hundred ids up.

/// As they are; of their content `fields` alone, when there are any.
std::map<RecordId, Stored> now_there(Records const& records, Register const& kind, std::vector<RecordId> const& ids, std::span<std::string const> fields, Deleted deleted)
{
    std::map<RecordId, Stored> found;
    auto const organisation = records.organisation();
    by_sets(records,
            SqlText{"SELECT " GREFFIER_HEAD ", b.body, b.schema_version FROM record r JOIN record_body b ON b.rid=r.rid "
                    "WHERE r.organisation_id=? AND r.register||''=? AND r.id IN " GREFFIER_HUNDRED_IDS},
            {storage::to_param(organisation), storage::to_param(kind.slug)}, ids, [&](storage::Session& session, storage::Cursor const& row) {
                BodyReader bodies(records.machinery().sealing, session, organisation, kind);
                auto stored = detail::read_stored(bodies, row, fields);
                if (!stored.head.deleted_at || deleted == Deleted::Too) found.emplace(stored.head.id, std::move(stored));
            });
    return found;
}

}  // namespace

std::map<RecordId, Stored> find_many(Records const& records, Register const& kind, std::vector<RecordId> const& ids, std::optional<Timestamp> at, Deleted deleted)
{
    if (!at) return now_there(records, kind, ids, {}, deleted);
    std::map<RecordId, Stored> found;
    auto const organisation = records.organisation();
    by_sets(records,
            SqlText{"SELECT " GREFFIER_VERSION_ROW ", r.created_at, r.id FROM record r "
                    "JOIN record_version v ON v.rid=r.rid AND v.version=(SELECT max(version) FROM record_version WHERE rid=r.rid AND recorded_at<=?) "
                    "WHERE r.organisation_id=? AND r.register||''=? AND v.action<>'delete' AND v.body IS NOT NULL AND r.id IN " GREFFIER_HUNDRED_IDS},
            {storage::to_param(*at), storage::to_param(organisation), storage::to_param(kind.slug)}, ids, [&](storage::Session& session, storage::Cursor const& row) {
                auto const id = row.id<Record>(detail::version_columns + 1);
                BodyReader bodies(records.machinery().sealing, session, organisation, kind);
                found.emplace(id, detail::as_version(detail::read_version(bodies, id, row), id, row.timestamp(detail::version_columns), kind));
            });
    return found;
}

std::map<RecordId, Stored> find_some(Records const& records, Register const& kind, std::vector<RecordId> const& ids, std::vector<std::string> const& fields)
{
    return now_there(records, kind, ids, fields, Deleted::Left);
}

std::map<RecordId, PlacedHead> heads_of(Records const& records, std::vector<RecordId> const& ids, Deleted deleted)
{
    std::map<RecordId, PlacedHead> found;
    auto const organisation = records.organisation();
    by_sets(records, SqlText{"SELECT " GREFFIER_HEAD ", r.register FROM record r WHERE r.organisation_id=? AND r.id IN " GREFFIER_HUNDRED_IDS}, {storage::to_param(organisation)}, ids,
            [&](storage::Session&, storage::Cursor const& row) {
                auto head = detail::read_head(row);
                if (!head.deleted_at || deleted == Deleted::Too) found.emplace(head.id, PlacedHead{row.text(detail::head_columns), std::move(head)});
            });
    return found;
}

}  // namespace greffier::records
