#pragma once
// An organisation removed: its rows, its files, the key that opened them, the accounts of people who had no other. What
// stays is the certificate, and the checkpoints, which hold no content.

#include <filesystem>
#include <string>

#include "archive/certificate.hpp"
#include "core/result.hpp"
#include "records/vault_move.hpp"
#include "storage/database.hpp"

namespace greffier::archive {

struct Remover {
    storage::Database& database;
    records::VaultPlace contents;
    SigningKey const& key;                      ///< of the ledger
    std::filesystem::path exports;              ///< of archives waiting to be fetched
    std::filesystem::path database_file = {};   ///< embedded: rewritten without what was deleted; empty: a server's business
};

struct Removed {
    Certificate certificate;
    std::string text;                           ///< signed JSON
    bool compacted = true;                      ///< false: others used the file just then; the space is zeroed all the same
};

/// `by` is who did it, in words. Errors: archive.has_children, unknown_organisation.
Result<Removed> remove_organisation(Remover const& remover, OrganisationId organisation, std::string const& by, Timestamp now);

/// Its rows and the accounts of people who had no other, within the caller's transaction; how many accounts. For an organisation that
/// holds nothing to certify. `last`: no other follows, and the index of words is put in order.
std::int64_t forget_organisation(storage::Session& session, OrganisationId organisation, bool last = true);

/// Files of `exports` whose job is gone.
void sweep_exports(storage::Database& database, std::filesystem::path const& exports);
/// The same, and the folder is there, its owner's alone: before a file is made.
void ready_exports(storage::Database& database, std::filesystem::path const& exports);

}  // namespace greffier::archive
