#pragma once
// Finding organisations by their words. Reading and folding the names of five thousand at each letter typed costs more
// than all else a search does: what they fold to is remembered, for all threads.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/id.hpp"
#include "storage/database.hpp"

namespace greffier::accounts {

/// Each wanted word (folded, see words()) begins a word of the name or of the short address. Thread-safe.
bool name_holds_all(std::string_view name, std::string_view slug, std::vector<std::string> const& wanted);

/// To be called by every write that adds or archives an organisation or changes its name or short address, within its transaction:
/// whoever remembers names, in any process, reads them anew.
void names_changed(storage::Session& session);
/// Makes organisations_named() able to remember where no name was changed since it can.
void ready_names(storage::Database& database);

/// The organisations whose names hold every wanted word (see name_holds_all), by name, whoever may read them. Nothing when
/// names cannot be remembered here (see ready_names). Thread-safe.
std::optional<std::vector<OrganisationId>> organisations_named(storage::Session& session, std::vector<std::string> const& wanted, bool archived_too = true);

}  // namespace greffier::accounts
