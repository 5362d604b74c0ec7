#pragma once
// Keys under keys: small values sealed so that they open in one place alone, keys made of keys.
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

}  // namespace greffier
