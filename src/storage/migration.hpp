#pragma once
// The program's own migrations, in order. Files of migrations/ are NNNN_name.sql (any engine, in the words that
// postgres/dialect.hpp knows how to say on PostgreSQL) and NNNN_name.sqlite.sql or NNNN_name.postgres.sql (what that
// engine alone has: the index of words). The shared one runs first. They are append-only once released; while a
// release is being made a number may be filled later than a greater one, so what runs is what is not recorded yet.

#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/embedded.hpp"
#include "core/secret.hpp"
#include "storage/database.hpp"

namespace greffier::storage {

struct Migration {
    int version = 0;
    std::string name;               ///< "base"
    std::string_view shared, own;   ///< in the order they run; either may be empty
};

/// The migrations of an engine among files named as above, by version. A repeated number or a name of another form
/// throws std::logic_error.
std::vector<Migration> migrations_of(Engine engine, std::span<EmbeddedFile const> files);

/// Those of `all` a database has not recorded.
std::vector<Migration const*> lacking(std::span<Migration const> all, std::set<int> const& recorded);

/// open_sqlite() with other migrations than the program's own: for the tests of raising a database.
std::unique_ptr<Database> open_sqlite_with(std::string const& path, std::span<EmbeddedFile const> files);
std::unique_ptr<Database> open_postgres_with(SecretText url, std::span<EmbeddedFile const> files);

}  // namespace greffier::storage
