#pragma once
// A file without a name: written, read back, and gone when it is closed, or when the program dies.

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace greffier::documents {

/// Throws std::system_error when the disk refuses (full, read-only). Not thread-safe.
class ScratchFile {
public:
    /// In `directory`, or where the system keeps passing files when it is empty.
    explicit ScratchFile(std::filesystem::path const& directory = {});
    ~ScratchFile();
    ScratchFile(ScratchFile&& other) noexcept;
    ScratchFile& operator=(ScratchFile&&) = delete;

    void write(std::string_view bytes);
    /// A path under which a library of this process may open it.
    [[nodiscard]] std::string path() const;
    [[nodiscard]] std::uint64_t size() const;
    /// The next piece from where the last one ended, at most `most` bytes; empty at the end.
    std::string read(std::size_t most = 65536);

private:
    int descriptor_ = -1;
    std::uint64_t read_to_ = 0;
};

} // namespace greffier::documents
