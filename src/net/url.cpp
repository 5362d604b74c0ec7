#include <algorithm>
#include <charconv>

#include "core/text.hpp"
#include "net/http.hpp"

namespace greffier::net {

namespace {

constexpr std::size_t longest_url = 4000;
constexpr std::string_view letters_of_host = "abcdefghijklmnopqrstuvwxyz0123456789.-_", letters_of_v6 = "0123456789abcdef:.";

bool is_host(std::string_view host)
{
    if (host.starts_with('[')) return host.size() > 2 && host.ends_with(']') && parse_address(host.substr(1, host.size() - 2)) && host.substr(1, host.size() - 2).find_first_not_of(letters_of_v6) == host.npos;
    return !host.empty() && host.size() <= 253 && host.find_first_not_of(letters_of_host) == host.npos;
}

bool is_visible(char c) { return c > 0x20 && c < 0x7f && c != '#' && c != '\\' && c != '"' && c != '<' && c != '>'; }

}  // namespace

std::string HttpUrl::origin() const
{
    auto text = (secure ? "https://" : "http://") + host;
    if (port != (secure ? 443 : 80)) text += ":" + std::to_string(port);
    return text;
}

std::optional<HttpUrl> parse_url(std::string_view text)
{
    if (text.size() > longest_url || !std::ranges::all_of(text, is_visible)) return std::nullopt;
    HttpUrl url;
    auto const scheme = text.find("://");
    if (scheme == text.npos) return std::nullopt;
    auto const name = to_lower_ascii(text.substr(0, scheme));
    if (name != "https" && name != "http") return std::nullopt;
    url.secure = name == "https";
    url.port = url.secure ? 443 : 80;
    text.remove_prefix(scheme + 3);
    auto const end = std::min(text.find_first_of("/?"), text.size());
    auto place = text.substr(0, end);
    url.rest = text.substr(end);
    if (!url.rest.starts_with('/')) url.rest.insert(0, "/");
    auto const colon = place.rfind(':');
    if (colon != place.npos && place.find(']', colon) == place.npos) {
        auto const port = place.substr(colon + 1);
        auto const read = std::from_chars(port.data(), port.data() + port.size(), url.port);
        if (port.empty() || read.ec != std::errc{} || read.ptr != port.data() + port.size() || url.port == 0) return std::nullopt;
        place = place.substr(0, colon);
    }
    url.host = to_lower_ascii(place);
    if (!is_host(url.host)) return std::nullopt;
    return url;
}

Result<OutboundRules> OutboundRules::parse(std::vector<std::string> const& entries)
{
    OutboundRules rules;
    for (auto const& entry : entries) {
        auto const range = parse_range(entry);
        auto const url = parse_url(entry);
        if (range) rules.ranges.push_back(*range);
        else if (url && url->rest == "/") rules.origins.push_back(url->origin());
        else return Error::invalid("outbound_entry", {{"entry", shorten(entry, 80)}});
    }
    return rules;
}

bool OutboundRules::is_listed(std::string_view origin) const { return std::ranges::find(origins, origin) != origins.end(); }

bool OutboundRules::may_speak(HttpUrl const& url) const { return url.secure || is_listed(url.origin()); }

std::string encode(std::string_view text)
{
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (char const c : text) {
        bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) {
            out += c;
            continue;
        }
        auto const byte = static_cast<unsigned char>(c);
        out += '%';
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

std::string form_body(std::vector<std::pair<std::string, std::string>> const& fields)
{
    std::string out;
    for (auto const& [name, value] : fields) out += (out.empty() ? "" : "&") + encode(name) + "=" + encode(value);
    return out;
}

}  // namespace greffier::net
