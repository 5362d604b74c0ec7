// Folding, sorting and splitting into words: one text, one result, whatever the database engine.
#include <algorithm>

#include "core/text.hpp"
#include "core/utf8.hpp"

namespace greffier {
namespace {

constexpr bool between(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

bool is_combining_mark(char32_t c)
{
    return between(c, 0x0300, 0x036f) || between(c, 0x0483, 0x0489) || between(c, 0x1ab0, 0x1aff) || between(c, 0x1dc0, 0x1dff)
           || between(c, 0x20d0, 0x20ff) || between(c, 0xfe00, 0xfe0f) || between(c, 0xfe20, 0xfe2f);
}

// Soft hyphen, zero-width blanks and joiners, direction marks: nobody sees them, so they never count.
bool is_invisible(char32_t c) { return c == 0x00ad || between(c, 0x200b, 0x200f) || between(c, 0x202a, 0x202e) || c == 0x2060 || c == 0xfeff; }

std::string_view plain_punctuation(char32_t c)
{
    if (between(c, 0x2010, 0x2015) || c == 0x2212 || c == 0xfe58 || c == 0xfe63 || c == 0xff0d) return "-";
    if (between(c, 0x2018, 0x201b) || c == 0x2032 || c == 0x02bc || c == 0x00b4 || c == 0x2039 || c == 0x203a) return "'";
    if (between(c, 0x201c, 0x201f) || c == 0x2033 || c == 0x00ab || c == 0x00bb) return "\"";
    if (c == 0x2026) return "...";
    if (c == 0x2116) return "no";
    return {};
}

std::string_view latin_ligature(char32_t c)
{
    constexpr std::string_view opened[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
    return between(c, 0xfb00, 0xfb06) ? opened[c - 0xfb00] : std::string_view{};
}

void fold_code_point(std::string& out, char32_t c)
{
    if (between(c, 0xff01, 0xff5e)) c -= 0xfee0;   // full-width forms of ASCII
    if (c < 0x80) {
        out += static_cast<char>(between(c, 'A', 'Z') ? c + 32 : c);
    } else if (auto const letter = folded_letter(c); !letter.empty()) {
        out += letter;
    } else if (is_blank_code_point(c)) {
        out += ' ';
    } else if (auto const plain = plain_punctuation(c); !plain.empty()) {
        out += plain;
    } else if (auto const ligature = latin_ligature(c); !ligature.empty()) {
        out += ligature;
    } else if (c == invalid_code_point) {
        append_utf8(out, 0xfffd);
    } else if (!is_combining_mark(c) && !is_invisible(c)) {
        append_utf8(out, c);
    }
}

// Beyond ASCII everything is a letter but the blocks of punctuation, symbols and pictures.
bool is_word_code_point(char32_t c)
{
    if (c < 0x80) return between(c, '0', '9') || between(c, 'a', 'z');
    if (c < 0xc0 || c == 0xd7 || c == 0xf7 || c == 0x037e || c == 0x0387 || c == 0x0482) return false;
    if (between(c, 0x02b0, 0x036f)) return false;
    if (between(c, 0x2000, 0x2bff) || between(c, 0x2e00, 0x2e7f) || between(c, 0x3000, 0x303f)) return false;
    if (between(c, 0xe000, 0xf8ff) || between(c, 0xfe10, 0xfe6f) || between(c, 0xfff0, 0xffff)) return false;
    return c < 0x1f000 || between(c, 0x20000, 0x3ffff);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string fold(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        if (auto const c = text[at]; static_cast<unsigned char>(c) < 0x80) {   // most letters: nothing to decode
            out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
            ++at;
        } else {
            fold_code_point(out, next_code_point(text, at));
        }
    }
    return out;
}

std::string sort_key(std::string_view text)
{
    constexpr std::size_t width = 10;   // "salle 9" before "salle 10"
    auto const folded = squeeze(fold(text));
    std::string out;
    out.reserve(folded.size() + width);
    for (std::size_t at = 0; at < folded.size();) {
        if (!is_digit(folded[at])) {
            out += folded[at++];
            continue;
        }
        auto const end = std::find_if_not(folded.begin() + static_cast<std::ptrdiff_t>(at), folded.end(), is_digit);
        auto const stop = static_cast<std::size_t>(end - folded.begin());
        while (at + 1 < stop && folded[at] == '0') ++at;
        if (stop - at < width) out.append(width - (stop - at), '0');
        out.append(folded, at, stop - at);
        at = stop;
    }
    return out;
}

std::vector<std::string> words(std::string_view text)
{
    auto const folded = fold(text);
    std::vector<std::string> out;
    std::size_t start = 0;
    for (std::size_t at = 0; at < folded.size();) {
        auto const here = at;
        auto const byte = static_cast<unsigned char>(folded[at]);
        auto const c = byte < 0x80 ? (++at, char32_t{byte}) : next_code_point(folded, at);
        if (is_word_code_point(c)) continue;
        if (here > start) out.emplace_back(folded, start, here - start);
        start = at;
    }
    if (folded.size() > start) out.emplace_back(folded, start);
    return out;
}

double similarity(std::string_view folded_a, std::string_view folded_b)
{
    // Pairs stay inside a word: "a b" and "ab" have none in common.
    auto const pairs = [](std::string_view text) {
        std::vector<std::uint64_t> found;
        char32_t before = 0;
        for (std::size_t at = 0; at < text.size();) {
            auto const c = next_code_point(text, at);
            auto const letter = is_word_code_point(c);
            if (letter && before != 0) found.push_back((std::uint64_t{before} << 32) | c);
            before = letter ? c : 0;
        }
        std::sort(found.begin(), found.end());
        return found;
    };
    auto const a = pairs(folded_a);
    auto const b = pairs(folded_b);
    if (a.empty() || b.empty()) return folded_a == folded_b ? 1.0 : 0.0;
    std::vector<std::uint64_t> common;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(common));
    return 2.0 * static_cast<double>(common.size()) / static_cast<double>(a.size() + b.size());
}

}  // namespace greffier
