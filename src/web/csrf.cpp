#include "web/csrf.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace greffier::web {

namespace {

constexpr std::size_t token_bytes = 32;

std::optional<Bytes> from_base64url(std::string_view text)
{
    std::string plain(text);
    std::replace(plain.begin(), plain.end(), '-', '+');
    std::replace(plain.begin(), plain.end(), '_', '/');
    while (plain.size() % 4 != 0) plain += '=';
    return from_base64(plain);
}

/// "https://name:443" and "http://name:80" are the same place as "name".
std::string without_default_port(std::string_view authority)
{
    for (std::string_view port : {":443", ":80"})
        if (authority.ends_with(port)) authority.remove_suffix(port.size());
    return to_lower_ascii(authority);
}

}  // namespace

std::string csrf_token(ByteView session_secret)
{
    auto token = hmac_sha256(session_secret, as_bytes("csrf"));
    auto masked = random_bytes(token_bytes);
    masked.resize(2 * token_bytes);
    for (std::size_t i = 0; i < token_bytes; ++i) masked[token_bytes + i] = masked[i] ^ token[i];
    return to_base64url(masked);
}

bool csrf_matches(ByteView session_secret, std::string_view token)
{
    if (session_secret.empty() || token.size() > 4 * token_bytes) return false;
    auto masked = from_base64url(token);
    if (!masked || masked->size() != 2 * token_bytes) return false;
    Hash given{};
    for (std::size_t i = 0; i < token_bytes; ++i) given[i] = (*masked)[i] ^ (*masked)[token_bytes + i];
    return equal_constant_time(given, hmac_sha256(session_secret, as_bytes("csrf")));
}

bool is_same_origin(Request const& request)
{
    auto site = request.header("sec-fetch-site");
    if (!site.empty() && site != "same-origin" && site != "none") return false;
    auto origin = request.header("origin");
    // Pages with Referrer-Policy: no-referrer (those reached by a token) post with "Origin: null", and rightly so.
    if (origin.empty() || origin == "null") return true;
    auto scheme_end = origin.find("://");
    if (scheme_end == origin.npos) return false;
    if (request.secure && origin.substr(0, scheme_end) != "https") return false;
    return without_default_port(origin.substr(scheme_end + 3)) == without_default_port(request.header("host"));
}

Status check_csrf(Request const& request, ByteView session_secret)
{
    if (request.method == Method::Get || request.method == Method::Head || request.method == Method::Options) return Nothing{};
    if (!is_same_origin(request)) return Error::forbidden("csrf");
    auto token = request.form.get(csrf_field_name, request.header(csrf_header));
    if (!csrf_matches(session_secret, token)) return Error::forbidden("csrf");
    return Nothing{};
}

}  // namespace greffier::web
