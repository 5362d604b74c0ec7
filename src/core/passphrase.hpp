#pragma once
// A key from words that people remember: argon2id, slow on purpose.

#include "core/crypto.hpp"

namespace greffier {

constexpr std::size_t passphrase_salt_size = 16;

/// 32 bytes from a passphrase and a salt of `passphrase_salt_size` bytes: 256 MiB and three passes, about a second.
/// Throws std::runtime_error when there is not that much memory. Thread-safe.
Secret<Bytes> key_of_passphrase(SecretText const& passphrase, ByteView salt);

}  // namespace greffier
