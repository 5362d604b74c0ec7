#include "web/security_headers.hpp"

namespace greffier::web {

namespace {

void add_missing(Response& response, std::string_view name, std::string_view value)
{
    if (response.find_header(name).empty()) response.header(std::string(name), std::string(value));
}

}  // namespace

void add_security_headers(Response& response, bool secure)
{
    add_missing(response, "Content-Security-Policy",
                "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
                "frame-ancestors 'none'");
    add_missing(response, "X-Content-Type-Options", "nosniff");
    add_missing(response, "Referrer-Policy", "same-origin");
    add_missing(response, "Cross-Origin-Opener-Policy", "same-origin");
    add_missing(response, "Cross-Origin-Resource-Policy", "same-origin");
    add_missing(response, "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()");
    add_missing(response, "X-Frame-Options", "DENY");
    add_missing(response, "Cache-Control", "private, no-store");
    if (secure) add_missing(response, "Strict-Transport-Security", "max-age=31536000");
}

void add_token_page_headers(Response& response)
{
    response.header("Referrer-Policy", "no-referrer");
    response.header("X-Robots-Tag", "noindex, nofollow");
    response.header("Cache-Control", "private, no-store");
}

}  // namespace greffier::web
