#pragma once
// One-time codes by RFC 6238 as every authenticator application computes them: SHA-1, six digits, a new one each half
// minute. Pure functions; who may use which code once is one_time_codes.hpp.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/crypto.hpp"
#include "core/time.hpp"

namespace greffier::accounts {

inline constexpr std::size_t totp_secret_size = 20;   ///< bytes, the length of an HMAC-SHA-1
inline constexpr int totp_digits = 6;

/// Number of the half minute, counted from 1970.
std::int64_t totp_step(Timestamp now);
/// `digits` between 6 and 8.
std::string totp_code(ByteView secret, std::int64_t step, int digits = totp_digits);
/// The step whose code this is: the present one, or its neighbour when the telephone's clock is off by some seconds.
std::optional<std::int64_t> totp_matching_step(ByteView secret, std::string_view code, Timestamp now);

/// RFC 4648, upper case, no padding: how secrets are typed by hand.
std::string to_base32(ByteView bytes);
/// otpauth://totp/… for the QR code.
std::string totp_address(std::string_view issuer, std::string_view account, ByteView secret);

}  // namespace greffier::accounts
