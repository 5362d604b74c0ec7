#include "web/address.hpp"

#include <arpa/inet.h>

namespace greffier::web {

std::string address_bytes(std::string_view text)
{
    static std::string const mapped("\0\0\0\0\0\0\0\0\0\0\xff\xff", 12);
    unsigned char bytes[16];
    std::string const written(text);
    if (inet_pton(AF_INET, written.c_str(), bytes) == 1) return {reinterpret_cast<char*>(bytes), 4};
    if (inet_pton(AF_INET6, written.c_str(), bytes) != 1) return {};
    std::string all(reinterpret_cast<char*>(bytes), 16);
    return all.starts_with(mapped) ? all.substr(12) : all;
}

std::string address_text(std::string_view bytes)
{
    char text[INET6_ADDRSTRLEN];
    int const family = bytes.size() == 4 ? AF_INET : AF_INET6;
    if (bytes.size() != 4 && bytes.size() != 16) return {};
    return inet_ntop(family, bytes.data(), text, sizeof text) ? text : "";
}

bool is_loopback_address(std::string_view text)
{
    auto const bytes = address_bytes(text);
    if (bytes.size() == 4) return bytes[0] == 127;
    return bytes.size() == 16 && bytes.find_first_not_of('\0') == 15 && bytes[15] == 1;
}

}  // namespace greffier::web
