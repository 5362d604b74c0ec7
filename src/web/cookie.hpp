#pragma once
// Cookies: HttpOnly, SameSite=Lax, Path=/, and over https the __Host- prefix, which a sub-domain cannot set.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "web/message.hpp"

namespace greffier::web {

struct Cookie {
    std::string name;         ///< plain, without prefix
    std::string value;        ///< our own token: letters, digits and -_.~ only; anything else throws std::invalid_argument
    std::optional<std::chrono::seconds> max_age = {};   ///< none = until the browser closes
    bool http_only = true;
    bool strict = false;      ///< SameSite=Strict instead of Lax
};

/// "__Host-name" over https, "name" otherwise.
std::string cookie_name(std::string_view name, bool secure);
/// The value of a Set-Cookie header.
std::string set_cookie(Cookie const& cookie, bool secure);
/// The Set-Cookie header that makes the browser forget it.
std::string clear_cookie(std::string_view name, bool secure);
/// The value sent for our cookie; over https only the prefixed one counts. Nothing when it came twice with two values.
std::optional<std::string> find_cookie(Request const& request, std::string_view name);
/// Parses a Cookie header; ill-formed pairs are left out, for other programs of the host may have set them.
Pairs parse_cookies(std::string_view header);

}  // namespace greffier::web
