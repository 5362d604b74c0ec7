#pragma once
// What the pages of whole organisations work with, the list of their routes, and the work they hand over. The composition
// root owns what they hold.

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "accounts/context.hpp"
#include "accounts/services.hpp"
#include "jobs/runner.hpp"
#include "records/sealing.hpp"
#include "records/vault.hpp"
#include "storage/database.hpp"

namespace greffier::archive {

struct ArchiveServices {
    storage::Database& database;
    records::Vault& vault;
    std::filesystem::path contents;                        ///< the directory of attachments
    accounts::Organisations& organisations;
    std::function<Result<SigningKey>()> ledger_key;        ///< read when they are needed, and not kept
    Secret<Bytes> const& key;                              ///< of this installation: seals what work under way must keep secret
    records::Sealing const& sealing;
    std::function<void()> before_removal = {};             ///< what this process still holds of it goes to the database first
    std::filesystem::path scratch, exports;                ///< passing files; archives that wait to be fetched, sealed
    std::filesystem::path database_file = {};              ///< of the embedded engine
    std::function<void()> wake_jobs = {};
    accounts::AccountServices* accounts = nullptr;         ///< asks who removes an organisation for a fresh proof
};

/// `services` must outlive them.
std::vector<accounts::Route> archive_routes(ArchiveServices& services);
std::map<std::string, jobs::Worker> archive_workers(ArchiveServices& services);

/// What a crash left: files of contents, archives of jobs that are gone, archives half-written.
void settle(ArchiveServices const& services);

}  // namespace greffier::archive
