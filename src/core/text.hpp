#pragma once
// Text: UTF-8 everywhere. Folding and splitting into words happen here, once, for both database
// engines, so that search and sorting give the same results on both.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace greffier {

bool is_utf8(std::string_view text);
/// Number of code points; invalid bytes count one each.
std::size_t length_utf8(std::string_view text);
/// At most `count` code points, with an ellipsis when something was cut.
std::string shorten(std::string_view text, std::size_t count);

/// Lower case, without accents, ligatures opened (œ -> oe), typographic quotes and dashes made plain.
/// "L’Œuvre — Été" -> "l'oeuvre - ete". Latin, Greek and Cyrillic; other letters are kept as they are.
std::string fold(std::string_view text);
/// Byte order of this key is the order people expect in a list: folded, blanks collapsed, digits padded.
std::string sort_key(std::string_view text);
/// The folded words of a text: letters and digits, split at everything else ("l'accès" -> l, acces).
std::vector<std::string> words(std::string_view text);

std::string_view trim(std::string_view text);
/// Trimmed, inner blanks (no-break ones too) collapsed to one space.
std::string squeeze(std::string_view text);
/// n separators give n+1 parts, empty ones included.
std::vector<std::string> split(std::string_view text, char separator);
std::string join(std::vector<std::string> const& parts, std::string_view separator);
bool is_blank(std::string_view text);
std::string to_lower_ascii(std::string_view text);

/// Slug of an organisation: [a-z0-9-]{2,40}.
bool is_slug(std::string_view text);
std::string make_slug(std::string_view name);

/// Forms people mistype, checked modestly: a mail host has a dot, a web address no user part, a number 4 to 15 digits.
bool is_email(std::string_view text);
bool is_http_url(std::string_view text);
bool is_phone(std::string_view text);

/// Similarity of two folded texts between 0 and 1 (Sørensen–Dice over letter pairs).
double similarity(std::string_view folded_a, std::string_view folded_b);

}  // namespace greffier
