#include "accounts/colours.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace greffier::accounts {

namespace {

constexpr double enough = 4.5;   // level AA for text
constexpr Colour black{0, 0, 0}, white{1, 1, 1};
/// The grounds a mark stands on and the writing it carries, in web/styles/tokens.css: --g-sunken and --g-on-org of the light
/// theme; --g-surface of the dark one, which is nearer to the mark than its writing.
constexpr std::array on_paper{Colour{240 / 255.0, 238 / 255.0, 232 / 255.0}, white};
constexpr std::array at_night{Colour{24 / 255.0, 33 / 255.0, 37 / 255.0}};

double linear(double channel) { return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4); }
double luminance(Colour const& c) { return 0.2126 * linear(c.red) + 0.7152 * linear(c.green) + 0.0722 * linear(c.blue); }

Colour between(Colour const& from, Colour const& to, double part)
{
    return {from.red + (to.red - from.red) * part, from.green + (to.green - from.green) * part, from.blue + (to.blue - from.blue) * part};
}

/// As it is written down, in 256 steps: what was judged is what is shown.
Colour rounded(Colour const& colour) { return *parse_colour(to_text(colour)); }

bool stands(Colour const& colour, std::span<Colour const> grounds)
{
    return std::ranges::all_of(grounds, [&](Colour const& ground) { return contrast(colour, ground) >= enough; });
}

/// Towards black or white by hundredths: the first that stands out.
Colour moved(Colour const& wish, std::span<Colour const> grounds, Colour const& towards, bool& was_moved)
{
    for (int step = 0; step <= 100; ++step) {
        auto const candidate = rounded(between(wish, towards, step / 100.0));
        if (!stands(candidate, grounds)) continue;
        was_moved = step > 0;
        return candidate;
    }
    was_moved = true;
    return towards;
}

}  // namespace

std::optional<Colour> parse_colour(std::string_view text)
{
    if (text.size() != 7 || text.front() != '#') return std::nullopt;
    std::array<int, 6> digits{};
    for (std::size_t i = 0; i < digits.size(); ++i) {
        char const c = text[i + 1];
        if (c >= '0' && c <= '9') digits[i] = c - '0';
        else if (c >= 'a' && c <= 'f') digits[i] = c - 'a' + 10;
        else if (c >= 'A' && c <= 'F') digits[i] = c - 'A' + 10;
        else return std::nullopt;
    }
    auto channel = [&](std::size_t i) { return (digits[i] * 16 + digits[i + 1]) / 255.0; };
    return Colour{channel(0), channel(2), channel(4)};
}

std::string to_text(Colour const& colour)
{
    static constexpr char digits[] = "0123456789abcdef";
    std::string text = "#";
    for (double const channel : {colour.red, colour.green, colour.blue}) {
        auto const value = static_cast<unsigned>(std::lround(std::clamp(channel, 0.0, 1.0) * 255));
        text += digits[value / 16];
        text += digits[value % 16];
    }
    return text;
}

double contrast(Colour const& a, Colour const& b)
{
    auto const x = luminance(a), y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

Shades shades_of(Colour const& wish)
{
    Shades shades;
    shades.light = moved(wish, on_paper, black, shades.light_moved);
    shades.dark = moved(wish, at_night, white, shades.dark_moved);
    return shades;
}

}  // namespace greffier::accounts
