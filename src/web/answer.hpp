#pragma once
// From a Response to the bytes of its head and the plan of its body. No socket here.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "web/message.hpp"

namespace greffier::web {

/// One finished request, for the access log and the metrics. It holds no query string, token, name or address of a person.
struct AccessLine {
    std::string_view method, route;   ///< the route's pattern, "-" when none matched
    int status = 0;
    std::chrono::microseconds took{};
    std::uint64_t bytes = 0;          ///< of the answer
    std::string_view id;              ///< of the request
};
/// One "request" event in the operator's log.
void log_access(AccessLine const& line);

struct Range {
    std::uint64_t first = 0, length = 0;
};
/// A single "bytes=" range over `size` bytes. Nothing when there is none worth honouring (absent, several, ill-formed);
/// length 0 when it cannot be satisfied (416).
std::optional<Range> parse_range(std::string_view header, std::uint64_t size);

struct AnswerPlan {
    enum class Body { None, Text, File, Chunks, UntilClose };
    std::string head;       ///< status line to empty line
    Body body = Body::None;
    Range part;             ///< of Text or File
    int status = 0;
    bool keep_alive = false;
};

struct AnswerContext {
    int minor_version = 1;
    bool keep_alive = true;
    bool secure = false;
    std::optional<std::uint64_t> file_size;   ///< of response.file
    std::chrono::system_clock::time_point now;
};

/// Adds Date, X-Request-Id, security headers, Content-Length or chunking; cuts to the range asked for.
AnswerPlan plan_answer(Request const& request, Response& response, AnswerContext const& context);
/// What the server says itself, before or instead of a handler.
Response plain_refusal(int status);

}  // namespace greffier::web
