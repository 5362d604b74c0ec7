#include "web/answer.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <ctime>

#include "core/log.hpp"
#include "core/text.hpp"
#include "web/problem.hpp"
#include "web/security_headers.hpp"

namespace greffier::web {

void log_access(AccessLine const& line)
{
    log(LogLevel::Info, "request",
        {{"method", line.method}, {"route", line.route}, {"status", std::int64_t{line.status}}, {"ms", std::int64_t{line.took.count() / 1000}},
         {"bytes", static_cast<std::int64_t>(line.bytes)}, {"id", line.id}});
}

namespace {

std::optional<std::uint64_t> parse_number(std::string_view text)
{
    std::uint64_t number = 0;
    auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

/// IMF-fixdate, whatever the process's locale is.
std::string http_date(std::chrono::system_clock::time_point instant)
{
    static constexpr char const* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr char const* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    auto seconds = std::chrono::system_clock::to_time_t(instant);
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    char text[64];
    std::snprintf(text, sizeof text, "%s, %02d %s %04d %02d:%02d:%02d GMT", days[utc.tm_wday], utc.tm_mday, months[utc.tm_mon],
                  utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
    return text;
}

bool has_no_body(int status) { return status == 204 || status == 304 || status < 200; }

/// The part of `size` bytes to send; turns the response into a 206 or 416 when a range was asked for.
Range choose_part(Request const& request, Response& response, std::uint64_t size)
{
    Range whole{0, size};
    bool get = request.method == Method::Get || request.method == Method::Head;
    if (!get || response.status != 200 || !response.file) return whole;
    response.header("Accept-Ranges", "bytes");
    auto unless_changed = request.header("if-range");
    if (!unless_changed.empty() && unless_changed != response.find_header("etag")) return whole;
    auto part = parse_range(request.header("range"), size);
    if (!part) return whole;
    if (part->length == 0) {
        response.status = 416;
        response.header("Content-Range", "bytes */" + std::to_string(size));
        return {0, 0};
    }
    response.status = 206;
    response.header("Content-Range", "bytes " + std::to_string(part->first) + "-" + std::to_string(part->first + part->length - 1) + "/" +
                                         std::to_string(size));
    return *part;
}

void plan_body(Request const& request, Response& response, AnswerContext const& context, AnswerPlan& plan)
{
    using Body = AnswerPlan::Body;
    if (has_no_body(response.status)) return;
    if (response.stream) {
        plan.body = context.minor_version >= 1 ? Body::Chunks : Body::UntilClose;
        if (plan.body == Body::Chunks) response.header("Transfer-Encoding", "chunked");
        else plan.keep_alive = false;
    } else {
        std::uint64_t size = response.file ? context.file_size.value_or(0) : response.body.size();
        plan.part = choose_part(request, response, size);
        response.header("Content-Length", std::to_string(plan.part.length));
        plan.body = response.file ? Body::File : Body::Text;
    }
    if (request.method == Method::Head) plan.body = Body::None;
}

}  // namespace

std::optional<Range> parse_range(std::string_view header, std::uint64_t size)
{
    if (!header.starts_with("bytes=")) return std::nullopt;
    auto text = trim(header.substr(6));
    auto dash = text.find('-');
    if (dash == text.npos || text.find(',') != text.npos) return std::nullopt;
    auto first = parse_number(text.substr(0, dash)), last = parse_number(text.substr(dash + 1));
    bool first_given = dash > 0, last_given = dash + 1 < text.size();
    if ((first_given && !first) || (last_given && !last) || (!first_given && !last_given)) return std::nullopt;
    if (!first_given) {
        auto length = std::min(*last, size);
        return Range{size - length, length};
    }
    if (last_given && *last < *first) return std::nullopt;
    if (*first >= size) return Range{0, 0};
    return Range{*first, (last_given ? std::min(*last, size - 1) : size - 1) - *first + 1};
}

AnswerPlan plan_answer(Request const& request, Response& response, AnswerContext const& context)
{
    AnswerPlan plan;
    plan.keep_alive = context.keep_alive;
    plan_body(request, response, context, plan);
    plan.status = response.status;
    add_security_headers(response, context.secure);
    response.header("Date", http_date(context.now));
    response.header("X-Request-Id", request.id);
    if (!plan.keep_alive) response.header("Connection", "close");
    else if (context.minor_version == 0) response.header("Connection", "keep-alive");
    plan.head = "HTTP/1.1 " + std::to_string(response.status) + " " + std::string(reason_of(response.status)) + "\r\n";
    for (auto const& [name, value] : response.headers) plan.head.append(name).append(": ").append(value).append("\r\n");
    plan.head += "\r\n";
    return plan;
}

Response plain_refusal(int status)
{
    auto answer = Response::text(std::to_string(status) + " " + std::string(reason_of(status)) + "\n", status);
    if (status == 503) answer.header("Retry-After", "5");
    return answer;
}

}  // namespace greffier::web
