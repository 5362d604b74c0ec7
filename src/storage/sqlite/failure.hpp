#pragma once
// SQLite's result codes in words an operator can act upon.

#include <string>
#include <string_view>

struct sqlite3;

namespace greffier::storage {

/// Throws StorageFailure for what the operator can mend (disk, rights, damage; a lock is Unavailable), std::logic_error for
/// a mistake of the program (SQL, constraint). `code` is an SQLite result; `sql` may be empty.
[[noreturn]] void fail(sqlite3* connection, int code, std::string const& path, std::string_view sql = {});

}  // namespace greffier::storage
