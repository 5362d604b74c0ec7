#pragma once
// A whole database carried from one engine to the other: every table, in one snapshot of the source and one transaction
// of the target, then read back and compared before that transaction is kept.

#include <functional>
#include <string>
#include <vector>

#include "core/crypto.hpp"
#include "storage/database.hpp"

namespace greffier::storage {

struct CarriedTable {
    std::string name;
    std::int64_t rows = 0;
    Hash digest{};   ///< of the rows, whatever their order; the same on both engines
};

/// Both have the tables of this program, those of `to` empty, or it is an Error and nothing changed. `progress` hears of
/// a table and the rows carried so far. What was read back and differs throws StorageFailure, and nothing is kept.
Result<std::vector<CarriedTable>> carry_over(Database& from, Database& to, std::function<void(std::string const& table, std::int64_t rows)> const& progress = {});

}  // namespace greffier::storage
