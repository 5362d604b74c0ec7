#include "records/stored_rows.hpp"

#include "records/version_body.hpp"
#include "schema/json.hpp"

namespace greffier::records::detail {

Stored read_stored(BodyReader& bodies, storage::Cursor const& row, std::span<std::string const> fields)
{
    Stored stored;
    stored.head = detail::read_head(row);
    SealedBody const body{stored.head.id, stored.head.version, static_cast<int>(row.integer(detail::head_columns + 1)), row.view(detail::head_columns)};
    stored.row = fields.empty() ? bodies.row(body, &stored.destroyed) : bodies.row(body, fields, &stored.destroyed);
    return stored;
}

Version read_version(BodyReader& bodies, RecordId record, storage::Cursor const& row)
{
    Version version;
    version.number = row.integer(0);
    version.schema_version = static_cast<int>(row.integer(1));
    version.recorded_at = row.timestamp(2);
    if (!row.is_null(3)) version.actor = row.uuid(3);
    version.action = row.text(4);
    version.erased = row.is_null(6);
    if (version.erased) {
        version.row = schema::Row(*bodies.kind().schema);
        return version;
    }
    auto body = parse_version_body(unpack(static_cast<int>(row.integer(5)), row.bytes(6)));
    version.reason = std::move(body.reason);
    version.decision = std::move(body.decision);
    version.reference = std::move(body.reference);
    version.status = std::move(body.status);
    version.row = bodies.row({record, version.number, version.schema_version, body.record}, &version.destroyed);
    version.title = schema::text_of(*bodies.kind().schema, version.row, bodies.kind().title_field);
    return version;
}

Stored as_version(Version version, RecordId id, Timestamp created_at, Register const& kind)
{
    Stored stored;
    stored.head.id = id;
    stored.head.reference = std::move(version.reference);
    stored.head.title = std::move(version.title);
    stored.head.status = std::move(version.status);
    stored.head.version = version.number;
    stored.head.created_at = created_at;
    stored.head.updated_at = version.recorded_at;
    stored.head.updated_by = version.actor;
    stored.head.completeness = schema::completeness(*kind.schema, version.row);
    stored.row = std::move(version.row);
    stored.destroyed = std::move(version.destroyed);
    return stored;
}

}  // namespace greffier::records::detail
