#pragma once
// What reverse proxies say of the visitor behind them: X-Forwarded-For, -Proto and -Host, or Forwarded (RFC 7239).
// Believed of the proxies named by the operator alone; the last address that is none of theirs is the visitor's.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/request_head.hpp"

namespace greffier::web {

struct AddressRange {
    std::string bytes;
    unsigned bits = 0;
};

struct Visitor {
    std::string address;                 ///< the usual spelling when it was an address
    std::optional<bool> secure;          ///< absent: nobody trusted says how they came
    std::vector<std::string> hosts;      ///< asked for at the outermost proxy first; empty: the Host header stands
};

/// "10.0.0.0/8", "2001:db8::/32", "192.0.2.1".
bool is_address_range(std::string_view text);

class TrustedProxies {
public:
    enum class Believe { Either, ForwardedOnly };
    /// CIDR or plain addresses; throws std::invalid_argument for another text. With Either, Forwarded is read only when
    /// no X-Forwarded header came: a proxy that writes these passes a visitor's own Forwarded on untouched.
    explicit TrustedProxies(std::vector<std::string> const& ranges, Believe believe = Believe::Either);
    [[nodiscard]] bool contains(std::string_view address) const;
    [[nodiscard]] Visitor visitor(std::string_view peer, RawHead const& head) const;

private:
    std::vector<AddressRange> ranges_;
    Believe believe_;
};

/// Writes the host a visitor asked for over the Host header, when there is one: the first that is allowed, else the last.
void replace_host(RawHead& head, Visitor const& visitor, std::vector<std::string> const& allowed_hosts);

}  // namespace greffier::web
