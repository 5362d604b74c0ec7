#pragma once
// Internal to records/: what the rows of a statement become.

#include "records/columns.hpp"
#include "records/sealing.hpp"
#include "records/store.hpp"

namespace greffier::records::detail {

/// Of GREFFIER_HEAD, body, schema_version; of the body `fields` alone, when there are any.
Stored read_stored(BodyReader& bodies, storage::Cursor const& row, std::span<std::string const> fields = {});

// The order of the columns that read_version() expects.
#define GREFFIER_VERSION_ROW "v.version, v.schema_version, v.recorded_at, v.actor_id, v.action, v.codec, v.body"
constexpr int version_columns = 7;
Version read_version(BodyReader& bodies, RecordId record, storage::Cursor const& row);

/// A record as one of its versions left it.
Stored as_version(Version version, RecordId id, Timestamp created_at, Register const& kind);

}  // namespace greffier::records::detail
