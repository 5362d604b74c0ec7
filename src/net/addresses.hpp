#pragma once
// Addresses of machines, for whoever calls out: which are of the open internet, and which were listed by the operator.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace greffier::net {

/// Sixteen bytes; an IPv4 address stands as ::ffff:a.b.c.d.
using Address = std::array<std::uint8_t, 16>;

struct AddressRange {
    Address first{};
    int bits = 128;   ///< of the sixteen bytes

    [[nodiscard]] bool contains(Address const& address) const;
};

std::optional<Address> parse_address(std::string_view text);
/// "10.1.0.0/16", "fd00::/8", or one address.
std::optional<AddressRange> parse_range(std::string_view text);
/// False for what leads back inside: this machine, private and local networks, link-local (where clouds keep their secrets),
/// multicast, what is reserved, and IPv6 addresses that carry an IPv4 one.
bool is_public(Address const& address);

}  // namespace greffier::net
