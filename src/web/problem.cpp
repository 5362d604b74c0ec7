#include "web/problem.hpp"

#include <nlohmann/json.hpp>

namespace greffier::web {

int status_of(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Invalid: return 422;
    case ErrorKind::NotFound: return 404;
    case ErrorKind::Forbidden: return 403;
    case ErrorKind::Conflict: return 409;
    case ErrorKind::TooLarge: return 413;
    }
    return 500;
}

std::string_view reason_of(int status)
{
    switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 206: return "Partial Content";
    case 301: return "Moved Permanently";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 416: return "Range Not Satisfiable";
    case 417: return "Expectation Failed";
    case 421: return "Misdirected Request";
    case 422: return "Unprocessable Content";
    case 428: return "Precondition Required";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    case 507: return "Insufficient Storage";
    default: return "Error";
    }
}

Response problem(Error const& error, Locale const& locale, std::optional<int> status)
{
    int code = status.value_or(status_of(error.kind));
    auto errors = nlohmann::ordered_json::array();
    for (auto const& field : error.fields)
        errors.push_back({{"field", field.field}, {"code", field.code}, {"message", locale.text("error." + field.code, field.arguments)}});
    nlohmann::ordered_json body{
        {"type", "urn:greffier:error:" + error.code},
        {"title", locale.find("problem.title_" + std::to_string(code)).value_or(std::string(reason_of(code)))},
        {"status", code},
        {"detail", locale.text("error." + error.code, error.arguments)},
        {"code", error.code},
        {"errors", std::move(errors)},
    };
    // A value quoted from the user's input may not be UTF-8: it must not turn a 422 into a 500.
    auto answer = Response::json(body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace), code);
    answer.header("Content-Type", "application/problem+json");
    answer.header("Content-Language", std::string(locale.code()));
    if (code == 401) answer.header("WWW-Authenticate", "Bearer");
    if (auto wait = error.arguments.find("retry_after"); code == 429 && wait != error.arguments.end())
        answer.header("Retry-After", wait->second);
    return answer;
}

}  // namespace greffier::web
