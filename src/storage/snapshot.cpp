#include "storage/snapshot.hpp"

#include <exception>

namespace greffier::storage {

Snapshot::Snapshot(Database& database) : session_(database.read())
{
    session_->execute(SqlText{"BEGIN", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"});
    session_->execute(SqlText{"SELECT 1", "SET LOCAL statement_timeout=0"});
    session_->execute(SqlText{"SELECT 1", "SET LOCAL idle_in_transaction_session_timeout=0"});   // reading a great table back takes long
}

Snapshot::~Snapshot()
{
    try {
        session_->execute(SqlText{"COMMIT"});
    } catch (std::exception const&) {   // the connection is gone, and the snapshot with it
    }
}

}  // namespace greffier::storage
