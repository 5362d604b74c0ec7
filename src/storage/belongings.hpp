#pragma once
// What belongs to one organisation, whatever tables there are: those with a column organisation_id, and those whose rows
// refer to rows of these. Read from the database's own catalogue, so that a table added next year is not forgotten.

#include <map>
#include <string>
#include <vector>

#include "core/id.hpp"
#include "storage/database.hpp"

namespace greffier::storage {

/// Tables that hold something of organisations, with their columns, by name; `organisation` itself is among them.
std::map<std::string, std::vector<std::string>> tables_of_organisations(Session& session);

/// Whether the index of words is put in order afterwards: until then it keeps the words of what was deleted.
enum class Words { Merged, Left };
/// Deletes it all, the organisation's own row last, inside the caller's transaction. Returns the rows deleted by table.
std::map<std::string, std::int64_t> remove_belongings(Session& session, OrganisationId const& organisation, Words words = Words::Merged);

/// Deletes a person and every row that names them in a column person_id or by a reference. Nothing of an organisation's
/// may name them any more.
void remove_person(Session& session, PersonId const& person);

/// Rewrites the file of an embedded database without what was deleted from it, and empties its journal. Waits for
/// nobody: false when others use it just now. Nothing is lost either way.
bool compact_file(std::string const& path);

}  // namespace greffier::storage
