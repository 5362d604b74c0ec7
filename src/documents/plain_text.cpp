#include "documents/plain_text.hpp"

#include "core/utf8.hpp"

namespace greffier::documents {
namespace {

bool is_forbidden(char32_t code)
{
    if (code == '\t' || code == '\n') return false;
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0xFFFE || code == 0xFFFF;
}

} // namespace

std::string clean_text(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        std::size_t const start = i;
        char32_t const code = next_code_point(text, i);
        if (code == '\r') {
            if (i >= text.size() || text[i] != '\n') out += '\n';
        } else if (code == invalid_code_point) {
            out += "\xEF\xBF\xBD";
        } else if (!is_forbidden(code)) {
            out += text.substr(start, i - start);
        }
    }
    return out;
}

} // namespace greffier::documents
