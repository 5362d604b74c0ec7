#include "records/store.hpp"

#include "records/arguments.hpp"
#include "records/one_act.hpp"
#include "records/stored_rows.hpp"

namespace greffier::records {

using detail::as_version;
using detail::read_stored;
using detail::read_version;
using storage::Session;
using storage::SqlText;

BodyReader Records::bodies_of(Session& session, Register const& kind) const { return {machinery_.sealing, session, organisation_, kind}; }

Result<Stored> Records::find(Register const& kind, RecordId id, bool deleted_too) const
{
    auto const session = seen();
    auto row = session->query(SqlText{"SELECT " GREFFIER_HEAD ", b.body, b.schema_version FROM record r JOIN record_body b ON b.rid=r.rid "
                                      "WHERE r.organisation_id=? AND r.id=? AND r.register=?"},
                              organisation_, id, kind.slug);
    if (!row.next()) return Error::not_found();
    auto bodies = bodies_of(*session, kind);
    auto stored = read_stored(bodies, row);
    if (stored.head.deleted_at && !deleted_too) return Error::not_found();
    return stored;
}

Result<Stored> Records::find_at(Register const& kind, RecordId id, Timestamp at) const
{
    auto const session = seen();
    auto row = session->query(SqlText{"SELECT " GREFFIER_VERSION_ROW ", r.created_at FROM record r "
                                      "JOIN record_version v ON v.rid=r.rid WHERE r.organisation_id=? AND r.id=? AND r.register=? AND v.recorded_at<=? "
                                      "ORDER BY v.version DESC LIMIT 1"},
                              organisation_, id, kind.slug, at);
    if (!row.next() || row.view(4) == "delete") return Error::not_found("not_there_then");
    auto bodies = bodies_of(*session, kind);
    auto version = read_version(bodies, id, row);
    if (version.erased) return Error::not_found("erased");
    return as_version(std::move(version), id, row.timestamp(7), kind);
}

std::optional<Stored> Records::find_by_reference(Register const& kind, std::string_view reference) const
{
    auto const session = seen();
    auto row = session->query(SqlText{"SELECT " GREFFIER_HEAD ", b.body, b.schema_version FROM record r JOIN record_body b ON b.rid=r.rid "
                                      "WHERE r.organisation_id=? AND r.register=? AND r.reference=? AND r.deleted_at IS NULL ORDER BY r.id LIMIT 1"},
                              organisation_, kind.slug, reference);
    if (!row.next()) return std::nullopt;
    auto bodies = bodies_of(*session, kind);
    return read_stored(bodies, row);
}

std::optional<Stored> Records::find_by_import_key(Register const& kind, std::string_view key) const
{
    auto const session = seen();
    auto row = session->query(SqlText{"SELECT " GREFFIER_HEAD ", b.body, b.schema_version FROM record r JOIN record_body b ON b.rid=r.rid "
                                      "WHERE r.organisation_id=? AND r.register=? AND r.import_key=? AND r.deleted_at IS NULL"},
                              organisation_, kind.slug, key);
    if (!row.next()) return std::nullopt;
    auto bodies = bodies_of(*session, kind);
    return read_stored(bodies, row);
}

Result<Stored> Records::only(Register const& kind) const
{
    auto const session = seen();
    auto row = session->query(SqlText{"SELECT " GREFFIER_HEAD ", b.body, b.schema_version FROM record r JOIN record_body b ON b.rid=r.rid "
                                      "WHERE r.organisation_id=? AND r.register=? AND r.deleted_at IS NULL LIMIT 1"},
                              organisation_, kind.slug);
    if (!row.next()) return Error::not_found();
    auto bodies = bodies_of(*session, kind);
    return read_stored(bodies, row);
}

Result<Stored> Records::only_at(Register const& kind, Timestamp at) const
{
    auto const now = TRY(only(kind));
    return find_at(kind, now.head.id, at);
}

void Records::each(Register const& kind, std::optional<Timestamp> at, std::function<void(Stored const&)> const& visit) const
{
    auto const session = seen();
    auto bodies = bodies_of(*session, kind);
    bodies.read_all_keys();
    if (at) {
        auto rows = session->stream(SqlText{"SELECT " GREFFIER_VERSION_ROW ", r.created_at, r.id FROM record r "
                                           "JOIN record_version v ON v.rid=r.rid AND v.version=(SELECT max(version) FROM record_version WHERE rid=r.rid AND recorded_at<=?) "
                                           "WHERE r.organisation_id=? AND r.register=? AND v.action<>'delete' AND v.body IS NOT NULL ORDER BY v.reference, r.id"},
                                   *at, organisation_, kind.slug);
        while (rows.next()) visit(as_version(read_version(bodies, rows.id<Record>(8), rows), rows.id<Record>(8), rows.timestamp(7), kind));
        return;
    }
    auto rows = session->stream(SqlText{"SELECT " GREFFIER_HEAD ", b.body, b.schema_version FROM record r JOIN record_body b ON b.rid=r.rid "
                                       "WHERE r.organisation_id=? AND r.register=? AND r.deleted_at IS NULL ORDER BY r.reference, r.id"},
                               organisation_, kind.slug);
    while (rows.next()) visit(read_stored(bodies, rows));
}

std::vector<std::pair<std::string, std::int64_t>> Records::count_by_status(Register const& kind) const
{
    std::vector<std::pair<std::string, std::int64_t>> counts;
    for (auto status : kind.statuses) counts.emplace_back(status, 0);
    auto const session = seen();
    auto rows = session->query(SqlText{"SELECT status, count(*) FROM record WHERE organisation_id=? AND register=? AND deleted_at IS NULL GROUP BY status"},
                               organisation_, kind.slug);
    while (rows.next())
        for (auto& [status, count] : counts)
            if (status == rows.view(0)) count = rows.integer(1);
    return counts;
}

Result<std::vector<Version>> Records::versions(Register const& kind, RecordId id) const
{
    std::vector<Version> all;
    auto const session = seen();
    auto rows = session->query(SqlText{"SELECT " GREFFIER_VERSION_ROW " FROM record r "
                                       "JOIN record_version v ON v.rid=r.rid WHERE r.organisation_id=? AND r.id=? AND r.register=? ORDER BY v.version DESC"},
                               organisation_, id, kind.slug);
    auto bodies = bodies_of(*session, kind);
    while (rows.next()) all.push_back(read_version(bodies, id, rows));
    if (all.empty()) return Error::not_found();
    return all;
}

Result<Version> Records::version(Register const& kind, RecordId id, std::int64_t number) const
{
    auto const session = seen();
    auto row = session->query(SqlText{"SELECT " GREFFIER_VERSION_ROW " FROM record r "
                                      "JOIN record_version v ON v.rid=r.rid WHERE r.organisation_id=? AND r.id=? AND r.register=? AND v.version=?"},
                              organisation_, id, kind.slug, number);
    if (!row.next()) return Error::not_found();
    auto bodies = bodies_of(*session, kind);
    return read_version(bodies, id, row);
}

std::vector<Finding> Records::findings(RecordId id) const
{
    std::vector<Finding> found;
    auto const session = seen();
    auto rows = session->query(SqlText{"SELECT f.rule, f.severity, f.place, f.message_args FROM finding f JOIN record r ON r.rid=f.rid "
                                       "WHERE r.organisation_id=? AND r.id=? ORDER BY f.severity DESC, f.rule, f.place"},
                               organisation_, id);
    while (rows.next()) found.push_back({rows.text(0), static_cast<Severity>(rows.integer(1)), Place::parse(rows.view(2)), parse_arguments(rows.view(3))});
    return found;
}

std::vector<LinkedRecord> Records::links_to(RecordId id) const
{
    std::vector<LinkedRecord> linked;
    auto const session = seen();
    // CROSS JOIN holds SQLite to this order: it would rather walk through all records of the organisation, for their order.
    auto rows = session->query(SqlText{"SELECT r.id, r.register, r.reference, r.title, l.field FROM record_link l CROSS JOIN record r "
                                       "WHERE l.target=? AND r.rid=l.rid AND l.to_version IS NULL AND r.organisation_id=? AND r.deleted_at IS NULL ORDER BY r.register, r.title_key"},
                               id, organisation_);
    while (rows.next()) linked.push_back({rows.id<Record>(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4)});
    return linked;
}

std::vector<RecordId> Records::find_by_sealed(Register const& kind, std::string_view field, std::string_view value) const
{
    if (!kind.sealed) return {};
    auto const session = seen();
    return machinery_.sealing->find(*session, organisation_, kind, field, value);
}

Result<Stored> Records::create(Register const& kind, NewRecord record, By const& by) const
{
    return one_act(machinery_, organisation_, sight_, by, [&](Batch& batch) { return batch.create(kind, std::move(record)); });
}

Result<Stored> Records::update(Register const& kind, Edit edit, By const& by) const
{
    return one_act(machinery_, organisation_, sight_, by, [&](Batch& batch) { return batch.update(kind, std::move(edit)); });
}

Result<Stored> Records::change_status(Register const& kind, StatusChange change, By const& by, accounts::Actor const& actor) const
{
    return one_act(machinery_, organisation_, sight_, by, [&](Batch& batch) -> Result<Stored> {
        auto const current = batch.find(kind, change.id);   // the step that is judged is the one that is made
        if (!current) return Error::not_found();
        auto const* step = kind.transition(current->head.status, change.status);
        if (step && !accounts::may(actor, step->permission)) return Error::forbidden("transition_forbidden");
        return batch.change_status(kind, change);
    });
}

Result<Stored> Records::review(Register const& kind, RecordId id, std::int64_t version, std::string reviewer, std::optional<Date> next, By const& by) const
{
    return one_act(machinery_, organisation_, sight_, by, [&](Batch& batch) { return batch.review(kind, id, version, std::move(reviewer), next); });
}

Result<Stored> Records::remove(Register const& kind, RecordId id, std::int64_t version, By const& by) const
{
    return one_act(machinery_, organisation_, sight_, by, [&](Batch& batch) { return batch.remove(kind, id, version); });
}

Result<Stored> Records::restore(Register const& kind, RecordId id, By const& by) const
{
    return one_act(machinery_, organisation_, sight_, by, [&](Batch& batch) { return batch.restore(kind, id); });
}

Result<Stored> Records::set_access(Register const& kind, AccessChange change, By const& by) const
{
    return one_act(machinery_, organisation_, sight_, by, [&](Batch& batch) { return batch.set_access(kind, change); });
}

Result<Stored> Records::destroy(Register const& kind, RecordId id, std::int64_t version, std::string reason, By const& by) const
{
    return one_act(machinery_, organisation_, sight_, by, [&](Batch& batch) { return batch.destroy(kind, id, version, std::move(reason)); });
}

}  // namespace greffier::records
