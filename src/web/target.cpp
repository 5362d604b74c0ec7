#include "web/target.hpp"

#include <algorithm>
#include <charconv>

#include "core/text.hpp"
#include "web/address.hpp"
#include "web/form_parser.hpp"
#include "web/percent.hpp"

namespace greffier::web {

namespace {

bool is_safe_path(std::string_view path)
{
    for (char c : path)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\\') return false;
    auto segments = split(path, '/');
    return std::none_of(segments.begin(), segments.end(), [](auto const& s) { return s == "." || s == ".."; });
}

bool has_encoded_slash(std::string_view raw)
{
    for (auto at = raw.find('%'); at != raw.npos; at = raw.find('%', at + 1)) {
        auto code = to_lower_ascii(raw.substr(at, 3));
        if (code == "%2f" || code == "%5c") return true;
    }
    return false;
}

/// Takes "http://name" off an absolute target (RFC 9112 §3.2.2: servers must accept it).
std::optional<std::string> take_authority(std::string_view& target)
{
    auto lower = to_lower_ascii(target.substr(0, 8));
    std::size_t scheme = lower.starts_with("http://") ? 7 : lower.starts_with("https://") ? 8 : 0;
    if (scheme == 0) return std::nullopt;
    target.remove_prefix(scheme);
    auto end = std::min(target.find_first_of("/?"), target.size());
    std::string authority(target.substr(0, end));
    target.remove_prefix(end);
    return authority;
}

bool is_port(std::string_view text)
{
    unsigned port = 0;
    auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), port);
    return problem == std::errc{} && end == text.data() + text.size() && port <= 65535;
}

struct HostParts { std::string name, port; };

HostParts parts_of(std::string_view host)
{
    auto colon = host.rfind(':');
    auto bracket = host.rfind(']');
    if (colon == host.npos || (bracket != host.npos && colon < bracket)) return {to_lower_ascii(host), ""};
    return {to_lower_ascii(host.substr(0, colon)), std::string(host.substr(colon + 1))};
}

}  // namespace

std::optional<std::string> decode_percent(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
        int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
        if (low < 0) return std::nullopt;
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return out;
}

std::optional<Target> parse_target(std::string_view text, std::size_t max_fields)
{
    Target target;
    if (auto authority = take_authority(text)) {
        if (!is_host(*authority)) return std::nullopt;
        target.authority = *authority;
    }
    auto question = text.find('?');
    auto raw = text.substr(0, question);
    if (raw.empty() && !target.authority.empty()) raw = "/";
    if (!raw.starts_with('/') || has_encoded_slash(raw) || text.find('#') != text.npos) return std::nullopt;
    auto path = decode_percent(raw);
    if (!path || !is_utf8(*path) || !is_safe_path(*path)) return std::nullopt;
    target.path = std::move(*path);
    if (question == text.npos) return target;
    FormParser parser(target.query, {text.size(), max_fields});
    bool fine = parser.put(text.substr(question + 1)) == BodyProblem::None && parser.finish() == BodyProblem::None;
    return fine ? std::optional{std::move(target)} : std::nullopt;
}

bool is_host(std::string_view host)
{
    auto [name, port] = parts_of(host);
    if (name.empty() || name.size() > 255 || (!port.empty() && !is_port(port)) || host.ends_with(':')) return false;
    if (name.front() == '[') return name.back() == ']' && address_bytes(name.substr(1, name.size() - 2)).size() > 0;
    return std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
    });
}

bool is_allowed_host(std::string_view host, std::vector<std::string> const& allowed)
{
    if (!is_host(host)) return false;
    auto [name, port] = parts_of(host);
    if (name.ends_with('.')) name.pop_back();
    if (allowed.empty()) return name == "localhost" || name == "127.0.0.1" || name == "[::1]";
    return std::any_of(allowed.begin(), allowed.end(), [&](std::string const& one) {
        auto parts = parts_of(one);
        return parts.name == name && (parts.port.empty() || parts.port == port ||
                                       (port.empty() && (parts.port == "80" || parts.port == "443")));
    });
}

}  // namespace greffier::web
