#pragma once
// Links that a table names in words: a cell says the reference, the id or the exact title of a record, or several of
// them as the exports write them. One statement for each register that is pointed to, however long the file is.

#include "records/import_item.hpp"
#include "records/store.hpp"

namespace greffier::records {

/// The file with ids where words stood. An item that names nothing its reader can see, or two records at once, is refused
/// with a note at its cell; what is hidden from the reader and what does not exist are told in the same words.
ImportFile with_links_found(Records const& records, Register const& kind, ImportFile file);

}  // namespace greffier::records
