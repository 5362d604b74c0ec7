#pragma once
// Internal to records/: the steps of an act in one order of columns, read in one place.

#include "records/acts.hpp"

namespace greffier::records::detail {

// The order of the columns that read_step() expects.
#define GREFFIER_STEP "s.record_id, s.register, s.seen_version, s.before_version, s.after_version, s.outcome, s.code, s.arguments, s.undo_outcome, s.undo_code"

ActStep read_step(storage::Cursor const& row);

}  // namespace greffier::records::detail
