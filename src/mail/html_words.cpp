// The words of an HTML mail, for the few that come without a plain version. It is never shown as it is.
#include <array>
#include <charconv>

#include "core/text.hpp"
#include "mail/reader.hpp"

namespace greffier::mail {

namespace {

bool starts_with_tag(std::string_view html, std::size_t at, std::string_view name)
{
    if (html.size() < at + name.size() || to_lower_ascii(std::string{html.substr(at, name.size())}) != name) return false;
    auto const next = at + name.size();
    return next >= html.size() || html[next] == '>' || html[next] == '/' || html[next] == ' ' || html[next] == '\t' || html[next] == '\n' || html[next] == '\r';
}

/// Behind the end tag of an element whose content is not for people; the end when there is none.
std::size_t behind(std::string_view html, std::size_t at, std::string_view name)
{
    for (auto end = html.find("</", at); end != html.npos; end = html.find("</", end + 2))
        if (starts_with_tag(html, end + 2, name)) {
            auto const close = html.find('>', end);
            return close == html.npos ? html.size() : close + 1;
        }
    return html.size();
}

void add_code_point(std::string& out, std::uint32_t code)
{
    if (code == 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return;
    if (code < 0x80) out += static_cast<char>(code);
    else if (code < 0x800) (out += static_cast<char>(0xc0 | code >> 6)) += static_cast<char>(0x80 | (code & 0x3f));
    else if (code < 0x10000) ((out += static_cast<char>(0xe0 | code >> 12)) += static_cast<char>(0x80 | (code >> 6 & 0x3f))) += static_cast<char>(0x80 | (code & 0x3f));
    else (((out += static_cast<char>(0xf0 | code >> 18)) += static_cast<char>(0x80 | (code >> 12 & 0x3f))) += static_cast<char>(0x80 | (code >> 6 & 0x3f))) += static_cast<char>(0x80 | (code & 0x3f));
}

/// Behind the reference at `at`; one that is unknown stays as it is.
std::size_t add_reference(std::string& out, std::string_view html, std::size_t at)
{
    struct Named { std::string_view name, text; };
    static constexpr std::array named{Named{"amp", "&"}, Named{"lt", "<"}, Named{"gt", ">"}, Named{"quot", "\""}, Named{"apos", "'"}, Named{"nbsp", " "}, Named{"eacute", "é"}, Named{"egrave", "è"},
                                      Named{"ecirc", "ê"}, Named{"agrave", "à"}, Named{"ccedil", "ç"}, Named{"ugrave", "ù"}, Named{"ocirc", "ô"}, Named{"icirc", "î"}, Named{"rsquo", "’"}, Named{"euro", "€"}};
    auto const end = html.substr(at, 12).find(';');
    if (end != html.npos) {
        auto const name = html.substr(at + 1, end - 1);
        if (name.starts_with('#') && name.size() > 1) {
            bool const hex = name[1] == 'x' || name[1] == 'X';
            auto const digits = name.substr(hex ? 2 : 1);
            std::uint32_t code = 0;
            auto const read = std::from_chars(digits.data(), digits.data() + digits.size(), code, hex ? 16 : 10);
            if (read.ec == std::errc{} && read.ptr == digits.data() + digits.size()) {
                add_code_point(out, code);
                return at + end + 1;
            }
        }
        for (auto const& one : named)
            if (one.name == name) {
                out += one.text;
                return at + end + 1;
            }
    }
    out += '&';
    return at + 1;
}

}  // namespace

std::string words_of_html(std::string_view html)
{
    std::string out;
    bool blank = true;   // what was written last is one
    for (std::size_t at = 0; at < html.size();) {
        char const c = html[at];
        if (c == '<') {
            if (html.substr(at).starts_with("<!--")) {
                auto const end = html.find("-->", at);
                at = end == html.npos ? html.size() : end + 3;
                continue;
            }
            bool hidden = false;
            for (auto const* name : {"script", "style", "head", "title", "template"})
                if (starts_with_tag(html, at + 1, name)) {
                    at = behind(html, at, name);
                    hidden = true;
                    break;
                }
            if (hidden) continue;
            for (auto const* name : {"br", "p", "/p", "div", "/div", "tr", "/tr", "li", "h1", "h2", "h3", "table"})
                if (starts_with_tag(html, at + 1, name)) {
                    if (!out.empty() && out.back() != '\n') out += '\n';
                    blank = true;
                    break;
                }
            auto const end = html.find('>', at);
            at = end == html.npos ? html.size() : end + 1;
        } else if (c == '&') {
            at = add_reference(out, html, at);
            blank = false;
        } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            if (!blank) out += ' ';
            blank = true;
            ++at;
        } else {
            out += c;
            blank = false;
            ++at;
        }
    }
    return std::string{trim(out)};
}

}  // namespace greffier::mail
