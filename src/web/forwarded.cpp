#include "web/forwarded.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "core/text.hpp"
#include "web/address.hpp"
#include "web/target.hpp"

namespace greffier::web {

namespace {

/// One proxy's word on who came to it, and how.
struct Hop {
    std::string from, scheme, host;
};

bool same_prefix(std::string_view a, std::string_view b, unsigned bits)
{
    for (unsigned bit = 0; bit < bits; bit += 8) {
        unsigned left = std::min(8U, bits - bit);
        unsigned difference = static_cast<unsigned char>(a[bit / 8]) ^ static_cast<unsigned char>(b[bit / 8]);
        if ((difference >> (8 - left)) != 0) return false;
    }
    return true;
}

/// All values of a header, in the order they came; nothing when it is absent.
std::vector<std::string> values_of(RawHead const& head, std::string_view lower_case_name)
{
    std::vector<std::string> all;
    for (auto const& [name, value] : head.fields) {
        if (to_lower_ascii(name) != lower_case_name) continue;
        for (auto const& item : split(value, ',')) all.emplace_back(trim(item));
    }
    return all;
}

/// "192.0.2.1:4711", "[2001:db8::1]:4711", "2001:db8::1" -> bytes; some proxies add the port.
std::string node_bytes(std::string_view node)
{
    if (node.starts_with('[')) {
        auto const end = node.find(']');
        return end == node.npos ? std::string{} : address_bytes(node.substr(1, end - 1));
    }
    auto const colon = node.find(':');
    if (colon != node.npos && node.find(':', colon + 1) == node.npos) node = node.substr(0, colon);
    return address_bytes(node);
}

std::vector<Hop> read_x_forwarded(RawHead const& head)
{
    auto const from = values_of(head, "x-forwarded-for"), schemes = values_of(head, "x-forwarded-proto"), hosts = values_of(head, "x-forwarded-host");
    std::vector<Hop> hops(std::max<std::size_t>(1, from.size()));
    for (std::size_t i = 0; i < hops.size(); ++i) {
        // One value each hop when there are as many; else the nearest proxy's word, which is the last.
        auto const pick = [&](std::vector<std::string> const& all) {
            return all.empty() ? std::string{} : all.size() == hops.size() ? all[i] : all.back();
        };
        hops[i] = {i < from.size() ? from[i] : "", pick(schemes), pick(hosts)};
    }
    return hops;
}

/// Splits at `mark` outside double quotes.
std::vector<std::string> split_unquoted(std::string_view text, char mark)
{
    std::vector<std::string> parts(1);
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (quoted && text[i] == '\\' && i + 1 < text.size()) {
            parts.back().append(text.substr(i++, 2));
            continue;
        }
        if (text[i] == '"') quoted = !quoted;
        if (text[i] == mark && !quoted) parts.emplace_back();
        else parts.back() += text[i];
    }
    return parts;
}

std::string unquoted(std::string_view value)
{
    if (value.size() < 2 || value.front() != '"' || value.back() != '"') return std::string(value);
    std::string plain;
    for (std::size_t i = 1; i + 1 < value.size(); ++i) {
        if (value[i] == '\\' && i + 2 < value.size()) ++i;
        plain += value[i];
    }
    return plain;
}

std::vector<Hop> read_forwarded(RawHead const& head)
{
    std::vector<Hop> hops;
    for (auto const& [name, value] : head.fields) {
        if (to_lower_ascii(name) != "forwarded") continue;
        for (auto const& element : split_unquoted(value, ',')) {
            Hop hop;
            for (auto const& pair : split_unquoted(element, ';')) {
                auto const equals = pair.find('=');
                if (equals == pair.npos) continue;
                auto const what = to_lower_ascii(trim(std::string_view{pair}.substr(0, equals)));
                auto const said = unquoted(trim(std::string_view{pair}.substr(equals + 1)));
                if (what == "for") hop.from = said;
                if (what == "proto") hop.scheme = said;
                if (what == "host") hop.host = said;
            }
            hops.push_back(std::move(hop));
        }
    }
    return hops;
}

bool has_x_forwarded(RawHead const& head)
{
    return std::ranges::any_of(head.fields, [](auto const& field) { return to_lower_ascii(field.first).starts_with("x-forwarded-"); });
}

std::optional<AddressRange> range_of(std::string_view text)
{
    auto const slash = text.find('/');
    auto bytes = address_bytes(text.substr(0, slash));
    auto bits = static_cast<unsigned>(bytes.size() * 8);
    if (slash != text.npos) {
        auto const length = text.substr(slash + 1);
        auto const [end, problem] = std::from_chars(length.data(), length.data() + length.size(), bits);
        if (problem != std::errc{} || end != length.data() + length.size()) return std::nullopt;
    }
    if (bytes.empty() || bits > bytes.size() * 8) return std::nullopt;
    return AddressRange{std::move(bytes), bits};
}

void believe(Visitor& visitor, Hop const& hop)
{
    auto const scheme = to_lower_ascii(hop.scheme);
    if (scheme == "https" || scheme == "http") visitor.secure = scheme == "https";
    bool const said = !visitor.hosts.empty() && visitor.hosts.front() == hop.host;
    if (!hop.host.empty() && !said) visitor.hosts.insert(visitor.hosts.begin(), hop.host);
}

}  // namespace

bool is_address_range(std::string_view text) { return range_of(text).has_value(); }

TrustedProxies::TrustedProxies(std::vector<std::string> const& ranges, Believe believe) : believe_(believe)
{
    for (auto const& text : ranges) {
        auto range = range_of(text);
        if (!range) throw std::invalid_argument("not an address range: " + text);
        ranges_.push_back(std::move(*range));
    }
}

bool TrustedProxies::contains(std::string_view address) const
{
    auto bytes = address_bytes(address);
    return std::any_of(ranges_.begin(), ranges_.end(), [&](AddressRange const& range) {
        return range.bytes.size() == bytes.size() && same_prefix(range.bytes, bytes, range.bits);
    });
}

Visitor TrustedProxies::visitor(std::string_view peer, RawHead const& head) const
{
    Visitor visitor{std::string(peer), {}, {}};
    if (!contains(peer)) return visitor;
    bool const x_forwarded = believe_ == Believe::Either && has_x_forwarded(head);
    auto const hops = x_forwarded ? read_x_forwarded(head) : read_forwarded(head);
    // From the right: what stands left of the first stranger was written by that stranger.
    for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
        believe(visitor, *hop);
        auto const bytes = node_bytes(hop->from);
        if (bytes.empty()) break;
        visitor.address = address_text(bytes);
        if (!contains(visitor.address)) break;
    }
    return visitor;
}

void replace_host(RawHead& head, Visitor const& visitor, std::vector<std::string> const& allowed_hosts)
{
    if (visitor.hosts.empty()) return;
    auto const chosen = std::ranges::find_if(visitor.hosts, [&](std::string const& host) { return is_allowed_host(host, allowed_hosts); });
    for (auto& [name, value] : head.fields)
        if (to_lower_ascii(name) == "host") value = chosen == visitor.hosts.end() ? visitor.hosts.back() : *chosen;
}

}  // namespace greffier::web
