#include "accounts/totp.hpp"

#include <array>
#include <stdexcept>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "web/html.hpp"

namespace greffier::accounts {

namespace {

constexpr std::int64_t step_millis = 30'000;

std::uint32_t truncated(ByteView secret, std::int64_t step)
{
    std::array<std::uint8_t, 8> counter{};
    for (std::size_t i = 0; i < counter.size(); ++i) counter[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(step) >> (8 * (7 - i)));
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> mac{};
    unsigned size = 0;
    if (!HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), counter.data(), counter.size(), mac.data(), &size) || size != 20)
        throw std::runtime_error("HMAC-SHA-1 is not to be had");
    auto const at = mac[19] & 15u;
    return (static_cast<std::uint32_t>(mac[at] & 0x7f) << 24) | (static_cast<std::uint32_t>(mac[at + 1]) << 16) | (static_cast<std::uint32_t>(mac[at + 2]) << 8) | mac[at + 3];
}

}  // namespace

std::int64_t totp_step(Timestamp now) { return to_millis(now) / step_millis; }

std::string totp_code(ByteView secret, std::int64_t step, int digits)
{
    auto value = truncated(secret, step);
    std::string code(static_cast<std::size_t>(digits), '0');
    for (auto at = code.rbegin(); at != code.rend(); ++at, value /= 10) *at = static_cast<char>('0' + value % 10);
    return code;
}

std::optional<std::int64_t> totp_matching_step(ByteView secret, std::string_view code, Timestamp now)
{
    auto const present = totp_step(now);
    std::optional<std::int64_t> found;
    // All three, whatever the first says: the time it takes tells nothing.
    for (auto const step : {present - 1, present, present + 1}) {
        auto const expected = totp_code(secret, step);
        if (expected.size() == code.size() && equal_constant_time(as_bytes(expected), as_bytes(code))) found = step;
    }
    return found;
}

std::string to_base32(ByteView bytes)
{
    static constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string out;
    std::uint32_t buffer = 0;
    int bits = 0;
    for (auto const byte : bytes) {
        buffer = (buffer << 8) | byte;
        for (bits += 8; bits >= 5; bits -= 5) out += alphabet[(buffer >> (bits - 5)) & 31];
        buffer &= 0xff;
    }
    if (bits > 0) out += alphabet[(buffer << (5 - bits)) & 31];
    return out;
}

std::string totp_address(std::string_view issuer, std::string_view account, ByteView secret)
{
    auto const who = web::encode_component(issuer);
    return "otpauth://totp/" + who + ":" + web::encode_component(account) + "?secret=" + to_base32(secret) + "&issuer=" + who;
}

}  // namespace greffier::accounts
