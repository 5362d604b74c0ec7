#include "web/cookie.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

#include "web/csrf.hpp"
#include "web/problem.hpp"
#include "web/security_headers.hpp"

namespace greffier::web {
namespace {

TEST(Cookie, is_host_bound_and_hidden_from_scripts_over_https)
{
    EXPECT_EQ(set_cookie({"session", "abc", std::chrono::seconds{60}}, true),
              "__Host-session=abc; Path=/; Max-Age=60; Secure; HttpOnly; SameSite=Lax");
    EXPECT_EQ(set_cookie({"session", "abc"}, false), "session=abc; Path=/; HttpOnly; SameSite=Lax");
    EXPECT_EQ(clear_cookie("session", false), "session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    EXPECT_THROW(set_cookie({"session", "a;b"}, false), std::invalid_argument);
}

TEST(Cookie, header_is_parsed_leniently_but_nothing_is_invented)
{
    auto cookies = parse_cookies("a=1; b = \"2\";c;=4; d=x y; e=; session=s");
    EXPECT_EQ(cookies.get("a"), "1");
    EXPECT_EQ(cookies.get("b"), "2");
    EXPECT_FALSE(cookies.has("c"));
    EXPECT_FALSE(cookies.has("d"));
    EXPECT_EQ(cookies.get("session"), "s");
}

TEST(Cookie, planted_twice_counts_for_nothing)
{
    Request request;
    request.cookies = parse_cookies("session=a; session=b");
    EXPECT_FALSE(find_cookie(request, "session"));
    request.cookies = parse_cookies("session=a");
    EXPECT_EQ(find_cookie(request, "session"), "a");
    request.secure = true;
    EXPECT_FALSE(find_cookie(request, "session")) << "over https only the __Host- one counts";
}

ByteView key(std::string_view text) { return as_bytes(text); }

TEST(Csrf, token_differs_at_each_page_and_matches_its_session_only)
{
    auto one = csrf_token(key("secret")), two = csrf_token(key("secret"));
    EXPECT_NE(one, two);
    EXPECT_TRUE(csrf_matches(key("secret"), one));
    EXPECT_TRUE(csrf_matches(key("secret"), two));
    EXPECT_FALSE(csrf_matches(key("other"), one));
    EXPECT_FALSE(csrf_matches(key(""), one));
    auto changed = one;
    changed[50] = changed[50] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(csrf_matches(key("secret"), changed));
    for (auto bad : {"", "x", "AAAA", "%%%%"}) EXPECT_FALSE(csrf_matches(key("secret"), bad)) << bad;
}

Request post(std::string_view origin, std::string_view site = "")
{
    Request request;
    request.method = Method::Post;
    request.headers["host"] = "greffier.example:8080";
    if (!origin.empty()) request.headers["origin"] = origin;
    if (!site.empty()) request.headers["sec-fetch-site"] = site;
    return request;
}

TEST(Csrf, other_sites_are_refused_before_the_token)
{
    EXPECT_TRUE(is_same_origin(post("")));
    EXPECT_TRUE(is_same_origin(post("http://Greffier.example:8080")));
    EXPECT_TRUE(is_same_origin(post("null", "same-origin")));
    EXPECT_FALSE(is_same_origin(post("http://evil.example")));
    EXPECT_FALSE(is_same_origin(post("http://greffier.example:9090")));
    EXPECT_FALSE(is_same_origin(post("", "cross-site")));
    EXPECT_FALSE(is_same_origin(post("", "same-site")));
    auto secure = post("http://greffier.example:8080");
    secure.secure = true;
    EXPECT_FALSE(is_same_origin(secure));
}

TEST(Csrf, check_reads_the_field_or_the_header)
{
    auto request = post("");
    EXPECT_FALSE(check_csrf(request, key("secret")).ok());
    request.headers["x-csrf-token"] = csrf_token(key("secret"));
    EXPECT_TRUE(check_csrf(request, key("secret")).ok());
    request.headers.erase("x-csrf-token");
    request.form.add("csrf", csrf_token(key("secret")));
    EXPECT_TRUE(check_csrf(request, key("secret")).ok());
    request.headers["sec-fetch-site"] = "cross-site";
    EXPECT_FALSE(check_csrf(request, key("secret")).ok());
    request.method = Method::Get;
    EXPECT_TRUE(check_csrf(request, key("secret")).ok());
}

TEST(SecurityHeaders, are_added_without_overriding_the_handler)
{
    auto page = Response::html("x");
    add_security_headers(page, false);
    EXPECT_NE(page.find_header("content-security-policy").find("frame-ancestors 'none'"), std::string_view::npos);
    EXPECT_EQ(page.find_header("cache-control"), "private, no-store");
    EXPECT_TRUE(page.find_header("strict-transport-security").empty());
    auto file = Response::download("a", "text/csv", "x");
    file.header("Cache-Control", "public");
    add_security_headers(file, true);
    EXPECT_NE(file.find_header("content-security-policy").find("sandbox"), std::string_view::npos);
    EXPECT_EQ(file.find_header("cache-control"), "public");
    EXPECT_FALSE(file.find_header("strict-transport-security").empty());
}

TEST(Problem, carries_every_field_error_and_survives_bytes_that_are_not_utf8)
{
    auto error = Error::invalid("too_long");
    error.fields.push_back({"purposes[2].basis", "unknown_choice", {{"value", "\xff"}}});
    auto answer = problem(error, Locale(Language::English));
    EXPECT_EQ(answer.status, 422);
    EXPECT_EQ(answer.find_header("content-type"), "application/problem+json");
    EXPECT_NE(answer.body.find("\"field\":\"purposes[2].basis\",\"code\":\"unknown_choice\""), std::string::npos) << answer.body;
    EXPECT_NE(answer.body.find("\"type\":\"urn:greffier:error:too_long\""), std::string::npos);
}

TEST(Problem, status_override_brings_its_header)
{
    Locale french(Language::French);
    EXPECT_EQ(problem(Error::forbidden("token"), french, 401).find_header("www-authenticate"), "Bearer");
    auto busy = problem(Error::conflict("too_many", {{"retry_after", "30"}}), french, 429);
    EXPECT_EQ(busy.status, 429);
    EXPECT_EQ(busy.find_header("retry-after"), "30");
    EXPECT_EQ(problem(Error::not_found(), french).status, 404);
}

}  // namespace
}  // namespace greffier::web
