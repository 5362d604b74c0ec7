#include "core/crypto.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <thread>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <sodium.h>

namespace greffier {
namespace {

struct Freer {
    void operator()(EVP_MD* p) const { EVP_MD_free(p); }
    void operator()(EVP_MD_CTX* p) const { EVP_MD_CTX_free(p); }
    void operator()(EVP_MAC* p) const { EVP_MAC_free(p); }
    void operator()(EVP_MAC_CTX* p) const { EVP_MAC_CTX_free(p); }
};

void demand(bool done, char const* what)
{
    if (!done) throw std::runtime_error(std::string("cryptographic library: ") + what + " failed");
}

// Fetching the algorithm costs more than hashing a short text, so each thread does it once.
EVP_MD const* sha256_of_thread()
{
    thread_local std::unique_ptr<EVP_MD, Freer> const algorithm(EVP_MD_fetch(nullptr, "SHA256", nullptr));
    demand(algorithm != nullptr, "EVP_MD_fetch");
    return algorithm.get();
}

EVP_MD_CTX* context_of_thread()
{
    thread_local std::unique_ptr<EVP_MD_CTX, Freer> const context(EVP_MD_CTX_new());
    demand(context != nullptr, "EVP_MD_CTX_new");
    return context.get();
}

EVP_MAC_CTX* hmac_of_thread()
{
    thread_local std::unique_ptr<EVP_MAC_CTX, Freer> const context = [] {
        std::unique_ptr<EVP_MAC, Freer> const algorithm(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
        demand(algorithm != nullptr, "EVP_MAC_fetch");
        std::unique_ptr<EVP_MAC_CTX, Freer> made(EVP_MAC_CTX_new(algorithm.get()));
        char name[] = "SHA256";
        OSSL_PARAM const parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0), OSSL_PARAM_construct_end()};
        demand(made != nullptr && EVP_MAC_CTX_set_params(made.get(), parameters) == 1, "HMAC");
        return made;
    }();
    return context.get();
}

// Here and below empty spans return early: libsodium declares its pointers never null.
std::string in_base64(ByteView bytes, int variant)
{
    if (bytes.empty()) return {};
    std::string out(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(out.data(), out.size(), bytes.data(), bytes.size(), variant);
    out.resize(out.size() - 1);   // the closing NUL
    return out;
}

/// One at a time in the process, on a thread of its own: each takes 64 MiB, and a wave of sign-ins must not exhaust the machine. That
/// thread gives way to those that answer pages; it holds nothing they wait for. Callers wait, in the order in which they came.
class SlowThread {
public:
    static SlowThread& one()
    {
        static SlowThread thread;
        return thread;
    }
    template <class Work>
    auto run(Work work) -> decltype(work())
    {
        // Shared: the thread may still be on its way out of the task when the one who waited goes on.
        auto const task = std::make_shared<std::packaged_task<decltype(work())()>>(std::move(work));
        auto done = task->get_future();
        {
            std::lock_guard const held(mutex_);
            waiting_.push_back([task] { (*task)(); });
        }
        wake_.notify_one();
        return done.get();
    }

private:
    static constexpr int nice = 10;   // a ninth of what the others get, when they want it all

    SlowThread() : thread_([this] { work(); }) {}
    ~SlowThread()
    {
        {
            std::lock_guard const held(mutex_);
            stopping_ = true;
        }
        wake_.notify_one();
        thread_.join();
    }
    void work()
    {
        // Linux takes a thread for what it calls a process here. Refused, it computes at the priority of all.
        (void)::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), ::getpriority(PRIO_PROCESS, static_cast<id_t>(::gettid())) + nice);
        std::unique_lock held(mutex_);
        while (true) {
            wake_.wait(held, [this] { return stopping_ || !waiting_.empty(); });
            if (waiting_.empty()) return;
            auto const next = std::move(waiting_.front());
            waiting_.pop_front();
            held.unlock();
            next();
            held.lock();
        }
    }

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> waiting_;
    bool stopping_ = false;
    std::thread thread_;
};
constexpr unsigned long long argon2_passes = 2;
constexpr std::size_t argon2_memory = std::size_t{64} << 20;

std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret_key_of(SigningKey const& key)
{
    auto const& seed = key.seed.reveal();
    demand(seed.size() == crypto_sign_SEEDBYTES, "signing key");
    std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret;
    std::copy(seed.begin(), seed.end(), secret.begin());
    std::copy(key.public_key.begin(), key.public_key.end(), secret.begin() + crypto_sign_SEEDBYTES);
    return secret;
}

}  // namespace

void init_crypto()
{
    if (sodium_init() < 0) throw std::runtime_error("libsodium could not start");
}

Hash sha256(std::initializer_list<ByteView> parts)
{
    auto* const context = context_of_thread();
    demand(EVP_DigestInit_ex2(context, sha256_of_thread(), nullptr) == 1, "SHA-256");
    for (auto const part : parts) demand(EVP_DigestUpdate(context, part.data(), part.size()) == 1, "SHA-256");
    Hash out;
    demand(EVP_DigestFinal_ex(context, out.data(), nullptr) == 1, "SHA-256");
    return out;
}

Hash hmac_sha256(ByteView key, ByteView message)
{
    static std::uint8_t const nothing[1] = {0};   // a null key would mean "the key of last time"
    auto* const context = hmac_of_thread();
    demand(EVP_MAC_init(context, key.empty() ? nothing : key.data(), key.size(), nullptr) == 1, "HMAC");
    demand(EVP_MAC_update(context, message.data(), message.size()) == 1, "HMAC");
    Hash out;
    std::size_t length = 0;
    demand(EVP_MAC_final(context, out.data(), &length, out.size()) == 1 && length == out.size(), "HMAC");
    return out;
}

Sha256::Sha256() : context_(EVP_MD_CTX_new())
{
    demand(context_ != nullptr && EVP_DigestInit_ex2(static_cast<EVP_MD_CTX*>(context_), sha256_of_thread(), nullptr) == 1, "SHA-256");
}

Sha256::~Sha256() { EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context_)); }

void Sha256::update(ByteView bytes)
{
    demand(EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(context_), bytes.data(), bytes.size()) == 1, "SHA-256");
}

Hash Sha256::finish()
{
    Hash out;
    demand(EVP_DigestFinal_ex(static_cast<EVP_MD_CTX*>(context_), out.data(), nullptr) == 1, "SHA-256");
    return out;
}

Bytes random_bytes(std::size_t count)
{
    Bytes out(count);
    if (count != 0) randombytes_buf(out.data(), count);
    return out;
}

std::string random_token(int bits) { return to_base64url(random_bytes(static_cast<std::size_t>((std::max(bits, 128) + 7) / 8))); }

bool equal_constant_time(ByteView a, ByteView b)
{
    return a.size() == b.size() && (a.empty() || sodium_memcmp(a.data(), b.data(), a.size()) == 0);
}

std::string to_hex(ByteView bytes)
{
    if (bytes.empty()) return {};
    std::string out(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(out.data(), out.size(), bytes.data(), bytes.size());
    out.pop_back();
    return out;
}

std::optional<Bytes> from_hex(std::string_view text)
{
    if (text.size() % 2 != 0) return std::nullopt;
    if (text.empty()) return Bytes{};
    Bytes out(text.size() / 2);
    std::size_t length = 0;
    char const* end = nullptr;
    if (sodium_hex2bin(out.data(), out.size(), text.data(), text.size(), nullptr, &length, &end) != 0) return std::nullopt;
    if (length != out.size() || end != text.data() + text.size()) return std::nullopt;
    return out;
}

std::string to_base64(ByteView bytes) { return in_base64(bytes, sodium_base64_VARIANT_ORIGINAL); }
std::string to_base64url(ByteView bytes) { return in_base64(bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING); }

std::optional<Bytes> from_base64(std::string_view text)
{
    if (text.empty()) return Bytes{};
    auto const url_safe = text.find_first_of("-_") != std::string_view::npos;
    auto const padded = text.ends_with('=');
    auto const variant = url_safe ? (padded ? sodium_base64_VARIANT_URLSAFE : sodium_base64_VARIANT_URLSAFE_NO_PADDING)
                                  : (padded ? sodium_base64_VARIANT_ORIGINAL : sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    Bytes out(text.size() / 4 * 3 + 3);
    std::size_t length = 0;
    char const* end = nullptr;
    if (sodium_base642bin(out.data(), out.size(), text.data(), text.size(), nullptr, &length, &end, variant) != 0) return std::nullopt;
    if (end != text.data() + text.size()) return std::nullopt;
    out.resize(length);
    return out;
}

SigningKey SigningKey::from_seed(Secret<Bytes> seed)
{
    SigningKey key{std::move(seed), {}};
    std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret;
    demand(key.seed.reveal().size() == crypto_sign_SEEDBYTES, "signing key");
    crypto_sign_seed_keypair(key.public_key.data(), secret.data(), key.seed.reveal().data());
    wipe(secret.data(), secret.size());
    return key;
}

Bytes sign(SigningKey const& key, ByteView message)
{
    auto secret = secret_key_of(key);
    Bytes signature(crypto_sign_BYTES);
    crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), secret.data());
    wipe(secret.data(), secret.size());
    return signature;
}

bool verify_signature(ByteView public_key, ByteView message, ByteView signature)
{
    if (public_key.size() != crypto_sign_PUBLICKEYBYTES || signature.size() != crypto_sign_BYTES) return false;
    return crypto_sign_verify_detached(signature.data(), message.data(), message.size(), public_key.data()) == 0;
}

std::string hash_password(SecretText const& password)
{
    auto const& text = password.reveal();
    return SlowThread::one().run([&text]() -> std::string {
        char out[crypto_pwhash_STRBYTES];
        demand(crypto_pwhash_str_alg(out, text.data(), text.size(), argon2_passes, argon2_memory, crypto_pwhash_ALG_ARGON2ID13) == 0, "argon2id");
        return out;
    });
}

bool verify_password(std::string const& stored, SecretText const& password)
{
    auto const& text = password.reveal();
    return SlowThread::one().run([&] { return crypto_pwhash_str_verify(stored.c_str(), text.data(), text.size()) == 0; });
}

}  // namespace greffier
