#include "core/key_wrap.hpp"

#include <stdexcept>

#include <sodium.h>

namespace greffier {
namespace {

constexpr std::size_t key_size = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;

std::uint8_t const* checked(Secret<Bytes> const& key)
{
    if (key.reveal().size() != key_size) throw std::invalid_argument("a sealing key has 32 bytes");
    return key.reveal().data();
}

}  // namespace

Bytes bound_to(std::initializer_list<ByteView> parts)
{
    Bytes all;
    for (auto const& part : parts) {
        for (int shift = 56; shift >= 0; shift -= 8) all.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(part.size()) >> shift));
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

Bytes seal_bound(Secret<Bytes> const& key, ByteView plain, ByteView context)
{
    auto const* const bytes = checked(key);
    Bytes out(nonce_size + plain.size() + tag_size);
    randombytes_buf(out.data(), nonce_size);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out.data() + nonce_size, nullptr, plain.data(), plain.size(), context.data(), context.size(), nullptr,
                                               out.data(), bytes);
    return out;
}

std::optional<Secret<Bytes>> open_bound(Secret<Bytes> const& key, ByteView sealed, ByteView context)
{
    auto const* const bytes = checked(key);
    if (sealed.size() < nonce_size + tag_size) return std::nullopt;
    Bytes plain(sealed.size() - nonce_size - tag_size);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, sealed.data() + nonce_size, sealed.size() - nonce_size, context.data(),
                                                   context.size(), sealed.data(), bytes) != 0)
        return std::nullopt;
    return Secret<Bytes>(std::move(plain));
}

Secret<Bytes> derived_key(Secret<Bytes> const& key, std::string_view use)
{
    auto const made = hmac_sha256({checked(key), key_size}, as_bytes(use));
    return Secret<Bytes>(Bytes(made.begin(), made.end()));
}

}  // namespace greffier
