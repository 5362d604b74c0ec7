#pragma once
// Which of one's browsers a session is: the two words people know it by, of all that a browser says of itself.

#include <string>
#include <string_view>

namespace greffier::accounts {

/// "Firefox/Windows", "Safari/iOS"; "" when it says nothing known. A claim of the browser's: to be shown, never trusted.
std::string device_of(std::string_view user_agent);

}  // namespace greffier::accounts
