#pragma once
// LedgerKeeper: the ledger's place in the database. append() runs inside the write's transaction, so an entry
// exists exactly when its version does; checkpoint() signs the heads that moved.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/crypto.hpp"
#include "ledger/ledger.hpp"
#include "storage/database.hpp"

namespace greffier::records {

class LedgerKeeper {
public:
    /// `directory` is checkpoints/ of the data directory; one file per organisation, appended.
    LedgerKeeper(storage::Database& database, SigningKey key, std::filesystem::path directory);

    struct Appended { std::uint64_t sequence = 0; Timestamp time{}; };
    /// Fills sequence and time (never before the previous entry's) and appends.
    Appended append(storage::Session& session, ledger::Entry entry);

    /// Signs every log that grew since its last checkpoint; returns how many. Thread-safe; a second process
    /// signing the same head writes the same size once.
    int checkpoint(Timestamp now);

    struct Head { std::uint64_t size = 0; Hash root{}; std::optional<std::string> checkpoint; std::optional<Timestamp> checkpoint_at; };
    Head head(OrganisationId organisation);
    /// The entry that vouches for a version, with its place in the log.
    struct Proof { std::uint64_t sequence = 0; std::string entry; Hash leaf{}; };
    std::optional<Proof> entry_of(OrganisationId organisation, RecordId record, std::int64_t version);
    /// Recomputes the root from the entries themselves; nullopt when an entry does not match its leaf.
    std::optional<Hash> recompute(OrganisationId organisation);

    [[nodiscard]] Hash const& public_key() const { return key_.public_key; }

private:
    storage::Database& database_;
    SigningKey key_;
    std::filesystem::path directory_;
};

}  // namespace greffier::records
