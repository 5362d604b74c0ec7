#pragma once
// RFC 9457 application/problem+json: {type, title, status, detail, code, errors[]{field, code, message}}.

#include <optional>

#include "core/locale.hpp"
#include "core/result.hpp"
#include "web/message.hpp"

namespace greffier::web {

/// 422, 404, 403, 409, 413.
int status_of(ErrorKind kind);
/// The phrase of RFC 9110, such as "Not Found"; "Error" for one we never send.
std::string_view reason_of(int status);
/// `status` overrides the kind's: 400 unreadable, 401, 405, 412, 415, 428, 429. 401 gets WWW-Authenticate; 429 gets
/// Retry-After from the argument "retry_after" (seconds); the caller of 405 adds Allow.
Response problem(Error const& error, Locale const& locale, std::optional<int> status = {});

}  // namespace greffier::web
