#pragma once
// Where a reader takes its bytes from, piece by piece: a file or a text in memory.

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

#include "core/result.hpp"

namespace greffier::documents {

class ByteSource {
public:
    virtual ~ByteSource() = default;
    /// Fills `buffer` as far as there is something; 0 at the end.
    virtual Result<std::size_t> read(char* buffer, std::size_t size) = 0;
    /// Back to the first byte.
    virtual Status rewind() = 0;
};

/// Errors: import.no_such_file.
Result<std::unique_ptr<ByteSource>> file_source(std::filesystem::path const& path);
std::unique_ptr<ByteSource> memory_source(std::string bytes);
/// UTF-16 turned into UTF-8, its byte order mark left out; what is no character becomes U+FFFD.
std::unique_ptr<ByteSource> utf16_source(std::unique_ptr<ByteSource> inner, bool big_endian);

/// Up to `size` bytes from the start; the source stands anywhere afterwards.
Result<std::string> first_bytes(ByteSource& source, std::size_t size);

} // namespace greffier::documents
