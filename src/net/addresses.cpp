#include "net/addresses.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

namespace greffier::net {

namespace {

constexpr std::array<std::uint8_t, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

bool is_v4(Address const& address) { return std::equal(mapped.begin(), mapped.end(), address.begin()); }

std::vector<AddressRange> const& ranges_inside()
{
    static std::vector<AddressRange> const all = [] {
        std::vector<AddressRange> ranges;
        for (std::string_view const text :
             {"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
              "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fc00::/7", "fe80::/10",
              "fec0::/10", "ff00::/8"})
            ranges.push_back(*parse_range(text));
        return ranges;
    }();
    return all;
}

}  // namespace

bool AddressRange::contains(Address const& address) const
{
    for (int bit = 0; bit < bits; bit += 8) {
        auto const at = static_cast<std::size_t>(bit / 8);
        auto const mask = static_cast<std::uint8_t>(bits - bit >= 8 ? 0xff : 0xff << (8 - (bits - bit)));
        if ((address[at] & mask) != (first[at] & mask)) return false;
    }
    return true;
}

std::optional<Address> parse_address(std::string_view text)
{
    std::string const copy{text};
    Address address{};
    if (::inet_pton(AF_INET6, copy.c_str(), address.data()) == 1) return address;
    std::ranges::copy(mapped, address.begin());
    if (::inet_pton(AF_INET, copy.c_str(), address.data() + mapped.size()) == 1) return address;
    return std::nullopt;
}

std::optional<AddressRange> parse_range(std::string_view text)
{
    auto const slash = text.find('/');
    auto const address = parse_address(text.substr(0, slash));
    if (!address) return std::nullopt;
    AddressRange range{*address, 128};
    if (slash == text.npos) return range;
    auto const digits = text.substr(slash + 1);
    int bits = 0;
    auto const read = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    bool const v4 = text.substr(0, slash).find(':') == text.npos;
    if (digits.empty() || read.ec != std::errc{} || read.ptr != digits.data() + digits.size() || bits < 0 || bits > (v4 ? 32 : 128)) return std::nullopt;
    range.bits = v4 ? 96 + bits : bits;
    return range;
}

bool is_public(Address const& address)
{
    // ::, ::1 and the addresses of the same kind that carry an IPv4 one; the mapped ones are judged by what they carry.
    if (!is_v4(address) && std::all_of(address.begin(), address.begin() + 10, [](auto byte) { return byte == 0; })) return false;
    return std::ranges::none_of(ranges_inside(), [&](auto const& range) { return range.contains(address); });
}

}  // namespace greffier::net
