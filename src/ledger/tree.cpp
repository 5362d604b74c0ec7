// The tree of RFC 9162: leaf = SHA-256(0x00 || entry), node = SHA-256(0x01 || left || right).
#include <algorithm>
#include <bit>

#include "ledger/ledger.hpp"

namespace greffier::ledger {

namespace {

constexpr std::uint8_t leaf_prefix[] = {0x00};
constexpr std::uint8_t node_prefix[] = {0x01};

Hash root_of(std::span<Hash const> leaves)
{
    if (leaves.size() == 1) return leaves[0];
    auto const left = std::bit_floor(leaves.size() - 1);   // the largest power of two below the size
    return node_hash(root_of(leaves.first(left)), root_of(leaves.subspan(left)));
}

}  // namespace

Hash leaf_hash(std::string_view entry) { return sha256({leaf_prefix, as_bytes(entry)}); }
Hash node_hash(Hash const& left, Hash const& right) { return sha256({node_prefix, left, right}); }
Hash empty_root() { return sha256(ByteView{}); }

Hash merkle_root(std::vector<Hash> const& leaves) { return leaves.empty() ? empty_root() : root_of(leaves); }

std::vector<Frontier::Node> Frontier::append(Hash const& leaf)
{
    std::vector<Node> closed;
    Hash hash = leaf;
    int level = 0;
    // Each trailing one of the size is a perfect subtree that the new leaf completes into a larger one.
    for (auto trees = size; trees & 1; trees >>= 1) {
        hash = node_hash(hashes.back(), hash);
        hashes.pop_back();
        ++level;
        closed.push_back({level, size >> level, hash});
    }
    hashes.push_back(hash);
    ++size;
    return closed;
}

Hash Frontier::root() const
{
    if (hashes.empty()) return empty_root();
    Hash root = hashes.back();
    for (auto left = hashes.rbegin() + 1; left != hashes.rend(); ++left) root = node_hash(*left, root);
    return root;
}

Bytes Frontier::pack() const
{
    Bytes packed;
    packed.reserve(8 + 32 * hashes.size());
    for (int shift = 56; shift >= 0; shift -= 8) packed.push_back(static_cast<std::uint8_t>(size >> shift));
    for (auto const& hash : hashes) packed.insert(packed.end(), hash.begin(), hash.end());
    return packed;
}

std::optional<Frontier> Frontier::unpack(ByteView bytes)
{
    if (bytes.size() < 8) return std::nullopt;
    Frontier frontier;
    for (int i = 0; i < 8; ++i) frontier.size = frontier.size << 8 | bytes[i];
    auto const count = static_cast<std::size_t>(std::popcount(frontier.size));
    if (bytes.size() != 8 + 32 * count) return std::nullopt;
    frontier.hashes.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        auto const hash = bytes.subspan(8 + 32 * i, 32);
        std::copy(hash.begin(), hash.end(), frontier.hashes[i].begin());
    }
    return frontier;
}

}  // namespace greffier::ledger
