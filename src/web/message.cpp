#include "web/message.hpp"

#include <algorithm>
#include <stdexcept>

#include "core/text.hpp"
#include "web/html.hpp"

namespace greffier::web {

std::string_view name_of(Method method)
{
    switch (method) {
    case Method::Get: return "GET";
    case Method::Head: return "HEAD";
    case Method::Post: return "POST";
    case Method::Put: return "PUT";
    case Method::Patch: return "PATCH";
    case Method::Delete: return "DELETE";
    case Method::Options: return "OPTIONS";
    }
    return "?";
}

std::optional<std::string_view> Pairs::find(std::string_view name) const
{
    for (auto const& [key, value] : items_)
        if (key == name) return value;
    return std::nullopt;
}

std::string Pairs::get(std::string_view name, std::string_view otherwise) const
{
    return std::string(find(name).value_or(otherwise));
}

std::vector<std::string> Pairs::all(std::string_view name) const
{
    std::vector<std::string> found;
    for (auto const& [key, value] : items_)
        if (key == name) found.push_back(value);
    return found;
}

std::string_view Request::header(std::string_view lower_case_name) const
{
    auto found = headers.find(lower_case_name);
    return found == headers.end() ? std::string_view{} : std::string_view{found->second};
}

std::string const& Request::param(std::string_view name) const
{
    auto found = params.find(name);
    if (found == params.end()) throw std::logic_error("the route " + route + " has no parameter " + std::string(name));
    return found->second;
}

bool Request::wants_json() const
{
    if (path == "/api" || path.starts_with("/api/")) return true;
    auto accept = header("accept");
    if (accept.find("text/html") != accept.npos) return false;
    return accept.find("application/json") != accept.npos || accept.find("application/problem+json") != accept.npos;
}

namespace {

bool same_name(std::string_view a, std::string_view b)
{
    auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

/// RFC 6266: an ASCII name for the old, the true one for the others.
std::string disposition(std::string_view file_name)
{
    std::string plain;
    for (char c : file_name) {
        bool keep = c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '/' && c != '%';
        plain += keep ? c : '_';
    }
    return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encode_component(file_name);
}

Response attachment(std::string_view file_name, std::string type)
{
    Response answer;
    answer.header("Content-Type", std::move(type));
    answer.header("Content-Disposition", disposition(file_name));
    answer.header("X-Content-Type-Options", "nosniff");
    answer.header("Content-Security-Policy", "default-src 'none'; sandbox");
    return answer;
}

Response with_body(std::string body, std::string type, int status)
{
    Response answer;
    answer.status = status;
    answer.body = std::move(body);
    answer.header("Content-Type", std::move(type));
    return answer;
}

}  // namespace

Response& Response::header(std::string name, std::string value)
{
    constexpr std::string_view forbidden{"\r\n\0", 3};
    if (name.empty() || name.find_first_of(forbidden) != name.npos || value.find_first_of(forbidden) != value.npos)
        throw std::invalid_argument("a response header may not hold a line break: " + name);
    if (!same_name(name, "set-cookie"))
        std::erase_if(headers, [&](auto const& other) { return same_name(other.first, name); });
    headers.emplace_back(std::move(name), std::move(value));
    return *this;
}

std::string_view Response::find_header(std::string_view name) const
{
    for (auto const& [key, value] : headers)
        if (same_name(key, name)) return value;
    return {};
}

Response Response::html(std::string body, int status) { return with_body(std::move(body), "text/html; charset=utf-8", status); }
Response Response::json(std::string body, int status) { return with_body(std::move(body), "application/json", status); }
Response Response::text(std::string body, int status) { return with_body(std::move(body), "text/plain; charset=utf-8", status); }

Response Response::redirect(std::string location)
{
    Response answer;
    answer.status = 303;
    answer.header("Location", std::move(location));
    return answer;
}

Response Response::download(std::string file_name, std::string type, std::string body)
{
    auto answer = attachment(file_name, std::move(type));
    answer.body = std::move(body);
    return answer;
}

Response Response::download_file(std::string file_name, std::string type, std::filesystem::path file)
{
    auto answer = attachment(file_name, std::move(type));
    answer.file = std::move(file);
    return answer;
}

std::string local_address(std::string_view address, std::string_view otherwise)
{
    // Browsers read "\" as "/" and drop tabs and line breaks, so "/\t/host" would lead elsewhere.
    bool clean = std::all_of(address.begin(), address.end(),
                             [](char c) { return static_cast<unsigned char>(c) > 0x20 && c != 0x7f && c != '\\'; });
    bool local = clean && address.starts_with('/') && !address.starts_with("//");
    return std::string(local ? address : otherwise);
}

}  // namespace greffier::web
