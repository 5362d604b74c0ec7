#pragma once
// Static files of the built front end, embedded in the program. esbuild puts a content hash in their names,
// so they are cached for ever; manifest.json maps "app.css" to "app.3f2a91.css".

#include <optional>
#include <string>
#include <string_view>

#include "web/message.hpp"

namespace greffier::web {

/// Address of an asset by its plain name: "/static/app.3f2a91.css". Unknown names throw (a programmer's error).
std::string asset(std::string_view plain_name);
/// Answers GET /static/{file}: precompressed (.gz beside it) when accepted, ETag, immutable; NotFound otherwise.
Result<Response> serve_static(Request const& request, std::string_view file);

}  // namespace greffier::web
