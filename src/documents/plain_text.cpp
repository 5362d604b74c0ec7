#include "documents/plain_text.hpp"

#include <cstdint>

namespace greffier::documents {
namespace {

struct Decoded {
    std::uint32_t code = 0xFFFD;
    std::size_t length = 1;
};

std::size_t expected_length(unsigned char lead)
{
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead <= 0xDF) return 2;
    if (lead >= 0xE0 && lead <= 0xEF) return 3;
    if (lead >= 0xF0 && lead <= 0xF4) return 4;
    return 0;
}

// Surrogates, overlong forms and what lies beyond U+10FFFF are as invalid as stray bytes.
Decoded decode(std::string_view text)
{
    auto const lead = static_cast<unsigned char>(text.front());
    std::size_t const length = expected_length(lead);
    if (length == 0 || length > text.size()) return {};
    if (length == 1) return {lead, 1};
    std::uint32_t code = lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        auto const next = static_cast<unsigned char>(text[i]);
        if ((next & 0xC0) != 0x80) return {};
        code = code << 6 | (next & 0x3FU);
    }
    bool const overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
    if (overlong || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return {};
    return {code, length};
}

bool is_forbidden(std::uint32_t code)
{
    if (code == '\t' || code == '\n') return false;
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0xFFFE || code == 0xFFFF;
}

}  // namespace

std::string clean_text(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        Decoded const letter = decode(text.substr(i));
        if (letter.code == '\r') {
            if (i + 1 >= text.size() || text[i + 1] != '\n') out += '\n';
        } else if (letter.code == 0xFFFD) {
            out += "\xEF\xBF\xBD";
        } else if (!is_forbidden(letter.code)) {
            out += text.substr(i, letter.length);
        }
        i += letter.length;
    }
    return out;
}

}  // namespace greffier::documents
