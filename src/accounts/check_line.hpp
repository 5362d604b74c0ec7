#pragma once
// A name typed on one line: of a person, an organisation, a token.

#include <string_view>

#include "core/text.hpp"
#include "core/utf8.hpp"

namespace greffier::accounts {

/// Error code of what is wrong with it, "" when nothing is. `max` counts code points.
inline std::string_view problem_of_line(std::string_view text, std::size_t max)
{
    if (is_blank(text)) return "required";
    if (!is_utf8(text)) return "bad_utf8";
    if (length_utf8(text) > max) return "too_long";
    for (std::size_t at = 0; at < text.size();) {
        auto c = next_code_point(text, at);
        if (c < 0x20 || (c >= 0x7f && c < 0xa0)) return "control_characters";
    }
    return "";
}

}  // namespace greffier::accounts
