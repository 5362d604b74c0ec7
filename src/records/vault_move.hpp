#pragma once
// VaultMove: the contents of a whole organisation that comes or goes. Files and rows cannot change in one transaction, so
// the names of the files are noted on disk before the first one changes; whoever opens the vault next settles what a
// crash left: a file without its row goes, a file with its row stays.
//
//   auto arrival = VaultMove::arrival(place, organisation, hashes);      // a key of its own, known to nobody yet
//   for (…) arrival.keep(hash, reader);
//   database.write([&](Session& session) { arrival.write_rows(session, counts, data_key); … });
//
// settled when it goes, whatever happened.

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/crypto.hpp"
#include "core/id.hpp"
#include "records/sealed_content.hpp"
#include "storage/database.hpp"

namespace greffier::records {

/// Where contents are, and what says so.
struct VaultPlace {
    storage::Database& database;
    std::filesystem::path directory;   ///< attachments/ of the data directory
};

/// For one thread.
class VaultMove {
public:
    /// For an organisation that has no row yet.
    static VaultMove arrival(VaultPlace const& place, OrganisationId organisation, std::vector<Hash> const& contents);
    /// For one whose rows are about to be deleted, in a transaction that begins after this.
    static VaultMove departure(VaultPlace const& place, OrganisationId organisation);
    ~VaultMove();
    VaultMove(VaultMove&& other) noexcept;
    VaultMove& operator=(VaultMove&&) = delete;

    /// Seals a content into its place. Throws when it is not what its hash says, or the disk refuses.
    void keep(Hash const& sha256, ContentReader const& read);
    /// The key, wrapped by the installation's, and a row for each content kept, counted `count` times. Within the transaction that makes the organisation.
    void write_rows(storage::Session& session, std::map<Hash, std::int64_t> const& counts, Secret<Bytes> const& data_key) const;

    /// Settles what crashes left. What another process is at is left to it.
    static void settle_all(VaultPlace const& place);

private:
    VaultMove(VaultPlace const& place, OrganisationId organisation, std::vector<std::string> const& names);
    static std::filesystem::path note_of(VaultPlace const& place, OrganisationId organisation);
    static void settle(VaultPlace const& place, OrganisationId organisation, std::filesystem::path const& note);

    VaultPlace place_;
    OrganisationId organisation_;
    Secret<Bytes> key_;
    std::map<Hash, std::uint64_t> kept_;   ///< with their sizes
    int note_ = -1;                        ///< locked: this move is under way
};

}  // namespace greffier::records
