#pragma once
// The few primitives the house stands on, wrapped once: hashing by OpenSSL, the rest by libsodium.
// All functions are thread-safe. init_crypto() must have run (main and the test mains call it).

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/secret.hpp"

namespace greffier {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<std::uint8_t const>;
using Hash = std::array<std::uint8_t, 32>;

void init_crypto();

inline ByteView as_bytes(std::string_view text) { return {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()}; }
inline std::string_view as_text(ByteView bytes) { return {reinterpret_cast<char const*>(bytes.data()), bytes.size()}; }

/// SHA-256 of the concatenation of the parts.
Hash sha256(std::initializer_list<ByteView> parts);
inline Hash sha256(ByteView bytes) { return sha256({bytes}); }
Hash hmac_sha256(ByteView key, ByteView message);

/// Incremental SHA-256, for streams.
class Sha256 {
public:
    Sha256();
    ~Sha256();
    Sha256(Sha256 const&) = delete;
    Sha256& operator=(Sha256 const&) = delete;
    void update(ByteView bytes);
    Hash finish();

private:
    void* context_;
};

Bytes random_bytes(std::size_t count);
/// `bits` random bits (at least 128) in URL-safe base64 without padding: for tokens, never an id.
std::string random_token(int bits = 192);
bool equal_constant_time(ByteView a, ByteView b);

std::string to_hex(ByteView bytes);
std::optional<Bytes> from_hex(std::string_view text);
std::string to_base64(ByteView bytes);
std::string to_base64url(ByteView bytes);   ///< no padding
std::optional<Bytes> from_base64(std::string_view text);

/// Ed25519. The seed is 32 bytes and never leaves keys/.
struct SigningKey {
    Secret<Bytes> seed;
    Hash public_key{};
    static SigningKey from_seed(Secret<Bytes> seed);
};
Bytes sign(SigningKey const& key, ByteView message);
bool verify_signature(ByteView public_key, ByteView message, ByteView signature);

/// argon2id, 64 MiB, 2 passes; one computation at a time in the process, on a thread of low priority for which the caller waits.
std::string hash_password(SecretText const& password);
bool verify_password(std::string const& stored, SecretText const& password);

/// XChaCha20-Poly1305 secretstream of a file's content in 64 KiB pieces; key of 32 bytes.
class SealStream {
public:
    explicit SealStream(Secret<Bytes> const& key);
    ~SealStream();
    SealStream(SealStream const&) = delete;
    SealStream& operator=(SealStream const&) = delete;
    [[nodiscard]] Bytes header() const;                 ///< goes first in the sealed file
    [[nodiscard]] Bytes push(ByteView piece, bool last);   ///< piece of at most `piece_size` bytes
    static constexpr std::size_t piece_size = 65536;
    static constexpr std::size_t overhead = 17;

private:
    void* state_;
    Bytes header_;
};
class OpenStream {
public:
    OpenStream(Secret<Bytes> const& key, ByteView header);
    ~OpenStream();
    OpenStream(OpenStream const&) = delete;
    OpenStream& operator=(OpenStream const&) = delete;
    static constexpr std::size_t header_size = 24;
    struct Piece { Bytes bytes; bool last = false; };
    [[nodiscard]] std::optional<Piece> pull(ByteView sealed);   ///< nullopt when it was tampered with

private:
    void* state_;
};

/// Seals a small value (a wrapped key) with a key of 32 bytes; nonce in front.
Bytes seal(Secret<Bytes> const& key, ByteView plain);
std::optional<Secret<Bytes>> open_sealed(Secret<Bytes> const& key, ByteView sealed);

}  // namespace greffier
