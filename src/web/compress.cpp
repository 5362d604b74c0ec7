#include "web/compress.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <array>
#include <memory>
#include <new>
#include <optional>
#include <utility>

#include "core/text.hpp"

namespace greffier::web {

namespace {

constexpr std::size_t smallest = 1024;       ///< below, a packet more or less is all there is to win
constexpr int quick = 1;                     ///< level: see docs/decisions on compression

/// "0.5" -> 500. RFC 9110 §12.4.2: three decimals at most; what is not a weight counts as none.
int weight_of(std::string_view item)
{
    auto const at = item.find(';');
    if (at == item.npos) return 1000;
    auto text = trim(item.substr(at + 1));
    if (!text.starts_with("q=")) return 1000;
    auto const number = trim(text.substr(2));
    if (number == "1" || number.starts_with("1.0")) return 1000;
    if (!number.starts_with("0")) return 0;
    int weight = 0, unit = 100;
    for (std::size_t i = 2; i < number.size() && unit > 0; ++i, unit /= 10) {
        if (number[i] < '0' || number[i] > '9') return 0;
        weight += unit * (number[i] - '0');
    }
    return weight;
}

bool is_text(std::string_view type)
{
    auto const kind = to_lower_ascii(trim(type.substr(0, type.find(';'))));
    static constexpr std::array known{"application/json", "application/javascript", "application/xml"};
    return kind.starts_with("text/") || kind.ends_with("+json") || kind.ends_with("+xml") || std::ranges::find(known, kind) != known.end();
}

bool is_worth_it(Request const& request, Response const& response)
{
    bool const kind = response.status >= 200 && response.status != 204 && response.status != 206 && response.status != 304;
    return kind && !response.file && !response.stream && response.body.size() >= smallest && response.find_header("content-encoding").empty() &&
           response.find_header("etag").empty() && is_text(response.find_header("content-type")) &&
           response.find_header("cache-control").find("no-transform") == std::string_view::npos && request.header("sec-fetch-site") != "cross-site";
}

void vary(Response& response)
{
    auto const before = std::string(response.find_header("vary"));
    if (to_lower_ascii(before).find("accept-encoding") != before.npos) return;
    response.header("Vary", before.empty() ? "Accept-Encoding" : before + ", Accept-Encoding");
}

struct Free {
    void operator()(libdeflate_compressor* compressor) const { libdeflate_free_compressor(compressor); }
};

}  // namespace

bool accepts_gzip(std::string_view accept_encoding)
{
    std::optional<int> named, any;
    int plain = 0;
    for (auto const& item : split(to_lower_ascii(accept_encoding), ',')) {
        auto const coding = trim(std::string_view{item}.substr(0, item.find(';')));
        if (coding == "gzip" || coding == "x-gzip") named = weight_of(item);
        else if (coding == "*") any = weight_of(item);
        else if (coding == "identity") plain = weight_of(item);
    }
    auto const weight = named.value_or(any.value_or(0));
    return weight > 0 && weight >= plain;
}

std::string gzip(std::string_view text)
{
    // Making one takes longer than packing a page with it.
    thread_local std::unique_ptr<libdeflate_compressor, Free> const compressor(libdeflate_alloc_compressor(quick));
    if (!compressor) throw std::bad_alloc();
    std::string packed(libdeflate_gzip_compress_bound(compressor.get(), text.size()), '\0');
    packed.resize(libdeflate_gzip_compress(compressor.get(), text.data(), text.size(), packed.data(), packed.size()));
    return packed;
}

void pack(Request const& request, Response& response)
{
    if (!is_worth_it(request, response)) return;
    vary(response);
    if (!accepts_gzip(request.header("accept-encoding"))) return;
    auto packed = gzip(response.body);
    if (packed.empty() || packed.size() >= response.body.size()) return;
    response.body = std::move(packed);
    response.header("Content-Encoding", "gzip");
}

void take_marks_off(Request& request)
{
    for (auto const* name : {"if-match", "if-none-match"}) {
        auto const found = request.headers.find(std::string_view{name});
        if (found == request.headers.end()) continue;
        auto& value = found->second;
        if (value.starts_with("W/\"")) value.erase(0, 2);
        for (auto const& [mark, plain] : {std::pair<std::string_view, std::string_view>{" W/\"", " \""}, {",W/\"", ",\""}, {"-gzip\"", "\""}})
            for (auto at = value.find(mark); at != value.npos; at = value.find(mark, at + 1)) value.replace(at, mark.size(), plain);
    }
}

}  // namespace greffier::web
