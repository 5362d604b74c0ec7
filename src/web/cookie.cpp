#include "web/cookie.hpp"

#include <stdexcept>

#include "core/text.hpp"

namespace greffier::web {

namespace {

bool is_token(std::string_view text)
{
    for (char c : text) {
        bool fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
                    c == '.' || c == '~';
        if (!fine) return false;
    }
    return true;
}

/// RFC 6265 cookie-octet.
bool is_cookie_value(std::string_view text)
{
    for (char c : text)
        if (c <= 0x20 || c == 0x7f || c == '"' || c == ',' || c == ';' || c == '\\') return false;
    return true;
}

}  // namespace

std::string cookie_name(std::string_view name, bool secure)
{
    return (secure ? "__Host-" : "") + std::string(name);
}

std::string set_cookie(Cookie const& cookie, bool secure)
{
    if (cookie.name.empty() || !is_token(cookie.name) || !is_token(cookie.value))
        throw std::invalid_argument("a cookie holds a plain token: " + cookie.name);
    auto text = cookie_name(cookie.name, secure) + "=" + cookie.value + "; Path=/";
    if (cookie.max_age) text += "; Max-Age=" + std::to_string(cookie.max_age->count());
    if (secure) text += "; Secure";
    if (cookie.http_only) text += "; HttpOnly";
    text += cookie.strict ? "; SameSite=Strict" : "; SameSite=Lax";
    return text;
}

std::string clear_cookie(std::string_view name, bool secure)
{
    return set_cookie({std::string(name), "", std::chrono::seconds{0}}, secure);
}

std::optional<std::string> find_cookie(Request const& request, std::string_view name)
{
    auto values = request.cookies.all(cookie_name(name, request.secure));
    if (values.empty()) return std::nullopt;
    for (auto const& value : values)
        if (value != values.front()) return std::nullopt;   // one of them was planted, and nobody knows which
    return values.front();
}

Pairs parse_cookies(std::string_view header)
{
    Pairs cookies;
    for (auto const& piece : split(header, ';')) {
        auto pair = trim(piece);
        auto equals = pair.find('=');
        if (equals == pair.npos || equals == 0) continue;
        auto name = trim(pair.substr(0, equals)), value = trim(pair.substr(equals + 1));
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
        if (is_cookie_value(name) && is_cookie_value(value)) cookies.add(std::string(name), std::string(value));
    }
    return cookies;
}

}  // namespace greffier::web
