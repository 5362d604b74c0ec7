#pragma once
// An organisation written to an archive: from one snapshot of the database, a piece at a time.

#include <filesystem>
#include <functional>
#include <string_view>

#include "archive/format.hpp"
#include "core/result.hpp"
#include "records/vault.hpp"
#include "storage/database.hpp"

namespace greffier::archive {

/// Where a long work stands: locale key "archive.stage.<stage>", done, total (0: not known).
using Progress = std::function<void(std::string_view stage, std::int64_t done, std::int64_t total)>;

struct Source {
    storage::Database& database;
    records::Vault& vault;
    records::Sealing const& sealing;
    SigningKey const& key;                 ///< of the ledger: signs the head that leaves
    std::filesystem::path scratch;         ///< for passing files
};

/// `file` comes to be whole or not at all, readable by its owner alone. A history that does not add up, or a file that is
/// damaged, throws storage::StorageFailure. What `progress` throws ends it.
Result<Manifest> write_archive(Source const& source, OrganisationId organisation, std::filesystem::path const& file, Progress const& progress);

/// Of checkpoints that other installations signed for it, while it was theirs: row of `installation`.
std::string former_checkpoints_key(OrganisationId organisation);

}  // namespace greffier::archive
