#pragma once
// VaultMove: the contents of a whole organisation that comes or goes. Files and rows cannot change in one transaction, so
// the names of the files are noted on disk before the first one changes; whoever opens the vault next settles what a
// crash left: a file without its row goes, a file with its row stays.
//
//   auto arrival = VaultMove::arrival(place, organisation, contents);    // a key of its own, known to nobody yet
//   for (…) arrival.keep(content, reader);
//   database.write([&](Session& session) { arrival.write_rows(session, master); … });
//
// settled when it goes, whatever happened.

#include <filesystem>
#include <functional>
#include <optional>
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

/// A content that comes along.
struct Arriving {
    Hash sha256{};
    std::int64_t count = 0;                    ///< how often it is used
    std::optional<RecordId> record = {};       ///< whose key seals it; absent: the organisation's does
    Secret<Bytes> record_key = {};
};

/// For one thread.
class VaultMove {
public:
    /// For an organisation that has no row yet.
    static VaultMove arrival(VaultPlace const& place, OrganisationId organisation, std::vector<Arriving> const& contents);
    /// For one whose rows are about to be deleted, in a transaction that begins after this.
    static VaultMove departure(VaultPlace const& place, OrganisationId organisation);
    ~VaultMove();
    VaultMove(VaultMove&& other) noexcept;
    VaultMove& operator=(VaultMove&&) = delete;

    /// Seals a content into its place. Throws when it is not what its hash says, or the disk refuses.
    void keep(Arriving const& content, ContentReader const& read);
    /// The key, wrapped by the master key, and a row for each content kept. Within the transaction that makes the organisation.
    void write_rows(storage::Session& session, Secret<Bytes> const& master) const;

    /// Settles what crashes left. What another process is at is left to it.
    static void settle_all(VaultPlace const& place);

private:
    VaultMove(VaultPlace const& place, OrganisationId organisation, std::vector<std::string> const& names);
    static std::filesystem::path note_of(VaultPlace const& place, OrganisationId organisation);
    static void settle(VaultPlace const& place, OrganisationId organisation, std::filesystem::path const& note);

    struct KeptRow {
        std::string name;
        Hash sha256{};
        std::uint64_t size = 0;
        std::int64_t count = 0;
        std::optional<RecordId> record;
    };
    static std::string name_of(Secret<Bytes> const& key, Arriving const& content);

    VaultPlace place_;
    OrganisationId organisation_;
    Secret<Bytes> key_;
    std::vector<KeptRow> kept_;
    int note_ = -1;                        ///< locked: this move is under way
};

}  // namespace greffier::records
