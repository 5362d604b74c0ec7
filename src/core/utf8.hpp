#pragma once
// Reading and writing UTF-8 one code point at a time; strict (no surrogates, no overlong forms).

#include <cstdint>
#include <string>
#include <string_view>

namespace greffier {

inline constexpr char32_t invalid_code_point = 0xffffffff;

/// The code point at `at`, which moves past it; an invalid byte gives invalid_code_point and moves by one.
char32_t next_code_point(std::string_view text, std::size_t& at);
void append_utf8(std::string& out, char32_t code_point);

/// What a letter of Latin, Greek or Cyrillic folds to; empty when it stays as it is.
std::string_view folded_letter(char32_t code_point);
/// Ordinary, no-break, thin and other blanks; line ends and tabs too.
bool is_blank_code_point(char32_t code_point);

}  // namespace greffier
