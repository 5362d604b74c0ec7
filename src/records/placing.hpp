#pragma once
// The service each record belongs to, where nobody has looked yet: records written before services were looked at, or
// that arrived with an archive. Until then no limited contributor sees them.

#include "records/store.hpp"

namespace greffier::records {

/// A few hundred at a time; returns how many were placed. Run again, it finds nothing.
int place_in_services(Machinery const& machinery, Timestamp now);

}  // namespace greffier::records
