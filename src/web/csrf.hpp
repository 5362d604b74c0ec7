#pragma once
// Cross-site request forgery: every form carries a token bound to the session, HMAC(session secret, "csrf"),
// under a fresh mask at each page so that compressed pages leak nothing of it. Requests that a browser says
// come from another site are refused before the token is looked at.

#include <string>
#include <string_view>

#include "core/crypto.hpp"
#include "web/message.hpp"

namespace greffier::web {

inline constexpr std::string_view csrf_field_name = "csrf";
inline constexpr std::string_view csrf_header = "x-csrf-token";   ///< as found in Request::headers

/// The token to write in a page; another text at each call. Visitors without a session use the secret of a cookie of their own.
std::string csrf_token(ByteView session_secret);
/// Constant time.
bool csrf_matches(ByteView session_secret, std::string_view token);
/// False when Origin or Sec-Fetch-Site say the request was made by another site. Absent headers say nothing.
bool is_same_origin(Request const& request);
/// Both checks, for every method but GET, HEAD and OPTIONS: Error "csrf" (403) otherwise.
Status check_csrf(Request const& request, ByteView session_secret);

}  // namespace greffier::web
