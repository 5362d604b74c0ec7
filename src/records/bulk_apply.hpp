#pragma once
// Internal to records/: a bulk edit applied to one record.

#include "records/bulk.hpp"

namespace greffier::records {

/// The record with the wish done to its field; nothing is checked.
schema::Row applied(Register const& kind, BulkWish const& wish, schema::Row const& row);

}  // namespace greffier::records
