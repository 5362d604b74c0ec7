#pragma once
// gzip of textual answers, for those who ask for it. A page that another site made the browser open is never packed:
// its length would tell that site what words of its own stand beside ours.

#include <string>
#include <string_view>

#include "web/message.hpp"

namespace greffier::web {

/// RFC 9110 §12.5.3: named or by "*", with a weight above 0 and not below that of "identity".
bool accepts_gzip(std::string_view accept_encoding);
std::string gzip(std::string_view text);

/// Packs the body when it is text of 1 KB or more and the request takes it. An answer with an ETag of its own is left as
/// it is: the packed bytes would need another tag, and scripts hold the tag of a record for its version.
void pack(Request const& request, Response& response);
/// A proxy that packs answers weakens their tags (W/"3") or marks them ("3-gzip"), and hands that back in If-Match and
/// If-None-Match: takes both off, for handlers compare versions.
void take_marks_off(Request& request);

}  // namespace greffier::web
