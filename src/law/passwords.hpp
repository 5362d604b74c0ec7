#pragma once
// Whether a password policy reaches what the authority recommends (deliberation 2022-100): its strength in bits is that
// of a password drawn at random, E = L × log2(N). Thresholds: law/parameters.csv, password.*. Thread-safe.

#include <string_view>

#include "core/time.hpp"

namespace greffier::law {

struct PasswordPolicy {
    int length = 0;                 ///< characters
    bool lower = false, upper = false, digit = false, special = false;
    int words = 0;                  ///< of a passphrase: then the characters say nothing
};

/// Whole bits, rounded as the authority does (twelve of all characters are its 80), of a secret drawn at random; 0 when
/// nothing is demanded.
int password_bits(PasswordPolicy const& policy, Date day);
/// What is recommended in a case: alone, restricted (with a limit on attempts) or device (unlocks something one holds).
/// An unknown case throws.
int password_threshold(std::string_view password_case, Date day);
/// The shortest length with these characters that reaches the threshold; 0 when no character is allowed.
int shortest_password(PasswordPolicy const& policy, int bits, Date day);

}  // namespace greffier::law
