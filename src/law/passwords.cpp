#include "law/passwords.hpp"

#include <cmath>
#include <string>

#include "law/parameters.hpp"

namespace greffier::law {

namespace {

double bits_of_a_character(PasswordPolicy const& policy, Date day)
{
    constexpr int letters = 26, digits = 10;
    int const alphabet = (policy.lower ? letters : 0) + (policy.upper ? letters : 0) + (policy.digit ? digits : 0) + (policy.special ? parameter("password.specials", day).number() : 0);
    return alphabet > 0 ? std::log2(alphabet) : 0;
}

}  // namespace

int password_bits(PasswordPolicy const& policy, Date day)
{
    if (policy.words > 0) return static_cast<int>(std::lround(policy.words * std::log2(parameter("password.word_list", day).number())));
    return policy.length > 0 ? static_cast<int>(std::lround(policy.length * bits_of_a_character(policy, day))) : 0;
}

int password_threshold(std::string_view password_case, Date day) { return parameter("password." + std::string{password_case}, day).number(); }

int shortest_password(PasswordPolicy const& policy, int bits, Date day)
{
    auto const each = bits_of_a_character(policy, day);
    return each > 0 ? static_cast<int>(std::ceil((bits - 0.5) / each)) : 0;
}

}  // namespace greffier::law
