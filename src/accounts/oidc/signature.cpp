#include "accounts/oidc/signature.hpp"

#include <memory>

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

namespace greffier::accounts {

namespace {

template <auto free>
struct Freer {
    template <class T>
    void operator()(T* thing) const { free(thing); }
};
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freer<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freer<EVP_MD_CTX_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freer<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Freer<OSSL_PARAM_free>>;
using Number = std::unique_ptr<BIGNUM, Freer<BN_free>>;
using EcSignature = std::unique_ptr<ECDSA_SIG, Freer<ECDSA_SIG_free>>;

Key made(char const* type, Params const& params)
{
    KeyContext const context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY* key = nullptr;
    if (!context || !params || EVP_PKEY_fromdata_init(context.get()) != 1 || EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1) return nullptr;
    return Key(key);
}

Key rsa_key(Jwk const& jwk)
{
    Number const n(BN_bin2bn(jwk.first.data(), static_cast<int>(jwk.first.size()), nullptr)), e(BN_bin2bn(jwk.second.data(), static_cast<int>(jwk.second.size()), nullptr));
    Builder const builder(OSSL_PARAM_BLD_new());
    if (!n || !e || !builder || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1)
        return nullptr;
    return made("RSA", Params(OSSL_PARAM_BLD_to_param(builder.get())));
}

Key ec_key(Jwk const& jwk)
{
    Bytes point{4};   // uncompressed
    point.insert(point.end(), jwk.first.begin(), jwk.first.end());
    point.insert(point.end(), jwk.second.begin(), jwk.second.end());
    Builder const builder(OSSL_PARAM_BLD_new());
    if (!builder || OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, jwk.kind == Jwk::Kind::EcP256 ? "P-256" : "P-384", 0) != 1 ||
        OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) != 1)
        return nullptr;
    auto key = made("EC", Params(OSSL_PARAM_BLD_to_param(builder.get())));
    KeyContext const check(key ? EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr) : nullptr);
    if (!check || EVP_PKEY_public_check(check.get()) != 1) return nullptr;   // a point that is not on the curve
    return key;
}

/// Tokens hold the two numbers one after the other; OpenSSL wants them in DER.
Bytes in_der(ByteView signature, std::size_t size)
{
    if (signature.size() != 2 * size) return {};
    EcSignature const pair(ECDSA_SIG_new());
    Number r(BN_bin2bn(signature.data(), static_cast<int>(size), nullptr)), s(BN_bin2bn(signature.data() + size, static_cast<int>(size), nullptr));
    if (!pair || !r || !s || ECDSA_SIG_set0(pair.get(), r.get(), s.get()) != 1) return {};
    (void)r.release();   // they are the pair's now
    (void)s.release();
    unsigned char* out = nullptr;
    auto const length = i2d_ECDSA_SIG(pair.get(), &out);
    Bytes der;
    if (length > 0) der.assign(out, out + length);
    OPENSSL_free(out);
    return der;
}

}  // namespace

bool verify_with(Jwk const& jwk, std::string_view algorithm, ByteView message, ByteView signature)
{
    if (jwk.kind == Jwk::Kind::Ed25519) return verify_signature(jwk.first, message, signature);
    bool const rsa = jwk.kind == Jwk::Kind::Rsa;
    auto const key = rsa ? rsa_key(jwk) : ec_key(jwk);
    auto const digest = algorithm.ends_with("256") ? EVP_sha256() : algorithm.ends_with("384") ? EVP_sha384() : EVP_sha512();
    auto const sent = rsa ? Bytes(signature.begin(), signature.end()) : in_der(signature, jwk.first.size());
    DigestContext const context(EVP_MD_CTX_new());
    EVP_PKEY_CTX* how = nullptr;
    bool right = key && context && !sent.empty() && EVP_DigestVerifyInit(context.get(), &how, digest, nullptr, key.get()) == 1;
    if (right && algorithm.starts_with("PS"))
        right = EVP_PKEY_CTX_set_rsa_padding(how, RSA_PKCS1_PSS_PADDING) == 1 && EVP_PKEY_CTX_set_rsa_pss_saltlen(how, RSA_PSS_SALTLEN_DIGEST) == 1;
    right = right && EVP_DigestVerify(context.get(), sent.data(), sent.size(), message.data(), message.size()) == 1;
    ERR_clear_error();   // a wrong signature is no error of the next caller's
    return right;
}

}  // namespace greffier::accounts
