#pragma once
// Zip archives too long for memory: entries are asked for their content while the file is written.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace greffier::documents {

/// Builds a file whose bytes depend on its entries alone. Not thread-safe.
class ZipFileWriter {
public:
    /// A piece at a time, empty at the end.
    using Pieces = std::function<std::string()>;

    /// `path` comes to be at finish(), whole or not at all; what stood there is replaced.
    explicit ZipFileWriter(std::filesystem::path path);
    ~ZipFileWriter();
    ZipFileWriter(ZipFileWriter const&) = delete;
    ZipFileWriter& operator=(ZipFileWriter const&) = delete;

    void add(std::string const& name, std::string content);
    /// The content of a file, which must stand until finish().
    void add_file(std::string const& name, std::string const& path);
    /// `open` is called in finish(), when its turn comes; it must give exactly `size` bytes. Kept as it is, not packed.
    void add_stream(std::string const& name, std::uint64_t size, std::function<Pieces()> open);
    /// Writes it all. Throws what an `open` or its pieces threw, else std::runtime_error with the system's reason.
    void finish();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace greffier::documents
