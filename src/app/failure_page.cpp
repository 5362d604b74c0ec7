#include "app/failure_page.hpp"

#include <algorithm>

#include "storage/database.hpp"
#include "web/frame.hpp"
#include "web/html.hpp"
#include "web/problem.hpp"

namespace greffier::app {

using web::Html;
using web::Request;
using web::Response;
using namespace web::literals;

namespace {

constexpr auto retry_after = "5";

/// A password is not written into a page, and a file has to be chosen again.
bool can_be_repeated(Request const& request)
{
    return request.files.empty() && std::ranges::none_of(request.form, [](auto const& field) { return field.first.find("password") != std::string::npos; });
}

void again(Html& out, Request const& request, Locale const& locale)
{
    auto const address = web::local_address(request.target, "/");
    if (request.method == web::Method::Get || request.method == web::Method::Head) {
        out << "<a class=\"btn btn-primary\""_h;
        out.url("href"_h, address) << ">"_h << locale.text("error_page.again") << "</a>"_h;
    } else if (can_be_repeated(request)) {
        out << "<form method=\"post\""_h;
        out.url("action"_h, address) << ">"_h;
        for (auto const& [name, value] : request.form) {
            out << "<input type=\"hidden\""_h;
            out.attr("name"_h, name).attr("value"_h, value) << ">"_h;
        }
        out << "<button class=\"btn btn-primary\" type=\"submit\">"_h << locale.text("error_page.again") << "</button></form>"_h;
    }
}

}  // namespace

std::optional<Response> away_answer(Request const& request, std::exception const& failure, Locale const& locale)
{
    if (!dynamic_cast<storage::Unavailable const*>(&failure)) return std::nullopt;
    bool const unsure = dynamic_cast<storage::Unsure const*>(&failure) != nullptr;
    Error const error{ErrorKind::Conflict, unsure ? "database_unsure" : "database_away", {{"id", request.id}}, {}};
    Response response;
    if (request.wants_json()) {
        response = web::problem(error, locale, 503);
    } else {
        Html body;
        body << "<section class=\"g-error\" aria-labelledby=\"error-title\"><p class=\"g-error-code\" aria-hidden=\"true\">503</p><h1 id=\"error-title\">"_h
             << locale.text("error_page.503.title") << "</h1><p>"_h << describe(error, locale) << "</p><div class=\"g-error-actions\">"_h;
        again(body, request, locale);
        body << "</div><p class=\"g-error-ref\">"_h << locale.text("error_page.reference") << " <span class=\"g-code\">"_h << request.id << "</span></p></section>\n"_h;
        web::Frame frame;
        frame.locale = locale;
        frame.title = locale.text("error_page.503.title");
        response = Response::html(web::bare_page(frame, body), 503);
    }
    response.header("Retry-After", retry_after);
    return response;
}

}  // namespace greffier::app
