#pragma once
// The headers every answer carries. The server adds them to whatever a handler returns; a header the handler
// set itself is kept (a download's sandbox, no-referrer of a page reached by a token, caching of static files).

#include "web/message.hpp"

namespace greffier::web {

void add_security_headers(Response& response, bool secure);
/// For pages reached by a token: no-referrer, noindex, no-store.
void add_token_page_headers(Response& response);

}  // namespace greffier::web
