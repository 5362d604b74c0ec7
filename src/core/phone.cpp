#include "core/phone.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace greffier {

namespace {

/// Digits, and the plus that begins an international number. "(0)", written for those who call from home, is left out.
std::string dialled(std::string_view phone)
{
    std::string kept;
    bool const international = trim(phone).starts_with('+');
    for (std::size_t at = 0; at < phone.size(); ++at) {
        if (international && phone.substr(at).starts_with("(0)")) at += 2;
        else if ((phone[at] >= '0' && phone[at] <= '9') || (phone[at] == '+' && kept.empty())) kept += phone[at];
    }
    return kept;
}

void add_pairs(std::string& words, std::string_view digits)
{
    for (std::size_t at = 0; at < digits.size(); at += 2) words.append("\u00a0").append(digits.substr(at, 2));
}

}  // namespace

std::string phone_words(std::string_view phone)
{
    if (!is_phone(phone)) return std::string{phone};   // "poste 12", or a sentence
    auto const number = dialled(phone);
    std::string words;
    if (number.starts_with("+33") && number.size() == 12) {
        words = "+33\u00a0" + number.substr(3, 1);
        add_pairs(words, std::string_view{number}.substr(4));
    } else if (number.starts_with('0') && !number.starts_with("00") && number.size() == 10) {
        words = number.substr(0, 2);
        add_pairs(words, std::string_view{number}.substr(2));
    } else {
        words = std::string{phone};
    }
    return words;
}

std::string with_phones_in_pairs(std::string_view words)
{
    constexpr std::size_t length = 12;   // "+33" and nine digits
    auto const is_digit = [](char c) { return c >= '0' && c <= '9'; };
    std::string read;
    std::size_t at = 0;
    for (auto found = words.find("+33"); found != std::string_view::npos; found = words.find("+33", at)) {
        auto const number = words.substr(found, length);
        bool const whole = number.size() == length && std::ranges::all_of(number.substr(1), is_digit) && (found + length == words.size() || !is_digit(words[found + length]));
        read.append(words.substr(at, found - at)).append(whole ? phone_words(number) : "+33");
        at = found + (whole ? length : 3);
    }
    return read.append(words.substr(at));
}

std::string phone_address(std::string_view phone)
{
    if (!is_phone(phone)) return {};
    auto const number = dialled(phone);
    return std::ranges::any_of(number, [](char c) { return c != '+'; }) ? "tel:" + number : std::string{};
}

}  // namespace greffier
