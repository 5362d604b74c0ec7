#include "core/text.hpp"

#include <algorithm>

#include "core/utf8.hpp"

namespace greffier {
namespace {

// The length a first byte announces, 0 when no code point can begin with it.
std::size_t announced(unsigned char first)
{
    if (first < 0x80) return 1;
    if (first >= 0xc2 && first <= 0xdf) return 2;
    if (first >= 0xe0 && first <= 0xef) return 3;
    if (first >= 0xf0 && first <= 0xf4) return 4;
    return 0;
}

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

/// Past the letters, figures and signs of ASCII that begin at `at`: most of a text, and none of them needs decoding.
std::size_t past_plain(std::string_view text, std::size_t at)
{
    while (at < text.size() && text[at] > ' ' && is_ascii(text[at])) ++at;
    return at;
}

/// Where the last code point of a text that is not empty begins; an invalid byte is one by itself.
std::size_t last_code_point(std::string_view text)
{
    auto start = text.size() - 1;
    while (start > 0 && text.size() - start < 4 && is_continuation(text[start])) --start;
    auto end = start;
    next_code_point(text, end);
    return end == text.size() ? start : text.size() - 1;
}

bool is_slug_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
constexpr std::size_t longest_slug = 40;

}  // namespace

char32_t next_code_point(std::string_view text, std::size_t& at)
{
    auto const first = static_cast<unsigned char>(text[at]);
    auto const length = announced(first);
    if (length == 1) {
        ++at;
        return first;
    }
    if (length == 0 || at + length > text.size()) {
        ++at;
        return invalid_code_point;
    }
    char32_t value = first & (0x7fU >> length);
    for (std::size_t i = 1; i < length; ++i) {
        auto const byte = static_cast<unsigned char>(text[at + i]);
        if ((byte & 0xc0) != 0x80) {
            ++at;
            return invalid_code_point;
        }
        value = (value << 6) | (byte & 0x3fU);
    }
    auto const overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
    if (overlong || (value >= 0xd800 && value <= 0xdfff) || value > 0x10ffff) {
        ++at;
        return invalid_code_point;
    }
    at += length;
    return value;
}

void append_utf8(std::string& out, char32_t c)
{
    auto const put = [&](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xc0 | (c >> 6));
        put(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
        put(0xe0 | (c >> 12));
        put(0x80 | ((c >> 6) & 0x3f));
        put(0x80 | (c & 0x3f));
    } else {
        put(0xf0 | (c >> 18));
        put(0x80 | ((c >> 12) & 0x3f));
        put(0x80 | ((c >> 6) & 0x3f));
        put(0x80 | (c & 0x3f));
    }
}

bool is_blank_code_point(char32_t c)
{
    return c == ' ' || (c >= 0x09 && c <= 0x0d) || c == 0x85 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028
           || c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

bool is_utf8(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        if (is_ascii(text[at])) ++at;
        else if (next_code_point(text, at) == invalid_code_point) return false;
    }
    return true;
}

std::size_t length_utf8(std::string_view text)
{
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count) {
        if (is_ascii(text[at])) ++at;
        else next_code_point(text, at);
    }
    return count;
}

std::string shorten(std::string_view text, std::size_t count)
{
    if (text.size() <= count || length_utf8(text) <= count) return std::string(text);
    if (count == 0) return {};
    std::size_t at = 0;
    for (std::size_t kept = 0; kept + 1 < count; ++kept) next_code_point(text, at);
    return std::string(trim(text.substr(0, at))) + "…";
}

std::string_view trim(std::string_view text)
{
    for (std::size_t at = 0; !text.empty() && is_blank_code_point(next_code_point(text, at)); at = 0) text.remove_prefix(at);
    while (!text.empty()) {
        auto const last = last_code_point(text);
        if (auto at = last; !is_blank_code_point(next_code_point(text, at))) break;
        text = text.substr(0, last);
    }
    return text;
}

std::string squeeze(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    bool blank_before = false;
    for (std::size_t at = 0; at < text.size();) {
        auto const here = at;
        at = past_plain(text, at);
        if (at == here && is_blank_code_point(next_code_point(text, at))) {
            blank_before = true;
            continue;
        }
        if (blank_before && !out.empty()) out += ' ';
        blank_before = false;
        out += text.substr(here, at - here);
    }
    return out;
}

std::vector<std::string> split(std::string_view text, char separator)
{
    std::vector<std::string> parts;
    for (;;) {
        auto const at = text.find(separator);
        parts.emplace_back(text.substr(0, at));
        if (at == std::string_view::npos) return parts;
        text.remove_prefix(at + 1);
    }
}

std::string join(std::vector<std::string> const& parts, std::string_view separator)
{
    std::string out;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i != 0) out += separator;
        out += parts[i];
    }
    return out;
}

bool is_blank(std::string_view text) { return trim(text).empty(); }

std::string to_lower_ascii(std::string_view text)
{
    std::string out(text);
    for (auto& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    }
    return out;
}

bool is_slug(std::string_view text)
{
    return text.size() >= 2 && text.size() <= longest_slug
           && std::all_of(text.begin(), text.end(), [](char c) { return is_slug_letter(c) || c == '-'; });
}

std::string make_slug(std::string_view name)
{
    std::string slug;
    for (auto const& word : words(name)) {
        std::string plain;
        std::copy_if(word.begin(), word.end(), std::back_inserter(plain), is_slug_letter);
        if (plain.empty()) continue;
        auto const needed = plain.size() + (slug.empty() ? 0 : 1);
        if (slug.size() + needed > longest_slug) {
            if (slug.empty()) slug = plain.substr(0, longest_slug);
            break;
        }
        if (!slug.empty()) slug += '-';
        slug += plain;
    }
    if (slug.size() >= 2) return slug;
    return slug.empty() ? "organisation" : "organisation-" + slug;
}

}  // namespace greffier
