#pragma once
// Which records of a register to look at for others, found by what is indexed: however many there are, only those are read.

#include <optional>
#include <string>
#include <vector>

#include "records/store.hpp"

namespace greffier::records {

/// One of these is enough.
struct Related {
    std::vector<RecordId> named = {};
    std::vector<RecordId> links_to = {};        ///< they have a link to one of these
    std::vector<std::string> speaking_of = {};  ///< in their searchable fields stands every word of one of these; of today alone
    std::string facet = {};                     ///< "everywhere:yes"
};

/// Their ids, each once and in the order of Related; at most about `most`. Of an instant it names all that were related then,
/// and may name others: what was written since is no longer indexed as it stood. Read them with find_many(), and look.
std::vector<RecordId> related(Records const& records, Register const& kind, Related const& wanted, std::optional<Timestamp> at, std::size_t most);

}  // namespace greffier::records
