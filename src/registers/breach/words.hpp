#pragma once
// The few ways of saying hours and figures that the pages of a breach share.

#include <string>

#include "core/locale.hpp"
#include "core/time.hpp"
#include "registers/breach/breach.hpp"
#include "schema/show.hpp"

namespace greffier::breach {

/// "58 h 12 min", "45 min"; the length, whatever its sign.
std::string span_words(std::chrono::milliseconds length, Locale const& locale);
/// "mardi 17 mars 2026 à 22 h 35"
std::string weekday_instant(Timestamp instant, Locale const& locale);
/// Quarters of a point: 9 -> "2,25".
std::string points(int quarters, Locale const& locale);

/// A body of the list, the organisation's own terms too.
std::string body_words(schema::SchemaInfo const& info, std::string_view code, Locale const& locale);

template <class E>
std::string choice_words(E value, Locale const& locale)
{
    auto const& list = choices_of(value);
    return schema::code_label(list.list, list.code(value), locale);
}

}  // namespace greffier::breach
