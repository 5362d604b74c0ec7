#include "accounts/oidc/jws.hpp"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "accounts/oidc/signature.hpp"
#include "core/text.hpp"

namespace greffier::accounts {

using nlohmann::json;

namespace {

struct Algorithm {
    std::string_view name;
    Jwk::Kind kind;
};
constexpr std::array algorithms = std::to_array<Algorithm>({
    {"RS256", Jwk::Kind::Rsa}, {"RS384", Jwk::Kind::Rsa}, {"RS512", Jwk::Kind::Rsa}, {"PS256", Jwk::Kind::Rsa}, {"PS384", Jwk::Kind::Rsa}, {"PS512", Jwk::Kind::Rsa},
    {"ES256", Jwk::Kind::EcP256}, {"ES384", Jwk::Kind::EcP384}, {"EdDSA", Jwk::Kind::Ed25519},
});

Algorithm const* find_algorithm(std::string_view name)
{
    auto const found = std::ranges::find(algorithms, name, &Algorithm::name);
    return found == algorithms.end() ? nullptr : &*found;
}

/// Of the address-safe alphabet, without padding: one text for one content.
std::optional<Bytes> from_base64url(std::string_view text)
{
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    if (text.empty() || text.find_first_not_of(letters) != text.npos) return std::nullopt;
    return from_base64(text);
}

std::string text_of(json const& object, char const* name)
{
    auto const found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

Bytes bytes_of(json const& object, char const* name)
{
    auto const bytes = from_base64url(text_of(object, name));
    return bytes ? *bytes : Bytes{};
}

std::size_t bits_of(Bytes const& number)
{
    auto const first = std::ranges::find_if(number, [](auto byte) { return byte != 0; });
    if (first == number.end()) return 0;
    auto bits = static_cast<std::size_t>(number.end() - first) * 8;
    for (int mask = 0x80; (*first & mask) == 0; mask >>= 1) --bits;
    return bits;
}

std::optional<Jwk> key_of(json const& object)
{
    if (!object.is_object()) return std::nullopt;
    if (auto const use = text_of(object, "use"); !use.empty() && use != "sig") return std::nullopt;
    Jwk key{text_of(object, "kid"), text_of(object, "alg"), {}, {}, {}};
    if (!key.algorithm.empty() && !find_algorithm(key.algorithm)) return std::nullopt;
    auto const type = text_of(object, "kty"), curve = text_of(object, "crv");
    if (type == "RSA") {
        key.kind = Jwk::Kind::Rsa;
        key.first = bytes_of(object, "n");
        key.second = bytes_of(object, "e");
        auto const bits = bits_of(key.first), exponent = bits_of(key.second);
        if (bits < 2048 || bits > 8192 || exponent < 2 || exponent > 32 || (key.second.back() & 1) == 0) return std::nullopt;
        return key;
    }
    key.first = bytes_of(object, "x");
    if (type == "EC" && (curve == "P-256" || curve == "P-384")) {
        key.kind = curve == "P-256" ? Jwk::Kind::EcP256 : Jwk::Kind::EcP384;
        key.second = bytes_of(object, "y");
        auto const size = curve == "P-256" ? 32U : 48U;
        if (key.first.size() != size || key.second.size() != size) return std::nullopt;
        return key;
    }
    if (type == "OKP" && curve == "Ed25519" && key.first.size() == 32) {
        key.kind = Jwk::Kind::Ed25519;
        return key;
    }
    return std::nullopt;
}

}  // namespace

bool is_known_algorithm(std::string_view name) { return find_algorithm(name) != nullptr; }

Result<Jws> parse_jws(std::string_view token)
{
    auto const unreadable = [] { return Error::invalid("token_unreadable"); };
    if (token.size() > longest_token) return unreadable();
    auto const parts = split(token, '.');
    if (parts.size() != 3) return unreadable();
    auto const head = from_base64url(parts[0]), payload = from_base64url(parts[1]);
    if (!head || !payload) return unreadable();
    auto const said = json::parse(head->begin(), head->end(), nullptr, false);
    if (!said.is_object()) return unreadable();
    Jws found{text_of(said, "alg"), text_of(said, "kid"), text_of(said, "typ"), std::string{as_text(*payload)}, parts[0] + "." + parts[1], {}};
    if (!is_known_algorithm(found.algorithm)) return Error::invalid("token_algorithm");
    if (said.contains("crit")) return unreadable();   // what must be understood and is not
    auto signature = from_base64url(parts[2]);
    if (!signature) return unreadable();
    found.signature = std::move(*signature);
    return found;
}

Result<KeySet> KeySet::parse(std::string_view text)
{
    auto const said = json::parse(text.begin(), text.end(), nullptr, false);
    if (!said.is_object() || !said.contains("keys") || !said["keys"].is_array()) return Error::invalid("keys_unreadable");
    KeySet set;
    for (auto const& each : said["keys"]) {
        if (set.keys_.size() >= most_keys) break;
        if (auto key = key_of(each)) set.keys_.push_back(std::move(*key));
    }
    return set;
}

Status KeySet::verify(Jws const& token) const
{
    auto const* algorithm = find_algorithm(token.algorithm);
    if (!algorithm) return Error::invalid("token_algorithm");
    std::vector<Jwk const*> fitting;
    for (auto const& key : keys_) {
        if (key.kind != algorithm->kind || (!key.algorithm.empty() && key.algorithm != token.algorithm)) continue;
        if (token.key_id.empty() || key.id == token.key_id) fitting.push_back(&key);
    }
    if (fitting.size() != 1) return Error::invalid("token_unknown_key");
    if (!verify_with(*fitting.front(), token.algorithm, as_bytes(token.signed_part), token.signature)) return Error::invalid("token_signature");
    return Nothing{};
}

}  // namespace greffier::accounts
