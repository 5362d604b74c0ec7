#pragma once
// Vault: the content of attachments, under attachments/ of the data directory.
//
// Each organisation has a key of its own, kept in the database sealed by the installation's data key. A content is
// sealed in pieces and named by a keyed hash, so that neither its words nor what it is can be told from the disk;
// the same content twice in one organisation is stored once and counted.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "core/crypto.hpp"
#include "core/id.hpp"
#include "core/result.hpp"
#include "core/secret.hpp"
#include "records/organisation_keys.hpp"
#include "storage/database.hpp"

namespace greffier::records {

/// Thread-safe; several processes may share one directory (the database's write lock orders them).
class Vault {
public:
    static constexpr std::uint64_t max_size = 20ULL * 1024 * 1024;   ///< bytes of one file

    /// `data_key` has 32 bytes. `directory` is made at the first use, 0700.
    Vault(storage::Database& database, std::filesystem::path directory, Secret<Bytes> data_key);

    struct Kept {
        std::string storage_name;   ///< 64 hexadecimal digits
        Hash sha256{};              ///< of the plain content
        std::uint64_t size = 0;     ///< of the plain content
    };
    /// Keeps a plain file, which stays where it is; counts one more when the content is there already.
    /// Errors: attachment_too_large (413), empty_file. A disk that refuses throws.
    Result<Kept> keep(OrganisationId organisation, std::filesystem::path const& file);
    Result<Kept> keep(OrganisationId organisation, std::string_view content);

    struct Content {
        std::uint64_t size = 0;
        std::function<std::string()> next;   ///< a piece at a time, empty at the end; throws before it gives the last piece of a damaged content
    };
    /// NotFound when the organisation keeps no such content; a damaged first piece throws here already.
    Result<Content> open(OrganisationId organisation, Hash const& sha256);
    /// One use less; the content goes with the last one. Nothing happens when there is none.
    void release(OrganisationId organisation, Hash const& sha256);

private:
    /// Fills the buffer as far as it can; less than asked for means the end.
    using Reader = std::function<std::size_t(char* buffer, std::size_t size)>;

    Result<Kept> keep_from(OrganisationId organisation, std::function<Reader()> const& from_the_beginning);
    [[nodiscard]] Secret<Bytes> key_of(OrganisationId organisation) const;
    [[nodiscard]] std::filesystem::path place_of(std::string const& storage_name) const;
    std::filesystem::path write_sealed(Secret<Bytes> const& key, Reader const& read) const;
    bool is_kept(OrganisationId organisation, Kept const& kept);

    storage::Database& database_;
    std::filesystem::path directory_;
    OrganisationKeys keys_;
};

}  // namespace greffier::records
