#pragma once
// Zip archives in memory: careful reading of what strangers send, repeatable writing of what we send.

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "core/result.hpp"

struct zip;

namespace greffier::documents {

struct ZipLimits {
    std::size_t max_entries = 2'000;
    std::size_t max_entry_bytes = 64U << 20; ///< unpacked, counted while inflating
    std::size_t max_ratio = 300;             ///< unpacked : packed, looked at beyond 1 MiB
};

/// Reads the archive held by `bytes`, which must outlive it. Not thread-safe.
class ZipReader {
public:
    /// Errors: import.damaged, import.too_many_entries.
    static Result<ZipReader> open(std::string_view bytes, ZipLimits limits = {});

    [[nodiscard]] bool has(std::string const& name) const;
    /// Errors: import.missing_part, import.damaged, import.encrypted, import.bomb.
    [[nodiscard]] Result<std::string> read(std::string const& name) const;

private:
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
    /// The archive; call once, last. Throws when memory runs out.
    std::string finish();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

} // namespace greffier::documents
