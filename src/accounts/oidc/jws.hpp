#pragma once
// Signed tokens (JSON Web Signature, RFC 7515, the compact form alone) and the keys that verify them (RFC 7517). The algorithms are a
// fixed list of signatures by public keys: "none" and the keyed hashes (HS…) are not among them, whatever a token says.
//
// Pure functions over bytes that strangers sent; thread-safe.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/crypto.hpp"
#include "core/result.hpp"

namespace greffier::accounts {

/// A token taken apart; nothing of it is believed yet.
struct Jws {
    std::string algorithm, key_id, type;   ///< of its head
    std::string payload;                   ///< JSON text, decoded
    std::string signed_part;               ///< what the signature is over
    Bytes signature;
};

inline constexpr std::size_t longest_token = 64 * 1024;

/// Errors: token_unreadable; token_algorithm when it names none of ours.
Result<Jws> parse_jws(std::string_view token);

/// RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 EdDSA
bool is_known_algorithm(std::string_view name);

/// A public key, as its numbers.
struct Jwk {
    std::string id, algorithm;             ///< empty when it says none
    enum class Kind { Rsa, EcP256, EcP384, Ed25519 } kind{};
    Bytes first, second;                   ///< n and e, or x and y, or x
};

class KeySet {
public:
    static constexpr std::size_t most_keys = 100;

    /// What is of no use to us (symmetric keys, keys for encryption, other curves, RSA below 2048 bits) is left out. Error: keys_unreadable.
    static Result<KeySet> parse(std::string_view json);
    /// Errors: token_unknown_key when no key of the set is the one it names (or, naming none, not exactly one fits); token_signature.
    [[nodiscard]] Status verify(Jws const& token) const;
    [[nodiscard]] std::size_t size() const { return keys_.size(); }

private:
    std::vector<Jwk> keys_;
};

}  // namespace greffier::accounts
