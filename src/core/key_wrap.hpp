#pragma once
// Keys under keys: small values sealed so that they open in one place alone, keys made of keys and of passphrases.
// All functions are thread-safe; keys have 32 bytes.

#include <initializer_list>
#include <optional>

#include "core/crypto.hpp"

namespace greffier {

/// What a sealed value is bound to: every part with its length, so that no two lists of parts read the same.
Bytes bound_to(std::initializer_list<ByteView> parts);

/// XChaCha20-Poly1305, nonce in front. It opens with the same key and the same context only: moved elsewhere, it is
/// worth nothing.
Bytes seal_bound(Secret<Bytes> const& key, ByteView plain, ByteView context);
/// nullopt when it was changed, moved, or sealed by another key.
std::optional<Secret<Bytes>> open_bound(Secret<Bytes> const& key, ByteView sealed, ByteView context);

/// Another key for another use; nothing of the first can be told from it.
Secret<Bytes> derived_key(Secret<Bytes> const& key, std::string_view use);

/// How long a passphrase takes to become a key: kept beside the salt, so that it can grow.
struct PassphraseCost {
    std::uint64_t passes = 3;
    std::uint64_t memory = 256ULL * 1024 * 1024;   ///< bytes
};
constexpr std::size_t passphrase_salt_size = 16;
/// argon2id; about a second. Throws std::runtime_error when the machine lacks the memory.
Secret<Bytes> key_of_passphrase(SecretText const& passphrase, ByteView salt, PassphraseCost cost = {});

}  // namespace greffier
