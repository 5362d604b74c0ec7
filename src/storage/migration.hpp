#pragma once
// The program's own migrations, in order. Files of migrations/ are NNNN_name.sql (any engine) and
// NNNN_name.sqlite.sql or NNNN_name.postgres.sql (that engine alone). The engine's file runs first:
// it makes the tables, the shared one their indexes and rows. They are append-only once released.

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/embedded.hpp"
#include "storage/database.hpp"

namespace greffier::storage {

struct Migration {
    int version = 0;
    std::string name;                        ///< "base"
    std::vector<std::string_view> scripts;   ///< in the order they run
};

/// The migrations of an engine among files named as above, by version. A gap, a repeated number or a
/// name of another form throws std::logic_error.
std::vector<Migration> migrations_of(Engine engine, std::span<EmbeddedFile const> files);

/// open_sqlite() with other migrations than the program's own: for the tests of raising a database.
std::unique_ptr<Database> open_sqlite_with(std::string const& path, std::span<EmbeddedFile const> files);

}  // namespace greffier::storage
