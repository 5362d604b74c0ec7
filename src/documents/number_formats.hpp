#pragma once
// What a spreadsheet's number means under the format it is shown with. Pure functions.

#include <optional>
#include <string>
#include <string_view>

namespace greffier::documents {

enum class NumberMeaning { Number, Percent, Padded, Date, DateTime, Time, Duration };

/// Of a format code such as "dd/mm/yyyy", "0%", "[h]:mm", "000\ 000\ 000" (its first section).
NumberMeaning meaning_of(std::string_view format_code);
/// The codes numbered below 164, which files do not repeat; empty for the others.
std::string_view built_in_format(int id);

/// A number as a plain decimal without exponent: the 15 digits a spreadsheet keeps, every digit of a whole number.
/// Nothing for what is no number.
std::optional<std::string> plain_decimal(std::string_view text);
/// The digits of a whole number put into a format made of 0, # and words between them; nothing where it does not apply.
std::optional<std::string> padded(std::string_view whole_number, std::string_view format_code);

/// A day counted from 1900 (or 1904) with the time of day as its fraction: YYYY-MM-DD, with THH:MM:SS when `with_time`
/// or when there is one. Nothing before year 1 of the system, for 29 February 1900, or after 9999.
std::optional<std::string> date_of_serial(double serial, bool from_1904, bool with_time);
/// HH:MM or HH:MM:SS; hours go beyond 24 for a duration.
std::string time_of_serial(double serial, bool is_duration);

} // namespace greffier::documents
