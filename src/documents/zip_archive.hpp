#pragma once
// Zip archives in memory: careful reading of what strangers send, repeatable writing of what we send.

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

struct zip;
struct zip_file;
struct zip_source;

namespace greffier::documents {

struct ZipLimits {
    std::size_t max_entries = 2'000;
    std::size_t max_entry_bytes = 64U << 20; ///< unpacked, counted while inflating
    std::size_t max_ratio = 300;             ///< unpacked : packed, looked at beyond 1 MiB
};

/// One entry, inflated piece by piece; the archive must outlive it. Not thread-safe.
class ZipStream {
public:
    /// Fills `buffer` as far as there is something; 0 at the end. Errors: import.damaged, import.bomb.
    Result<std::size_t> read(char* buffer, std::size_t size);

private:
    friend class ZipReader;
    struct Close {
        void operator()(zip_file* file) const;
    };
    std::unique_ptr<zip_file, Close> file_;
    std::size_t packed_ = 0, unpacked_ = 0, max_bytes_ = 0, max_ratio_ = 0;
};

/// Reads the archive held by `bytes`, which must outlive it. Not thread-safe.
class ZipReader {
public:
    /// Errors: import.damaged, import.too_many_entries.
    static Result<ZipReader> open(std::string_view bytes, ZipLimits limits = {});
    /// The same without holding the archive in memory.
    static Result<ZipReader> open_file(std::filesystem::path const& path, ZipLimits limits = {});

    [[nodiscard]] bool has(std::string const& name) const;
    /// Of every entry, in the order of the archive; a name that stands twice comes twice.
    [[nodiscard]] std::vector<std::string> names() const;
    /// Errors: import.missing_part, import.damaged, import.encrypted, import.bomb.
    [[nodiscard]] Result<std::string> read(std::string const& name) const;
    /// To read an entry of up to `max_bytes` piece by piece. Errors: as read().
    [[nodiscard]] Result<ZipStream> stream(std::string const& name, std::size_t max_bytes) const;
    /// The same by its place in names(), for archives of very many entries.
    [[nodiscard]] Result<ZipStream> stream(std::size_t place, std::size_t max_bytes) const;

private:
    static Result<ZipReader> checked(zip* archive, ZipLimits limits);
    struct Close {
        void operator()(zip* archive) const;
    };
    ZipReader(zip* archive, ZipLimits limits) : archive_(archive), limits_(limits) {}
    std::unique_ptr<zip, Close> archive_;
    ZipLimits limits_;
};

/// Builds an archive whose bytes depend on its content alone: same entries, same bytes. Not thread-safe.
class ZipWriter {
public:
    ZipWriter();
    ~ZipWriter();
    ZipWriter(ZipWriter const&) = delete;
    ZipWriter& operator=(ZipWriter const&) = delete;

    /// `stored` keeps the entry uncompressed (the mimetype of OpenDocument must be).
    void add(std::string const& name, std::string content, bool stored = false);
    /// The content of a file, which must stand until finish().
    void add_file(std::string const& name, std::string const& path);
    /// The archive; call once, last. Throws when memory runs out.
    std::string finish();

private:
    void add_source(std::string const& name, zip_source* source, bool stored);
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace greffier::documents
