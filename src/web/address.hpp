#pragma once
// Addresses of machines, in one spelling: IPv4 mapped in IPv6 counts as IPv4.

#include <string>
#include <string_view>

namespace greffier::web {

/// 4 or 16 bytes in network order; "" for what is no address.
std::string address_bytes(std::string_view text);
/// The usual spelling of address_bytes(); "" for another number of bytes.
std::string address_text(std::string_view bytes);
/// 127.0.0.0/8 or ::1, however it is spelt.
bool is_loopback_address(std::string_view text);

}  // namespace greffier::web
