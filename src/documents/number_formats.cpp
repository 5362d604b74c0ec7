#include "documents/number_formats.hpp"

#include <charconv>
#include <cmath>
#include <cstdio>

#include "core/text.hpp"
#include "core/time.hpp"

namespace greffier::documents {
namespace {

using namespace std::string_view_literals;

/// The first section without what is only shown: quoted words, escaped letters, colours and conditions.
/// [h] and its kin, which count time, stay as "[".
std::string bare_code(std::string_view code)
{
    std::string out;
    for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
        char const c = code[i];
        if (c == '"') {
            i = code.find('"', i + 1);
            if (i == std::string_view::npos) break;
        } else if (c == '\\' || c == '_' || c == '*') {
            ++i;
        } else if (c == '[') {
            auto const end = code.find(']', i);
            if (end == std::string_view::npos) break;
            auto const inside = to_lower_ascii(code.substr(i + 1, end - i - 1));
            if (!inside.empty() && inside.find_first_not_of(inside[0]) == std::string::npos && "hms"sv.find(inside[0]) != "hms"sv.npos)
                out += '[';
            i = end;
        } else {
            out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        }
    }
    return out;
}

bool only_digits_and_words(std::string_view bare)
{
    auto const digits = bare.find_first_of("0#");
    return digits != std::string_view::npos && bare.find_first_not_of("0# ()-") == std::string_view::npos;
}

std::string expanded(std::string_view digits, int point)
{
    std::string out;
    if (point <= 0) {
        out = "0." + std::string(static_cast<std::size_t>(-point), '0') + std::string(digits);
    } else if (static_cast<std::size_t>(point) >= digits.size()) {
        out = std::string(digits) + std::string(static_cast<std::size_t>(point) - digits.size(), '0');
    } else {
        out = std::string(digits.substr(0, static_cast<std::size_t>(point))) + "." + std::string(digits.substr(static_cast<std::size_t>(point)));
    }
    if (out.find('.') != std::string::npos) {
        out.erase(out.find_last_not_of('0') + 1);
        if (out.back() == '.') out.pop_back();
    }
    auto const first = out.find_first_not_of('0');
    if (first == std::string::npos) return "0";
    return out[first] == '.' ? out.substr(first - 1) : out.substr(first);
}

struct Scientific {
    std::string digits;
    int point = 0; ///< digits before the decimal point
    bool negative = false;
};

std::optional<Scientific> parts_of(std::string_view text)
{
    Scientific parts;
    bool fraction = false, any = false;
    std::size_t i = 0;
    if (i < text.size() && (text[i] == '-' || text[i] == '+')) parts.negative = text[i++] == '-';
    for (; i < text.size(); ++i) {
        char const c = text[i];
        if (c == '.' && !fraction) {
            fraction = true;
        } else if (c >= '0' && c <= '9') {
            any = true;
            parts.digits += c;
            if (!fraction) ++parts.point;
        } else {
            break;
        }
    }
    if (!any) return std::nullopt;
    if (i == text.size()) return parts;
    if (text[i] != 'e' && text[i] != 'E') return std::nullopt;
    if (++i < text.size() && text[i] == '+') ++i;
    int exponent = 0;
    auto const [stop, error] = std::from_chars(text.data() + i, text.data() + text.size(), exponent);
    if (error != std::errc() || stop != text.data() + text.size() || exponent > 400 || exponent < -400) return std::nullopt;
    parts.point += exponent;
    return parts;
}

} // namespace

NumberMeaning meaning_of(std::string_view format_code)
{
    auto const bare = bare_code(format_code);
    auto const has = [&](char c) { return bare.find(c) != std::string::npos; };
    if (bare.find("general") != std::string::npos || bare == "@") return NumberMeaning::Number;
    bool const day = has('d') || has('y'), clock = has('h') || has('s');
    if (has('[')) return NumberMeaning::Duration;
    if (day && clock) return NumberMeaning::DateTime;
    if (day || (has('m') && !clock)) return NumberMeaning::Date;
    if (clock) return NumberMeaning::Time;
    if (has('%')) return NumberMeaning::Percent;
    return only_digits_and_words(bare) ? NumberMeaning::Padded : NumberMeaning::Number;
}

std::string_view built_in_format(int id)
{
    switch (id) {
    case 1: return "0";
    case 9: return "0%";
    case 10: return "0.00%";
    case 14: case 15: case 17: case 27: case 28: case 29: case 30: case 31: case 36: case 50: case 51: case 52: case 53:
    case 54: case 57: case 58: return "dd/mm/yyyy";
    case 16: return "d-mmm";
    case 18: case 20: case 32: case 34: return "h:mm";
    case 19: case 21: case 33: case 35: return "h:mm:ss";
    case 22: return "dd/mm/yyyy h:mm";
    case 45: case 47: return "mm:ss";
    case 46: return "[h]:mm:ss";
    case 55: case 56: return "dd/mm/yyyy";
    default: return "";
    }
}

std::optional<std::string> plain_decimal(std::string_view text)
{
    text = trim(text);
    auto parts = parts_of(text);
    if (!parts) return std::nullopt;
    auto digits = parts->digits;
    auto const first = digits.find_first_not_of('0');
    if (first == std::string::npos) return "0";
    digits.erase(digits.find_last_not_of('0') + 1);
    auto const significant = digits.size() - first;
    bool const whole = parts->point >= static_cast<int>(digits.size());
    if (significant > 15 && !whole) {
        // 0.28999999999999998 is how a file spells 0.29.
        char rounded[64];
        double value = 0;
        std::string const plain = parts->digits + "e" + std::to_string(parts->point - static_cast<int>(parts->digits.size()));
        auto const [stop, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
        if (error != std::errc()) return std::nullopt;
        std::snprintf(rounded, sizeof rounded, "%.14e", value);
        for (char& c : rounded)
            if (c == ',') c = '.';
        auto again = parts_of(rounded);
        if (!again) return std::nullopt;
        return (parts->negative ? "-" : "") + expanded(again->digits, again->point);
    }
    return (parts->negative ? "-" : "") + expanded(digits, parts->point);
}

std::optional<std::string> padded(std::string_view whole_number, std::string_view format_code)
{
    if (whole_number.empty() || whole_number.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    struct Piece {
        char placeholder; ///< 0 for a word
        std::string word;
    };
    std::vector<Piece> pieces;
    std::size_t places = 0;
    for (std::size_t i = 0; i < format_code.size() && format_code[i] != ';'; ++i) {
        char const c = format_code[i];
        if (c == '"') {
            auto const end = format_code.find('"', i + 1);
            if (end == std::string_view::npos) return std::nullopt;
            pieces.push_back({0, std::string(format_code.substr(i + 1, end - i - 1))});
            i = end;
        } else if (c == '\\' && i + 1 < format_code.size()) {
            pieces.push_back({0, std::string(1, format_code[++i])});
        } else if (c == '[') {
            auto const end = format_code.find(']', i);
            if (end == std::string_view::npos) return std::nullopt;
            i = end;
        } else if (c == '_' || c == '*') {
            ++i;
        } else if (c == '0' || c == '#') {
            pieces.push_back({c, {}});
            ++places;
        } else {
            pieces.push_back({0, std::string(1, c)});
        }
    }
    if (places == 0) return std::nullopt;
    std::string out;
    std::size_t place = 0;
    for (auto const& piece : pieces) {
        if (piece.placeholder == 0) {
            out += piece.word;
            continue;
        }
        std::size_t const left = places - place++; // this place and those after it
        if (place == 1 && whole_number.size() > places) out += whole_number.substr(0, whole_number.size() - places);
        if (left <= whole_number.size()) out += whole_number[whole_number.size() - left];
        else if (piece.placeholder == '0') out += '0';
    }
    return std::string(trim(out));
}

std::optional<std::string> date_of_serial(double serial, bool from_1904, bool with_time)
{
    using namespace std::chrono;
    if (!(serial >= 0) || serial > 3'000'000) return std::nullopt;
    auto day = static_cast<int>(std::floor(serial));
    auto second = static_cast<int>(std::lround((serial - day) * 86400));
    if (second == 86400) second = 0, ++day;
    // Lotus took 1900 for a leap year, and spreadsheets kept its day 60 that never was.
    if (!from_1904 && (day == 60 || day == 0)) return std::nullopt;
    auto const origin = from_1904 ? sys_days{1904y / 1 / 1} : day < 60 ? sys_days{1899y / 12 / 31} : sys_days{1899y / 12 / 30};
    Date const date{origin + days{day}};
    if (date.year() > 9999y) return std::nullopt;
    auto text = to_text(date);
    if (!with_time && second == 0) return text;
    char clock[16];
    std::snprintf(clock, sizeof clock, "T%02d:%02d:%02d", second / 3600 % 24, second / 60 % 60, second % 60);
    return text + clock;
}

std::string time_of_serial(double serial, bool is_duration)
{
    if (!(std::abs(serial) < 1e6)) return {};
    auto seconds = std::llround(std::abs(serial) * 86400);
    if (!is_duration) seconds %= 86400;
    char text[40];
    std::snprintf(text, sizeof text, seconds % 60 ? "%s%02lld:%02lld:%02lld" : "%s%02lld:%02lld", serial < 0 ? "-" : "", seconds / 3600,
                  seconds / 60 % 60, seconds % 60);
    return text;
}

} // namespace greffier::documents
