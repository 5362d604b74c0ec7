#pragma once
// Vault: the content of attachments, under attachments/ of the data directory.
//
// Each organisation has a key of its own, kept in the database wrapped by the master key; a record of a register that
// seals has its own too, and its files are read by no other. A content is sealed in pieces and named by a keyed hash, so
// that neither its words nor what it is can be told from the disk; the same content twice under one key is stored once
// and counted.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/crypto.hpp"
#include "core/id.hpp"
#include "core/result.hpp"
#include "core/secret.hpp"
#include "records/organisation_keys.hpp"
#include "records/sealing.hpp"
#include "storage/database.hpp"

namespace greffier::records {

/// Whose key seals a content: an organisation's, or that of a record of a register that seals.
struct ContentOwner {
    OrganisationId organisation;
    std::optional<RecordId> record;

    ContentOwner(OrganisationId whose) : organisation(whose) {}   // NOLINT(google-explicit-constructor): most contents are an organisation's
    ContentOwner(OrganisationId whose, Register const& kind, RecordId of) : organisation(whose), record(kind.sealed ? std::optional{of} : std::nullopt) {}
};

/// Thread-safe; several processes may share one directory (the database's write lock orders them).
class Vault {
public:
    static constexpr std::uint64_t max_size = 20ULL * 1024 * 1024;   ///< bytes of one file

    /// `master` has 32 bytes. `directory` is made at the first use, 0700.
    Vault(storage::Database& database, std::filesystem::path directory, Secret<Bytes> master);
    Vault(Vault const&) = delete;
    Vault& operator=(Vault const&) = delete;

    struct Kept {
        std::string storage_name;   ///< 64 hexadecimal digits
        Hash sha256{};              ///< of the plain content
        std::uint64_t size = 0;     ///< of the plain content
    };
    /// Keeps a plain file, which stays where it is; counts one more when the content is there already.
    /// Errors: attachment_too_large (413), empty_file, key_destroyed at "file". A disk that refuses throws.
    Result<Kept> keep(ContentOwner const& owner, std::filesystem::path const& file);
    Result<Kept> keep(ContentOwner const& owner, std::string_view content);

    struct Content {
        std::uint64_t size = 0;
        std::function<std::string()> next;   ///< a piece at a time, empty at the end; throws before it gives the last piece of a damaged content
    };
    /// NotFound when no such content is kept; a damaged first piece throws here already. Of a record, a content that
    /// its organisation's key seals is found too: it was kept before the register sealed.
    Result<Content> open(ContentOwner const& owner, Hash const& sha256);
    /// One use less; the content goes with the last one. Nothing happens when there is none.
    void release(ContentOwner const& owner, Hash const& sha256);
    /// Once the key of a record is destroyed: what it sealed, which nobody can read any more, leaves the disk.
    void forget(OrganisationId organisation, RecordId record);
    /// The same wherever it was not done, because the program died in between.
    void forget_destroyed();

private:
    /// Fills the buffer as far as it can; less than asked for means the end.
    using Reader = std::function<std::size_t(char* buffer, std::size_t size)>;

    Result<Kept> keep_from(ContentOwner const& owner, std::function<Reader()> const& from_the_beginning);
    /// nullopt: the record's key is destroyed. A record that has none yet uses its organisation's, and `owner` says so.
    [[nodiscard]] std::optional<Secret<Bytes>> key_of(ContentOwner& owner) const;
    Result<Content> open_under(Secret<Bytes> const& key, OrganisationId organisation, Hash const& sha256);
    void remove_unnamed(OrganisationId organisation, std::vector<std::string> const& names);
    [[nodiscard]] std::filesystem::path place_of(std::string const& storage_name) const;
    std::filesystem::path write_sealed(Secret<Bytes> const& key, Reader const& read) const;
    bool is_kept(OrganisationId organisation, Kept const& kept);

    storage::Database& database_;
    std::filesystem::path directory_;
    OrganisationKeys keys_;
    Sealing sealing_{keys_};
};

}  // namespace greffier::records
