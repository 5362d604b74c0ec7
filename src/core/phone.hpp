#pragma once
// A telephone number as people read it, and as a telephone dials it. Pure functions, safe from any thread.

#include <string>
#include <string_view>

namespace greffier {

/// French numbers in pairs with no-break spaces: "+33536489191" -> "+33 5 36 48 91 91", "0536489191" -> "05 36 48 91 91".
/// Any other comes back as it was written: each country has its own way.
std::string phone_words(std::string_view phone);

/// The same within a sentence, for numbers written "+33536489191": "Claire Delmas, +33536489191" as words of a contact.
std::string with_phones_in_pairs(std::string_view words);

/// "tel:+33536489191", without what people write between digits; empty when nothing of it can be dialled.
std::string phone_address(std::string_view phone);

}  // namespace greffier
