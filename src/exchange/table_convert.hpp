#pragma once
// One cell, or one value of it, as the value of a field: dates, figures, durations, words of choices. What cannot be
// understood gives no value and says why: a doubtful figure would be worse than none. Thread-safe, pure.

#include <string>
#include <string_view>

#include "documents/table_reader.hpp"
#include "exchange/table_mapping.hpp"
#include "schema/value.hpp"

namespace greffier::exchange {

enum class DateOrder { Unknown, DayFirst, MonthFirst };

/// What a date written with figures says of the order of its parts.
enum class DateHint { None, DayFirst, MonthFirst, Either };
DateHint date_hint(std::string_view text);

/// ISO, 26/05/2018, 26.05.18, "26 mai 2018", with or without a time behind. `completed`: the century was not written.
struct ReadDate {
    Date date;
    bool completed = false;
};
std::optional<ReadDate> date_from_text(std::string_view text, DateOrder order);
/// A day counted as spreadsheets do, from 30 December 1899 or 1 January 1904; nothing outside the years 1930 to 2100.
std::optional<Date> date_from_serial(std::string_view number, bool from_1904 = false);
/// "1 234,50", "1.234,5", "1,234.5" -> "1234.5"; nothing when it is no figure.
std::optional<std::string> plain_number(std::string_view text);
/// Digits of an identifier that a spreadsheet wrote as 5,52100554E+08; `lost`: some digits are gone for good.
struct Unscientific {
    std::string digits;
    bool lost = false;
};
std::optional<Unscientific> unscientific(std::string_view text);
/// "5 ans", "18 months", "P5Y", or a bare number of `unit`.
std::optional<std::string> duration_from_text(std::string_view text, std::string_view unit);

class WordIndex;

struct Manner {
    DateOrder order = DateOrder::DayFirst;
    std::string unit{};
    WordChoices const* choices = nullptr;
    WordIndex* words = nullptr;   ///< of the field's list, when many words are to come
    bool from_1904 = false;       ///< how the book counts its days
};

struct Converted {
    schema::Value value{};
    std::string problem{};      ///< "" or the code of a note: value_not_taken, choice_not_taken, digits_lost, year_completed, choice_unknown
    std::string words{};        ///< what the value does not say and deserves a place of its own
    bool taken = true;          ///< false: nothing could be made of the words
};
Converted convert(schema::FieldInfo const& field, documents::TableCell const& cell, Manner const& manner);

/// The words of a cell as a person would type them: a number never in scientific writing.
std::string words_of_cell(documents::TableCell const& cell);

/// The values of a cell. `separator`: see TableColumn; bullets and empty values are taken off.
std::vector<std::string> values_of(std::string_view text, std::string_view separator);

} // namespace greffier::exchange
