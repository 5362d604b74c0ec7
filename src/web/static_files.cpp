#include "web/static_files.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "core/crypto.hpp"
#include "core/text.hpp"
#include "web/compress.hpp"

namespace greffier::web {

namespace {

/// esbuild writes eight upper-case letters or digits before the ending: "icons-K3JX7Q2A.woff2".
bool has_hash(std::string_view name)
{
    auto end = name.rfind('.');
    if (end == name.npos || end < 9) return false;
    auto hash = name.substr(end - 8, 8);
    char before = name[end - 9];
    return (before == '-' || before == '.') &&
           std::all_of(hash.begin(), hash.end(), [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

bool matches(std::string_view if_none_match, std::string_view etag)
{
    for (auto const& item : split(if_none_match, ',')) {
        auto one = trim(item);
        if (one.starts_with("W/")) one.remove_prefix(2);
        if (one == "*" || one == etag) return true;
    }
    return false;
}

/// Made once: hashing the front end at each request would be a waste.
StaticFiles const& embedded()
{
    static StaticFiles const files{embedded_web()};
    return files;
}

}  // namespace

std::string_view content_type_of(std::string_view file_name)
{
    static constexpr std::pair<std::string_view, std::string_view> types[] = {
        {".css", "text/css; charset=utf-8"},   {".js", "text/javascript; charset=utf-8"},
        {".svg", "image/svg+xml"},             {".png", "image/png"},
        {".ico", "image/x-icon"},              {".woff2", "font/woff2"},
        {".woff", "font/woff"},                {".json", "application/json"},
        {".webmanifest", "application/manifest+json"}, {".txt", "text/plain; charset=utf-8"},
        {".html", "text/html; charset=utf-8"}, {".map", "application/json"},
        {".jpg", "image/jpeg"},                {".webp", "image/webp"},
    };
    for (auto const& [ending, type] : types)
        if (file_name.ends_with(ending)) return type;
    return "application/octet-stream";
}

StaticFiles::StaticFiles(std::span<EmbeddedFile const> files)
{
    for (auto const& file : files) {
        auto hash = sha256(as_bytes(file.content));
        files_.emplace(file.name, File{file.content, "\"" + to_hex(ByteView{hash}.first(12)) + "\""});
        if (has_hash(file.name)) immutable_.emplace(file.name);
    }
    auto manifest = files_.find("manifest.json");
    if (manifest == files_.end()) return;
    auto const names = nlohmann::json::parse(manifest->second.content);
    for (auto const& [plain, name] : names.items()) {
        hashed_.emplace(plain, name.get<std::string>());
        if (name != plain) immutable_.insert(name.get<std::string>());
    }
    files_.erase(manifest);
}

std::string StaticFiles::address(std::string_view plain_name) const
{
    if (auto found = hashed_.find(plain_name); found != hashed_.end()) return "/static/" + found->second;
    if (!hashed_.empty() && !files_.contains(plain_name)) throw std::logic_error("no such asset: " + std::string(plain_name));
    return "/static/" + std::string(plain_name);
}

Result<Response> StaticFiles::serve(Request const& request, std::string_view name) const
{
    auto found = files_.find(name);
    if (found == files_.end() || name.ends_with(".gz")) return Error::not_found();
    auto file = &found->second;
    Response answer;
    auto packed = files_.find(std::string(name) + ".gz");
    if (packed != files_.end()) {
        answer.header("Vary", "Accept-Encoding");
        if (accepts_gzip(request.header("accept-encoding"))) {
            file = &packed->second;
            answer.header("Content-Encoding", "gzip");
        }
    }
    answer.header("ETag", file->etag);
    answer.header("Cache-Control", immutable_.contains(name) ? "public, max-age=31536000, immutable" : "public, max-age=3600");
    if (matches(request.header("if-none-match"), file->etag)) {
        answer.status = 304;
        return answer;
    }
    answer.header("Content-Type", std::string(content_type_of(name)));
    answer.body = file->content;
    return answer;
}

std::string asset(std::string_view plain_name) { return embedded().address(plain_name); }
Result<Response> serve_static(Request const& request, std::string_view file) { return embedded().serve(request, file); }

}  // namespace greffier::web
