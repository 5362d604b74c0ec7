#pragma once
// The database an installation's settings name: the file of its data directory, or one of a PostgreSQL server.

#include "app/config.hpp"
#include "app/data_directory.hpp"
#include "storage/database.hpp"

namespace greffier::app {

storage::Engine engine_of(Config const& config);

/// Opens it; a server that cannot be reached throws StorageFailure.
std::unique_ptr<storage::Database> open_database(Config const& config, DataDirectory const& directory);

/// The database of a server and the data directory beside it belong together: with other keys, histories would be signed
/// by another hand and attachments would not open. The first directory to write is noted; another is refused.
Status check_keys(storage::Database& database, DataDirectory const& directory, SigningKey const& ledger_key, Secret<Bytes> const& data_key, bool may_note);

/// Inside the write that changes the master key: the directory noted is the one with the new key. Nothing where none is.
void note_keys(storage::Session& session, SigningKey const& ledger_key, Secret<Bytes> const& data_key);

}  // namespace greffier::app
