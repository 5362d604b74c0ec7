#pragma once
// The request line's target and the Host header: what an attacker writes first.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/message.hpp"

namespace greffier::web {

struct Target {
    std::string path;        ///< decoded, starts with '/'
    Pairs query;             ///< decoded
    std::string authority;   ///< of an absolute target ("http://name/…"), else ""
};
/// Nothing for what deserves a 400: no leading '/', broken escapes, encoded slashes, backslashes, controls,
/// "." or ".." segments, text that is not UTF-8, more than `max_fields` query fields.
std::optional<Target> parse_target(std::string_view target, std::size_t max_fields = 5000);

/// "%C3%A9" -> "é"; '+' is kept. Nothing when an escape is broken. The bytes are not looked at.
std::optional<std::string> decode_percent(std::string_view text);

/// True when a Host value is well-formed: name, IPv4 or [IPv6], with an optional port.
bool is_host(std::string_view host);
/// "name" allows that name with any port, "name:port" that pair alone. An empty list allows loopback names.
bool is_allowed_host(std::string_view host, std::vector<std::string> const& allowed);

}  // namespace greffier::web
