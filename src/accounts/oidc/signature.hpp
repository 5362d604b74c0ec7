#pragma once
// Internal to accounts/oidc: one signature, one key, by OpenSSL (Ed25519 by libsodium, as everywhere here).

#include <string_view>

#include "accounts/oidc/jws.hpp"

namespace greffier::accounts {

/// `algorithm` is of the fixed list and fits the kind of key; what is malformed is simply false.
bool verify_with(Jwk const& key, std::string_view algorithm, ByteView message, ByteView signature);

}  // namespace greffier::accounts
