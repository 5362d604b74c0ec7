#pragma once
// One text of SQL for both engines, said in PostgreSQL's words.

#include <string>
#include <string_view>

namespace greffier::storage {

/// A shared migration: INTEGER -> bigint (an identity where it is a primary key that refers to nothing), BLOB -> bytea,
/// TEXT -> text COLLATE "C" (order of bytes, as on SQLite), STRICT and WITHOUT ROWID left out. Comments stay.
std::string in_postgres_words(std::string_view script);

struct Numbered {
    std::string text;
    int values = 0;
};
/// A statement whose `?` have become $1, $2…
Numbered numbered(std::string_view sql);

}  // namespace greffier::storage
