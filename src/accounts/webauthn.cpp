#include "accounts/webauthn.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include <cbor.h>
#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>
#include <nlohmann/json.hpp>

namespace greffier::accounts {

namespace {

constexpr std::size_t longest_client_data = 4096, longest_attestation = 16 * 1024;
constexpr std::size_t shortest_data = 37;   // hash of the site, flags, count
constexpr std::uint8_t user_present = 1, user_verified = 4, has_credential = 64;

Error unreadable() { return Error::invalid("passkey_unreadable"); }

template <auto function>
struct Freeing {
    template <class T>
    void operator()(T* held) const { function(&held); }
};
using Credential = std::unique_ptr<fido_cred_t, Freeing<fido_cred_free>>;
using Assertion = std::unique_ptr<fido_assert_t, Freeing<fido_assert_free>>;
using Item = std::unique_ptr<cbor_item_t, decltype([](cbor_item_t* item) { cbor_decref(&item); })>;

/// One item of CBOR that is shallow, of known length and holds what it claims: libcbor makes room for whatever number of
/// items is announced before it looks for them.
bool skip_item(ByteView bytes, std::size_t& at, int depth = 0)
{
    constexpr int deepest = 4;
    constexpr std::uint64_t most_items = 64;
    if (at >= bytes.size() || depth > deepest) return false;
    auto const kind = bytes[at] >> 5, info = bytes[at] & 31;
    ++at;
    if (info > 27) return false;
    auto value = static_cast<std::uint64_t>(info);
    if (info >= 24) {
        auto const size = std::size_t{1} << (info - 24);
        if (bytes.size() - at < size) return false;
        value = 0;
        for (std::size_t i = 0; i < size; ++i) value = (value << 8) | bytes[at++];
    }
    if (kind == 2 || kind == 3) {
        if (value > bytes.size() - at) return false;
        at += static_cast<std::size_t>(value);
    } else if (kind == 4 || kind == 5) {
        if (value > most_items) return false;
        for (auto left = kind == 5 ? 2 * value : value; left > 0; --left)
            if (!skip_item(bytes, at, depth + 1)) return false;
    } else if (kind == 6) {
        return skip_item(bytes, at, depth + 1);
    }
    return true;
}

/// The key of a credential and what extensions say, behind the fixed part of authenticator data.
bool holds_modest_items(ByteView data)
{
    constexpr std::size_t device = 16;
    auto at = shortest_data + device + 2;
    if (data.size() < at) return false;
    at += static_cast<std::size_t>(data[at - 2] << 8 | data[at - 1]);
    if (at >= data.size()) return false;
    while (at < data.size())
        if (!skip_item(data, at)) return false;
    return true;
}

bool is_text(cbor_item_t* item, std::string_view text)
{
    return cbor_isa_string(item) && cbor_string_is_definite(item) && as_text({cbor_string_handle(item), cbor_string_length(item)}) == text;
}

/// The value of a text key of a map; borrowed.
cbor_item_t* find(cbor_item_t* map, std::string_view name)
{
    if (!cbor_isa_map(map) || !cbor_map_is_definite(map)) return nullptr;
    for (std::size_t i = 0; i < cbor_map_size(map); ++i)
        if (is_text(cbor_map_handle(map)[i].key, name)) return cbor_map_handle(map)[i].value;
    return nullptr;
}

Bytes encoded(cbor_item_t* item)
{
    unsigned char* buffer = nullptr;
    std::size_t room = 0;
    auto const size = cbor_serialize_alloc(item, &buffer, &room);
    Bytes bytes(buffer, buffer + size);
    free(buffer);   // NOLINT: libcbor allocated it
    return bytes;
}

struct Attestation {
    bool none = false;
    Bytes statement, authenticator_data;
};

std::optional<Attestation> parse(ByteView bytes)
{
    std::size_t end = 0;
    if (!skip_item(bytes, end) || end != bytes.size()) return std::nullopt;
    cbor_load_result loaded{};
    Item const root(cbor_load(bytes.data(), bytes.size(), &loaded));
    if (!root || loaded.error.code != CBOR_ERR_NONE || loaded.read != bytes.size()) return std::nullopt;
    auto* const format = find(root.get(), "fmt");
    auto* const statement = find(root.get(), "attStmt");
    auto* const data = find(root.get(), "authData");
    if (!format || !statement || !cbor_isa_map(statement) || !data || !cbor_isa_bytestring(data) || !cbor_bytestring_is_definite(data)) return std::nullopt;
    Attestation found;
    found.none = is_text(format, "none");
    // A chain of certificates says who made the device: not asked for, not looked at.
    if (!found.none && (!is_text(format, "packed") || find(statement, "x5c"))) return std::nullopt;
    found.statement = encoded(statement);
    found.authenticator_data.assign(cbor_bytestring_handle(data), cbor_bytestring_handle(data) + cbor_bytestring_length(data));
    return found;
}

/// The site, the presence and the verification of the person, read here rather than taken on trust.
Status check_data(RelyingParty const& site, ByteView data)
{
    if (data.size() < shortest_data) return unreadable();
    if (!equal_constant_time(sha256(as_bytes(site.id)), data.first(32))) return Error::invalid("passkey_elsewhere");
    if ((data[32] & user_present) == 0 || (data[32] & user_verified) == 0) return Error::invalid("passkey_unverified");
    return Nothing{};
}

std::uint32_t count_in(ByteView data)
{
    return (static_cast<std::uint32_t>(data[33]) << 24) | (static_cast<std::uint32_t>(data[34]) << 16) | (static_cast<std::uint32_t>(data[35]) << 8) | data[36];
}

bool is_set(int outcome) { return outcome == FIDO_OK; }

/// The credential of an attestation, when it is of that algorithm.
Credential credential_of(RelyingParty const& site, Attestation const& attestation, Hash const& client_hash, int algorithm)
{
    Credential credential(fido_cred_new());
    auto* const raw = credential.get();
    if (!raw || !is_set(fido_cred_set_type(raw, algorithm)) || !is_set(fido_cred_set_rp(raw, site.id.c_str(), nullptr))
        || !is_set(fido_cred_set_clientdata_hash(raw, client_hash.data(), client_hash.size()))
        || !is_set(fido_cred_set_authdata_raw(raw, attestation.authenticator_data.data(), attestation.authenticator_data.size()))
        || !is_set(fido_cred_set_uv(raw, FIDO_OPT_TRUE)) || !is_set(fido_cred_set_fmt(raw, attestation.none ? "none" : "packed")))
        return nullptr;
    if (!attestation.none && (!is_set(fido_cred_set_attstmt(raw, attestation.statement.data(), attestation.statement.size())) || !is_set(fido_cred_verify_self(raw)))) return nullptr;
    return credential;
}

template <class Key, auto make, auto fill, auto release>
bool verified_with(fido_assert_t const* assertion, int algorithm, ByteView bytes)
{
    std::unique_ptr<Key, Freeing<release>> const key(make());
    return key && is_set(fill(key.get(), bytes.data(), bytes.size())) && is_set(fido_assert_verify(assertion, 0, algorithm, key.get()));
}

bool verified(fido_assert_t const* assertion, int algorithm, ByteView key)
{
    switch (algorithm) {
    case COSE_ES256: return verified_with<es256_pk_t, es256_pk_new, es256_pk_from_ptr, es256_pk_free>(assertion, algorithm, key);
    case COSE_EDDSA: return verified_with<eddsa_pk_t, eddsa_pk_new, eddsa_pk_from_ptr, eddsa_pk_free>(assertion, algorithm, key);
    case COSE_RS256: return verified_with<rs256_pk_t, rs256_pk_new, rs256_pk_from_ptr, rs256_pk_free>(assertion, algorithm, key);
    default: return false;
    }
}

}  // namespace

Result<Bytes> challenge_of(RelyingParty const& site, std::string_view type, ByteView client_data)
{
    if (client_data.empty() || client_data.size() > longest_client_data) return unreadable();
    auto const json = nlohmann::json::parse(client_data.begin(), client_data.end(), nullptr, false);
    if (!json.is_object()) return unreadable();
    auto const text = [&](char const* name) {
        auto const found = json.find(name);
        return found != json.end() && found->is_string() ? found->get<std::string>() : std::string{};
    };
    if (text("type") != type) return unreadable();
    auto const crossed = json.find("crossOrigin");
    bool const framed = crossed != json.end() && !(crossed->is_boolean() && !crossed->get<bool>());
    if (text("origin") != site.origin || framed || json.contains("topOrigin")) return Error::invalid("passkey_elsewhere");
    auto challenge = from_base64(text("challenge"));
    if (!challenge || challenge->empty()) return unreadable();
    return std::move(*challenge);
}

Result<Registered> verify_registration(RelyingParty const& site, ByteView client_data, ByteView attestation)
{
    if (attestation.empty() || attestation.size() > longest_attestation) return unreadable();
    auto const parsed = parse(attestation);
    if (!parsed) return unreadable();
    ByteView const data{parsed->authenticator_data};
    TRY(check_data(site, data));
    if ((data[32] & has_credential) == 0 || !holds_modest_items(data)) return unreadable();
    auto const client_hash = sha256(client_data);
    for (int const algorithm : {COSE_ES256, COSE_EDDSA, COSE_RS256}) {
        auto const credential = credential_of(site, *parsed, client_hash, algorithm);
        if (!credential) continue;
        auto const* id = fido_cred_id_ptr(credential.get());
        auto const* key = fido_cred_pubkey_ptr(credential.get());
        if (!id || !key) return unreadable();
        return Registered{{id, id + fido_cred_id_len(credential.get())}, {key, key + fido_cred_pubkey_len(credential.get())}, algorithm, count_in(data)};
    }
    return unreadable();
}

Result<std::uint32_t> verify_assertion(RelyingParty const& site, int algorithm, ByteView public_key, Asserted const& asserted)
{
    ByteView const data{asserted.authenticator_data};
    TRY(check_data(site, data));
    Assertion const assertion(fido_assert_new());
    auto* const raw = assertion.get();
    auto const client_hash = sha256(asserted.client_data);
    if (!raw || !is_set(fido_assert_set_count(raw, 1)) || !is_set(fido_assert_set_rp(raw, site.id.c_str()))
        || !is_set(fido_assert_set_clientdata_hash(raw, client_hash.data(), client_hash.size())) || !is_set(fido_assert_set_authdata_raw(raw, 0, data.data(), data.size()))
        || !is_set(fido_assert_set_sig(raw, 0, asserted.signature.data(), asserted.signature.size())) || !is_set(fido_assert_set_up(raw, FIDO_OPT_TRUE))
        || !is_set(fido_assert_set_uv(raw, FIDO_OPT_TRUE)) || !verified(raw, algorithm, public_key))
        return unreadable();
    return count_in(data);
}

}  // namespace greffier::accounts
