#pragma once
// The date that every entry of a zip written here bears.

#include <ctime>

namespace greffier::documents {

/// Noon of 1 January 1980, local: libzip writes local time, so that the bytes are the same in every time zone.
inline std::time_t fixed_entry_time()
{
    std::tm day{};
    day.tm_year = 80;
    day.tm_mday = 1;
    day.tm_hour = 12;
    day.tm_isdst = -1;
    return std::mktime(&day);
}

}  // namespace greffier::documents
