#pragma once
// Outbound: the one way by which the program asks another machine over HTTP. Only to https, unless the operator listed the
// place; never into private networks, unless listed; no redirection is followed, time and size are bounded, no proxy of the
// environment is used. The address that was judged is the one that is connected to.

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.hpp"
#include "net/addresses.hpp"

namespace greffier::net {

/// "https://sso.ville.example:8443/realms/x?y=z", taken apart. No user, no fragment.
struct HttpUrl {
    bool secure = true;
    std::string host;                 ///< lower case; IPv6 in brackets
    std::uint16_t port = 443;
    std::string rest = "/";           ///< path and query

    [[nodiscard]] std::string origin() const;   ///< "https://sso.ville.example:8443", the usual port left out
    [[nodiscard]] std::string text() const { return origin() + rest; }
};
std::optional<HttpUrl> parse_url(std::string_view text);

struct OutboundRules {
    std::vector<AddressRange> ranges = {};       ///< may be connected to though not of the open internet
    std::vector<std::string> origins = {};       ///< "http://127.0.0.1:8081": in clear if it says so, wherever it is
    std::string authority = {};                  ///< file of certificates (PEM) to trust beside the system's; empty: those of the system
    std::chrono::milliseconds connect_time{5'000}, whole_time{10'000};
    std::size_t most_bytes = 256 * 1024;

    /// Each entry is a range of addresses or an origin. Error "outbound_entry" with the one that is neither.
    static Result<OutboundRules> parse(std::vector<std::string> const& entries);
    /// True when a browser may be sent there, or we may go: https, or listed.
    [[nodiscard]] bool may_speak(HttpUrl const& url) const;
    [[nodiscard]] bool is_listed(std::string_view origin) const;
};

struct HttpCall {
    std::string url;
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::string form = {};            ///< present: POST of that body, urlencoded
};

struct HttpAnswer {
    int status = 0;
    std::string content_type;         ///< lower case, without parameters
    std::string body;
};

class Outbound {
public:
    virtual ~Outbound() = default;
    /// Blocks for at most `whole_time`. Errors, all with {host}: outbound_address, outbound_plain, outbound_private, outbound_unknown, outbound_unreachable,
    /// outbound_silent, outbound_tls, outbound_redirect, outbound_too_large, outbound_lost. Thread-safe.
    virtual Result<HttpAnswer> send(HttpCall const& call) = 0;
    [[nodiscard]] virtual OutboundRules const& rules() const = 0;
};

std::unique_ptr<Outbound> make_outbound(OutboundRules rules);

/// "a=b&c=d", percent-encoded.
std::string form_body(std::vector<std::pair<std::string, std::string>> const& fields);
std::string encode(std::string_view text);

}  // namespace greffier::net
