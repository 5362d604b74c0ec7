#include "core/passphrase.hpp"

#include <mutex>
#include <stdexcept>

#include <sodium.h>

namespace greffier {

static_assert(passphrase_salt_size == crypto_pwhash_argon2id_SALTBYTES);

Secret<Bytes> key_of_passphrase(SecretText const& passphrase, ByteView salt, PassphraseCost cost)
{
    if (salt.size() != passphrase_salt_size) throw std::invalid_argument("the salt of a passphrase has 16 bytes");
    static std::mutex one_at_a_time;   // each takes a quarter of a gigabyte
    std::lock_guard const held(one_at_a_time);
    Bytes key(32);
    auto const& words = passphrase.reveal();
    if (crypto_pwhash_argon2id(key.data(), key.size(), words.data(), words.size(), salt.data(), cost.passes, static_cast<std::size_t>(cost.memory),
                               crypto_pwhash_argon2id_ALG_ARGON2ID13) != 0)
        throw std::runtime_error("not enough memory for the key of a passphrase");
    return Secret<Bytes>(std::move(key));
}

}  // namespace greffier
