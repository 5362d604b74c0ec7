#pragma once
// The PostgreSQL server of the tests: the one named in GREFFIER_TEST_POSTGRES (an address of an account that may create
// databases; ./test starts one for all programs), else one of this program's own, started at first use in a temporary
// directory and gone with the program, however that ends. Each test has a database of its own.

#include <string>

namespace greffier::storage {

/// A server is named or can be started. Where none can, storage is tested on SQLite alone.
bool postgres_is_available();

/// The address of a new database: empty, or with the tables of the program.
std::string make_test_database(bool migrated);
void drop_test_database(std::string const& url);

}  // namespace greffier::storage
