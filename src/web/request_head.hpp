#pragma once
// The head of a request, between the raw bytes and the Request: where each refusal of HTTP itself is decided.
// No socket and no HTTP library here, so that all of it is tested and fuzzed as plain functions.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/message.hpp"

namespace greffier::web {

struct HeadLimits {
    std::size_t max_target = 9000;
    std::size_t max_header = 32 * 1024;
    std::size_t max_fields = 5000;
};

/// Finds the end of a head that arrives piece by piece, looking at each byte once.
class HeadScanner {
public:
    explicit HeadScanner(HeadLimits limits) : limits_(limits) {}
    struct Found { std::size_t size = 0; int status = 0; };   ///< both 0: more is needed
    /// `input` is all that has arrived since the head began. 400 for a bare line feed or NUL, 414, 431.
    Found scan(std::string_view input);

private:
    HeadLimits limits_;
    std::size_t at_ = 0, line_begin_ = 0;
    std::size_t request_line_ = 0;   ///< its length with CRLF, once known
};

/// What the HTTP parser read, before anything is believed.
struct RawHead {
    std::string method, target;
    int minor_version = 1;           ///< HTTP/1.x
    std::vector<std::pair<std::string, std::string>> fields;
};

/// How the body comes and what happens to the connection afterwards.
struct Framing {
    std::optional<std::uint64_t> length;
    bool chunked = false;
    bool expects_continue = false;
    bool keep_alive = true;
};

/// Fills `request` and `framing`; 0 when all is well, else the status to refuse with (400, 414, 417, 421, 501).
/// `secure` and `remote_address` are the server's to fill.
int read_head(RawHead const& head, HeadLimits const& limits, std::vector<std::string> const& allowed_hosts, Request& request,
              Framing& framing);

/// What can be told of a head that was refused for its size: the address (cut at its "?"), the languages and kinds asked
/// for, the cookies. For the words of the refusal alone; false when not even the address stands there.
bool glimpse(std::string_view input, Request& request);

}  // namespace greffier::web
