#pragma once
// A key from words that people remember: argon2id, slow on purpose.

#include <cstdint>

#include "core/crypto.hpp"

namespace greffier {

constexpr std::size_t passphrase_salt_size = 16;

/// How long a passphrase takes to become a key: kept beside the salt where it can grow.
struct PassphraseCost {
    std::uint64_t passes = 3;
    std::uint64_t memory = 256ULL * 1024 * 1024;   ///< bytes
};

/// 32 bytes from a passphrase and a salt of `passphrase_salt_size` bytes; about a second.
/// Throws std::runtime_error when there is not that much memory. Thread-safe.
Secret<Bytes> key_of_passphrase(SecretText const& passphrase, ByteView salt, PassphraseCost cost = {});

}  // namespace greffier
