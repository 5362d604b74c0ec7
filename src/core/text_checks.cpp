// Forms of an e-mail address, a web address, a telephone number: what people mistype, not what the RFCs allow at most.
#include <algorithm>

#include "core/text.hpp"
#include "core/utf8.hpp"

namespace greffier {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
// Bytes beyond ASCII pass: names such as "mairie@évreux.fr" exist; is_utf8 is asked first.
bool is_host_letter(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) >= 0x80); }

bool is_label(std::string_view label)
{
    return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-'
           && std::all_of(label.begin(), label.end(), [](char c) { return is_host_letter(c) || c == '-'; });
}

bool is_host(std::string_view host)
{
    auto const labels = split(host, '.');
    return host.size() <= 253 && std::all_of(labels.begin(), labels.end(), is_label);
}

bool has_blank_or_control(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        auto const c = next_code_point(text, at);
        if (c == invalid_code_point || c < 0x20 || (c >= 0x7f && c < 0xa0) || is_blank_code_point(c)) return true;
    }
    return false;
}

bool is_port(std::string_view port)
{
    if (port.empty() || port.size() > 5 || !std::all_of(port.begin(), port.end(), is_digit)) return false;
    auto const value = std::stoi(std::string(port));
    return value >= 1 && value <= 65535;
}

bool is_bracketed_address(std::string_view host)
{
    if (host.size() < 4 || host.front() != '[' || host.back() != ']') return false;
    auto const inner = host.substr(1, host.size() - 2);
    return std::count(inner.begin(), inner.end(), ':') >= 2 && inner.find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos;
}

}  // namespace

bool is_email(std::string_view text)
{
    auto const at = text.rfind('@');
    if (at == std::string_view::npos || at == 0 || at > 64 || text.size() > 254 || has_blank_or_control(text)) return false;
    auto const local = text.substr(0, at);
    auto const host = text.substr(at + 1);
    if (local.front() == '.' || local.back() == '.' || local.find("..") != std::string_view::npos) return false;
    auto const allowed = [](char c) { return is_host_letter(c) || std::string_view(".!#$%&'*+/=?^_`{|}~-").find(c) != std::string_view::npos; };
    if (!std::all_of(local.begin(), local.end(), allowed)) return false;
    auto const dot = host.rfind('.');
    if (dot == std::string_view::npos || !is_host(host)) return false;
    auto const last = host.substr(dot + 1);
    return last.starts_with("xn--") || (last.size() >= 2 && std::none_of(last.begin(), last.end(), is_digit));
}

bool is_http_url(std::string_view text)
{
    if (text.size() > 2000 || has_blank_or_control(text) || text.find_first_of("\"<>\\^`{|}") != std::string_view::npos) return false;
    auto const scheme = to_lower_ascii(text.substr(0, 8));
    if (!scheme.starts_with("http://") && scheme != "https://") return false;
    text.remove_prefix(scheme == "https://" ? 8 : 7);
    auto authority = text.substr(0, text.find_first_of("/?#"));
    if (authority.find('@') != std::string_view::npos) return false;   // "https://bank.example@evil.example"
    auto const colon = authority.rfind(':');
    if (colon != std::string_view::npos && !authority.ends_with(']')) {
        if (!is_port(authority.substr(colon + 1))) return false;
        authority = authority.substr(0, colon);
    }
    return is_host(authority) || is_bracketed_address(authority);
}

bool is_phone(std::string_view text)
{
    int digits = 0;
    for (std::size_t at = 0; at < text.size();) {
        auto const first = at == 0;
        auto const c = next_code_point(text, at);
        if (c >= '0' && c <= '9') {
            ++digits;
        } else if (!(c == '+' && first) && c != '.' && c != '-' && c != '(' && c != ')' && c != '/' && c != ' ' && c != 0xa0 && c != 0x202f) {
            return false;
        }
    }
    return digits >= 2 && digits <= 15;   // from "17", the police, to the longest international number
}

}  // namespace greffier
