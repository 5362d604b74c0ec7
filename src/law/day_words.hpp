#pragma once
// A day as deadlines name it: with its day of the week, since a last day is looked at for being a working one.

#include <string>

#include "core/locale.hpp"

namespace greffier::law {

inline std::string weekday_of(Date day, Locale const& locale)
{
    return locale.text("period.weekday." + std::to_string(std::chrono::weekday{std::chrono::sys_days{day}}.iso_encoding()));
}
/// "mardi 7 avril 2026"
inline std::string weekday_and_date(Date day, Locale const& locale) { return weekday_of(day, locale) + " " + locale.date(day); }

}  // namespace greffier::law
