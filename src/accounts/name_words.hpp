#pragma once
// Finding organisations by their words. Folding the names of five thousand at each letter typed costs more than reading
// them: what a name folds to is remembered, for all threads.

#include <string>
#include <string_view>
#include <vector>

namespace greffier::accounts {

/// Each wanted word (folded, see words()) begins a word of the name or of the short address. Thread-safe.
bool name_holds_all(std::string_view name, std::string_view slug, std::vector<std::string> const& wanted);

}  // namespace greffier::accounts
