#pragma once
// The ledger: an append-only Merkle log per organisation (RFC 9162 hashing), so that a past state can be
// proved to someone who does not trust us. This library knows no database: it computes, signs, checks.
//
//   leaf = SHA-256(0x00 || entry)     node = SHA-256(0x01 || left || right)
//
// An entry is canonical JSON (RFC 8785) and holds a salted commitment to the exact stored bytes, never
// their content: erasing a body and its salt leaves the proofs intact. The format is docs/developer/ledger.md
// and may not change.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/crypto.hpp"
#include "core/id.hpp"
#include "core/time.hpp"

namespace greffier::ledger {

enum class Action { Create, Update, Delete, Restore, Erase, Import, Key, Transfer };
std::string_view code_of(Action action);

struct Entry {
    OrganisationId organisation;
    std::uint64_t sequence = 0;        ///< 0-based position in the organisation's log
    Timestamp time{};
    bool clock_went_back = false;      ///< the clock was behind the previous entry: its time was kept
    Uuid actor;                        ///< membership, command line or job; nil for the installation itself
    Action action{};
    std::string register_slug;         ///< empty for entries about the log itself
    Uuid record;                       ///< nil likewise
    std::int64_t version = 0;
    int schema_version = 0;
    Hash commitment{};                 ///< HMAC-SHA-256(salt, stored bytes)
    std::string note = {};             ///< only for Action::Key and Action::Transfer: a base64 public key, an origin
};

/// RFC 8785 bytes of the entry: what is hashed, stored and exported.
std::string canonical(Entry const& entry);
Hash commit(ByteView salt, ByteView stored_bytes);

Hash leaf_hash(std::string_view entry);
Hash node_hash(Hash const& left, Hash const& right);
Hash empty_root();   ///< SHA-256 of nothing

/// The open right edge of a tree: hashes of the perfect subtrees of its size, largest first.
struct Frontier {
    std::uint64_t size = 0;
    std::vector<Hash> hashes;   ///< popcount(size) of them, at most 64

    /// A subtree that became complete, to be stored by the caller when its level is 8, 16 or 24…
    struct Node { int level; std::uint64_t position; Hash hash; };
    /// Appends one leaf; returns the complete subtrees it closed (levels 1 and up).
    std::vector<Node> append(Hash const& leaf);
    [[nodiscard]] Hash root() const;
    [[nodiscard]] Bytes pack() const;   ///< size (8 bytes, big endian) then the hashes
    static std::optional<Frontier> unpack(ByteView bytes);
};

/// Root over all leaves, the slow and simple way: what tests and the verifier compare with.
Hash merkle_root(std::vector<Hash> const& leaves);

/// C2SP checkpoint: origin, size, root; signed in the C2SP signed-note form with Ed25519.
struct Checkpoint {
    std::string origin;        ///< greffier.log/<organisation id>
    std::uint64_t size = 0;
    Hash root{};
    Timestamp time{};          ///< extension line "time <RFC 3339>"
};
std::string origin_of(OrganisationId organisation);
/// The unsigned body of the note, ending in a newline.
std::string body_of(Checkpoint const& checkpoint);
/// Body, blank line, signature line "— <name> <base64(key hash || signature)>".
std::string sign_checkpoint(Checkpoint const& checkpoint, SigningKey const& key);
/// Checks the form and the signature; nullopt when either is wrong.
std::optional<Checkpoint> open_checkpoint(std::string_view note, ByteView public_key);
/// Verifier key in the C2SP form "<name>+<hex key hash>+<base64(0x01 || public key)>".
std::string verifier_key(std::string const& name, ByteView public_key);
/// The public key that a verifier key bears; nullopt when it has not that form.
std::optional<Bytes> public_key_in(std::string_view verifier_key);

}  // namespace greffier::ledger
