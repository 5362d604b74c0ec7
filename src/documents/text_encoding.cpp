#include "documents/text_encoding.hpp"

#include <algorithm>
#include <array>

#include "core/text.hpp"
#include "core/utf8.hpp"

namespace greffier::documents {
namespace {

// The 32 places where Windows-1252 departs from Latin-1 (0: stands for nothing).
constexpr std::array<char16_t, 32> windows_1252{
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178};

char32_t iso_8859_15(unsigned char byte)
{
    switch (byte) {
    case 0xA4: return 0x20AC;
    case 0xA6: return 0x0160;
    case 0xA8: return 0x0161;
    case 0xB4: return 0x017D;
    case 0xB8: return 0x017E;
    case 0xBC: return 0x0152;
    case 0xBD: return 0x0153;
    case 0xBE: return 0x0178;
    default: return byte;
    }
}

char32_t of_windows_1252(unsigned char byte)
{
    if (byte < 0x80 || byte > 0x9F) return byte;
    auto const code = windows_1252[byte - 0x80];
    return code ? code : 0xFFFD;
}

bool is_letter(unsigned char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte >= 0xC0;
}

/// UTF-16 without a mark: every second byte of a Latin text is zero.
std::optional<TextEncoding> by_zeros(std::string_view sample)
{
    std::size_t even = 0, odd = 0;
    for (std::size_t i = 0; i < sample.size(); ++i)
        if (sample[i] == '\0') ++(i % 2 ? odd : even);
    auto const quarter = sample.size() / 4;
    if (odd > quarter && even <= odd / 8) return TextEncoding::Utf16Le;
    if (even > quarter && odd <= even / 8) return TextEncoding::Utf16Be;
    return std::nullopt;
}

/// Lines that are valid UTF-8 beyond ASCII, and lines that are not valid.
std::pair<std::size_t, std::size_t> count_lines(std::string_view sample)
{
    std::size_t valid = 0, invalid = 0;
    while (!sample.empty()) {
        auto const end = sample.find_first_of("\r\n");
        auto const line = sample.substr(0, end);
        // The last line may be cut within a character: it says nothing unless it is all there is.
        bool const is_cut = end == std::string_view::npos && valid + invalid > 0;
        if (!is_ascii(line) && !is_cut) ++(is_utf8(line) ? valid : invalid);
        sample.remove_prefix(end == std::string_view::npos ? sample.size() : end + 1);
    }
    return {valid, invalid};
}

} // namespace

bool is_ascii(std::string_view bytes)
{
    return std::none_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
}

EncodingGuess guess_encoding(std::string_view sample)
{
    if (sample.starts_with("\xEF\xBB\xBF")) return {TextEncoding::Utf8, true, true};
    if (sample.starts_with("\xFF\xFE")) return {TextEncoding::Utf16Le, true, true};
    if (sample.starts_with("\xFE\xFF")) return {TextEncoding::Utf16Be, true, true};
    if (auto const found = by_zeros(sample)) return {*found, false, true};
    auto const [valid, invalid] = count_lines(sample);
    if (valid == 0 && invalid == 0) return {TextEncoding::Utf8, false, false};
    if (valid >= invalid) return {TextEncoding::Utf8, false, true};
    return {guess_single_byte(sample), false, true};
}

TextEncoding guess_single_byte(std::string_view bytes)
{
    int for_iso = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        auto const byte = static_cast<unsigned char>(bytes[i]);
        if (byte >= 0x80 && byte <= 0x9F) return TextEncoding::Windows1252;
        if (iso_8859_15(byte) == byte) continue;
        // As letters or as the euro they make sense in ISO-8859-15; as fractions, accents alone or "¤" they seldom do.
        bool const after_letter = i > 0 && is_letter(static_cast<unsigned char>(bytes[i - 1]));
        bool const before_letter = i + 1 < bytes.size() && is_letter(static_cast<unsigned char>(bytes[i + 1]));
        for_iso += byte == 0xA4 || after_letter || before_letter ? 1 : -1;
    }
    return for_iso > 0 ? TextEncoding::Iso8859_15 : TextEncoding::Windows1252;
}

std::string to_utf8(std::string_view bytes, TextEncoding encoding)
{
    if (encoding != TextEncoding::Windows1252 && encoding != TextEncoding::Iso8859_15) return std::string(bytes);
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 8);
    for (char c : bytes) {
        auto const byte = static_cast<unsigned char>(c);
        append_utf8(out, encoding == TextEncoding::Windows1252 ? of_windows_1252(byte) : iso_8859_15(byte));
    }
    return out;
}

} // namespace greffier::documents
