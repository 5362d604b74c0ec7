#pragma once
// Internal to records/: what a register that seals may declare, and its rows without what is sealed.

#include <string>
#include <vector>

#include "records/register.hpp"

namespace greffier::records {

/// Why the declaration of a sealed register cannot stand: fields whose values the machinery keeps in clear elsewhere
/// (title, words, facets, links, dates of the head). Empty when it can, and for a register that seals nothing.
std::vector<std::string> what_would_leak(Register const& kind);

/// The row as everything outside the sealed body may see it; the same row when the register seals nothing.
schema::Row without_sealed(Register const& kind, schema::Row row);
/// Names of the sealed fields that hold something.
std::vector<std::string> sealed_fields_in(Register const& kind, schema::Row const& row);
/// What may not be written to a record whose key was destroyed: it asks for none of what it sealed, and takes none back.
void settle_destroyed(Register const& kind, schema::Row const& row, std::vector<FieldError>& found);

}  // namespace greffier::records
