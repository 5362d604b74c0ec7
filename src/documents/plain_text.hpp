#pragma once
// The text that may enter a document: valid UTF-8 without control characters.

#include <string>
#include <string_view>

namespace greffier::documents {

/// Invalid bytes become U+FFFD; control characters go, but tab and line feed; CR and CRLF become LF.
std::string clean_text(std::string_view text);

} // namespace greffier::documents
