#include "web/request_head.hpp"

#include <algorithm>
#include <charconv>

#include "core/text.hpp"
#include "web/cookie.hpp"
#include "web/target.hpp"

namespace greffier::web {

HeadScanner::Found HeadScanner::scan(std::string_view input)
{
    std::size_t const longest_line = limits_.max_target + 32;   // method, blanks and version beside the target
    for (; at_ < input.size(); ++at_) {
        if (input[at_] == '\0') return {0, 400};
        if (input[at_] != '\n') continue;
        if (at_ == 0 || input[at_ - 1] != '\r') return {0, 400};
        bool empty_line = at_ == line_begin_ + 1;
        line_begin_ = at_ + 1;
        if (request_line_ == 0) {
            request_line_ = at_ + 1;
            if (request_line_ > longest_line) return {0, 414};
        } else if (empty_line) {
            bool fits = at_ + 1 - request_line_ <= limits_.max_header;
            return fits ? Found{at_ + 1, 0} : Found{0, 431};
        }
    }
    if (request_line_ == 0) return {0, input.size() > longest_line ? 414 : 0};
    return {0, input.size() - request_line_ > limits_.max_header ? 431 : 0};
}

namespace {

std::optional<Method> parse_method(std::string_view name)
{
    for (auto method : {Method::Get, Method::Head, Method::Post, Method::Put, Method::Patch, Method::Delete, Method::Options})
        if (name_of(method) == name) return method;
    return std::nullopt;
}

/// False when a header that must be single came twice.
bool collect_fields(RawHead const& head, Request& request)
{
    for (auto const& [raw_name, raw_value] : head.fields) {
        auto name = to_lower_ascii(raw_name);
        auto value = trim(raw_value);
        auto [found, fresh] = request.headers.emplace(name, value);
        if (fresh) continue;
        if (name == "host" || name == "content-length" || name == "content-type" || name == "transfer-encoding" || name == "authorization" ||
            name == "origin")
            return false;
        found->second.append(name == "cookie" ? "; " : ", ").append(value);
    }
    return true;
}

bool has_token(std::string_view list, std::string_view token)
{
    for (auto const& item : split(list, ','))
        if (to_lower_ascii(trim(item)) == token) return true;
    return false;
}

int read_framing(Request const& request, int minor_version, Framing& framing)
{
    auto connection = request.header("connection");
    framing.keep_alive = minor_version >= 1 ? !has_token(connection, "close") : has_token(connection, "keep-alive");
    bool has_length = request.headers.contains("content-length"), has_coding = request.headers.contains("transfer-encoding");
    // Two ways of saying where a body ends is how requests are smuggled past a proxy.
    if (has_length && has_coding) return 400;
    if (has_coding) {
        if (minor_version == 0) return 400;
        if (to_lower_ascii(request.header("transfer-encoding")) != "chunked") return 501;
        framing.chunked = true;
    }
    if (has_length) {
        auto text = request.header("content-length");
        std::uint64_t length = 0;
        auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), length);
        if (text.empty() || problem != std::errc{} || end != text.data() + text.size()) return 400;
        framing.length = length;
    }
    auto expect = to_lower_ascii(request.header("expect"));
    framing.expects_continue = expect == "100-continue" && minor_version >= 1;
    return expect.empty() || expect == "100-continue" ? 0 : 417;
}

int check_host(Request const& request, std::string_view authority, std::vector<std::string> const& allowed)
{
    auto host = request.header("host");
    if (!is_host(host)) return 400;
    if (!authority.empty() && to_lower_ascii(authority) != to_lower_ascii(host)) return 400;
    return is_allowed_host(host, allowed) ? 0 : 421;
}

}  // namespace

int read_head(RawHead const& head, HeadLimits const& limits, std::vector<std::string> const& allowed_hosts, Request& request,
              Framing& framing)
{
    framing.keep_alive = false;
    auto method = parse_method(head.method);
    if (!method) return 501;
    request.method = *method;
    request.target = head.target;
    if (!collect_fields(head, request)) return 400;
    if (head.target.size() > limits.max_target) {
        auto const beginning = parse_target(head.target.substr(0, std::min<std::size_t>(head.target.find('?'), 200)));
        request.path = beginning ? beginning->path : "/";
        return 414;
    }
    auto target = parse_target(head.target, limits.max_fields);
    if (!target) return 400;
    request.path = std::move(target->path);
    request.query = std::move(target->query);
    if (int status = check_host(request, target->authority, allowed_hosts); status != 0) return status;
    request.cookies = parse_cookies(request.header("cookie"));
    return read_framing(request, head.minor_version, framing);
}

bool glimpse(std::string_view input, Request& request)
{
    constexpr std::size_t most = 64 * 1024, longest_value = 1024;
    input = input.substr(0, most);
    auto const begin = input.find(' ');
    if (begin == input.npos || begin + 1 >= input.size() || input[begin + 1] != '/') return false;
    auto const end = std::min(input.find_first_of("?# \r\n", begin + 1), input.size());
    // Of an address that is too long its beginning says enough: whether a script or a person asked.
    auto const target = parse_target(input.substr(begin + 1, std::min<std::size_t>(end - begin - 1, 200)));
    request.path = target ? target->path : "/";
    for (auto line = input.find("\r\n"); line != input.npos; line = input.find("\r\n", line + 2)) {
        auto const stop = input.find("\r\n", line + 2);
        if (stop == input.npos) break;
        auto const text = input.substr(line + 2, stop - line - 2);
        auto const colon = text.find(':');
        if (colon == text.npos || text.size() > longest_value) continue;
        auto const name = to_lower_ascii(text.substr(0, colon));
        if (name == "accept" || name == "accept-language" || name == "cookie") request.headers.emplace(name, trim(text.substr(colon + 1)));
    }
    request.cookies = parse_cookies(request.header("cookie"));
    return true;
}

}  // namespace greffier::web
