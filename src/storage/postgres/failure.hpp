#pragma once
// What a PostgreSQL server answers, in words an operator can act upon. No statement, no value and no password is ever
// part of an error: the statement goes to the log, its values nowhere.

#include <string>
#include <string_view>

struct pg_conn;
struct pg_result;

namespace greffier::storage {

/// Throws for a statement that failed: NoRoom, Unavailable or StorageFailure for what the operator can mend,
/// std::logic_error for a mistake of the program. `result` may be null when the connection itself is gone.
[[noreturn]] void fail(pg_conn const* connection, pg_result const* result, std::string_view sql);

/// Throws for a connection that could not be made.
[[noreturn]] void fail_to_connect(pg_conn const* connection);

/// True when the connection, not the statement, is what failed.
bool is_lost(pg_conn const* connection, pg_result const* result);

}  // namespace greffier::storage
