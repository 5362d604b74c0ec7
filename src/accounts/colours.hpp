#pragma once
// An organisation's own colour, and what is made of it so that nothing becomes illegible: WCAG 2 contrast, level AA.

#include <optional>
#include <string>
#include <string_view>

namespace greffier::accounts {

struct Colour {
    double red = 0, green = 0, blue = 0;   ///< 0..1, sRGB
};
/// "#0f4c5c"; nothing for anything else.
std::optional<Colour> parse_colour(std::string_view text);
std::string to_text(Colour const& colour);
/// 1 (the same) to 21 (black on white).
double contrast(Colour const& a, Colour const& b);

/// The colour as it is shown: as near to the wish as stands out from the paper of each theme and carries its writing,
/// both at 4.5 to 1 or more.
struct Shades {
    Colour light, dark;                    ///< on the light and on the dark theme
    bool light_moved = false, dark_moved = false;   ///< another one than was wished for
};
Shades shades_of(Colour const& wish);

}  // namespace greffier::accounts
