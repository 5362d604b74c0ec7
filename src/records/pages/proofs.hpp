#pragma once
// What proves a record (art. 5(2)): the pieces of the register "evidence" whose links lead to it. An organisation without that
// register is shown nothing.

#include "records/pages/panel.hpp"

namespace greffier::records {

/// A section with those pieces, as the reader of the page may see them, and the way to a new one; nothing of a record as it stood,
/// nor where there is neither. Two statements.
void write_proofs(web::Html& out, PanelView const& view);

}  // namespace greffier::records
