#pragma once
// Static files of the built front end, embedded in the program. esbuild puts a content hash in their names,
// so they are cached for ever; manifest.json maps "app.css" to "app.3f2a91.css".

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "core/embedded.hpp"
#include "web/message.hpp"

namespace greffier::web {

/// Address of an asset by its plain name: "/static/app.3f2a91.css". Unknown names throw std::logic_error (a programmer's
/// error), unless the program was built without a front end: then "/static/app.css", which answers 404.
std::string asset(std::string_view plain_name);
/// Answers GET /static/{file}: precompressed (.gz beside it) when accepted, ETag, immutable; NotFound otherwise.
Result<Response> serve_static(Request const& request, std::string_view file);

/// The same over any set of files. Immutable; thread-safe.
class StaticFiles {
public:
    explicit StaticFiles(std::span<EmbeddedFile const> files);
    [[nodiscard]] std::string address(std::string_view plain_name) const;
    [[nodiscard]] Result<Response> serve(Request const& request, std::string_view file) const;

private:
    struct File { std::string_view content; std::string etag; };
    std::map<std::string, File, std::less<>> files_;
    std::map<std::string, std::string, std::less<>> hashed_;   ///< manifest.json
    std::set<std::string, std::less<>> immutable_;
};

/// By the name's ending; "application/octet-stream" otherwise.
std::string_view content_type_of(std::string_view file_name);

}  // namespace greffier::web
