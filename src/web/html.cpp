#include "web/html.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"

namespace greffier::web {

namespace {

std::string_view entity_of(char c)
{
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    default: return "&#39;";
    }
}

/// One look per character: most of a page passes here.
constexpr auto is_markup = [] {
    std::array<bool, 256> table{};
    for (unsigned char c : {'&', '<', '>', '"', '\''}) table[c] = true;
    return table;
}();

/// http(s), mailto, tel and addresses of this site; everything a browser could run is refused.
bool is_safe_address(std::string_view address)
{
    for (char c : address)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) return false;   // browsers skip them: "java\tscript:"
    if (address.starts_with("//") || address.find('\\') < address.find_first_of("?#")) return false;
    auto end = address.find_first_of(":/?#");
    if (end == address.npos || address[end] != ':') return true;
    auto scheme = to_lower_ascii(address.substr(0, end));
    return scheme == "http" || scheme == "https" || scheme == "mailto" || scheme == "tel";
}

}  // namespace

void Html::escape(std::string_view text)
{
    std::size_t written = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!is_markup[static_cast<unsigned char>(text[i])]) continue;
        out_.append(text, written, i - written);
        out_.append(entity_of(text[i]));
        written = i + 1;
    }
    out_.append(text, written);
}

Html& Html::attr(Markup name, std::string_view value)
{
    out_ += ' ';
    out_.append(name.view());
    out_.append("=\"");
    escape(value);
    out_ += '"';
    return *this;
}

Html& Html::attr(Markup name, std::int64_t value)
{
    return attr(name, std::string_view{std::to_string(value)});
}

Html& Html::flag(Markup name, bool holds)
{
    if (!holds) return *this;
    out_ += ' ';
    out_.append(name.view());
    return *this;
}

Html& Html::url(Markup name, std::string_view address)
{
    address = trim(address);
    return attr(name, is_safe_address(address) ? address : std::string_view{"#"});
}

Html& Html::lines(std::string_view text)
{
    while (true) {
        auto end = text.find('\n');
        auto line = text.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        escape(line);
        if (end == text.npos) return *this;
        out_.append("<br>");
        text.remove_prefix(end + 1);
    }
}

std::string encode_component(std::string_view text)
{
    constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    out.reserve(text.size());
    for (char c : text) {
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
                     c == '_' || c == '~';
        if (plain) {
            out += c;
            continue;
        }
        auto byte = static_cast<unsigned char>(c);
        out += '%';
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

}  // namespace greffier::web
