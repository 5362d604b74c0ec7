#pragma once
// A database as it stands at one instant, read by many statements: for what must hold together, such as a copy.

#include "storage/database.hpp"

namespace greffier::storage {

/// For as long as it lives; on one thread. Long ones are allowed: PostgreSQL's limits on time are lifted.
class Snapshot {
public:
    explicit Snapshot(Database& database);
    ~Snapshot();
    Snapshot(Snapshot const&) = delete;
    Snapshot& operator=(Snapshot const&) = delete;
    [[nodiscard]] Session& session() const { return *session_; }

private:
    Database::Lease session_;
};

}  // namespace greffier::storage
