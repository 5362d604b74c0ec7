#include "web/request_head.hpp"

#include <gtest/gtest.h>

#include "web/target.hpp"

namespace greffier::web {
namespace {

TEST(Target, is_decoded_once)
{
    auto target = parse_target("/o/ville%20d%27%C3%A9t%C3%A9/a+b?q=%2541+b&x");
    ASSERT_TRUE(target);
    EXPECT_EQ(target->path, "/o/ville d'été/a+b");
    EXPECT_EQ(target->query.get("q"), "%41 b");
    EXPECT_TRUE(target->query.has("x"));
    auto absolute = parse_target("HTTP://greffier.example:8080?a=1");
    ASSERT_TRUE(absolute);
    EXPECT_EQ(absolute->authority, "greffier.example:8080");
    EXPECT_EQ(absolute->path, "/");
}

TEST(Target, refuses_every_way_of_climbing_or_hiding)
{
    for (auto bad : {"", "*", "o", "/..", "/a/../b", "/a/%2e%2e/b", "/a/.", "/%2e", "/a%2fb", "/a%2Fb", "/a%5Cb", "/a\\b", "/%00", "/%0a",
                     "/%7f", "/%", "/%4", "/%zz", "/%ff", "/a#b", "/?%", "/?a=%00", "/?a=%ff", "http://", "http://a b/", "ftp://a/"})
        EXPECT_FALSE(parse_target(bad)) << bad;
    EXPECT_FALSE(parse_target("/?a&b&c", 2));
    EXPECT_TRUE(parse_target("/...//a"));
}

TEST(Host, is_checked_against_the_list)
{
    std::vector<std::string> const list{"greffier.example", "intern:8080", "Public.example:443"};
    for (auto fine : {"greffier.example", "GREFFIER.example:9", "greffier.example.", "intern:8080", "public.example"})
        EXPECT_TRUE(is_allowed_host(fine, list)) << fine;
    for (auto bad : {"", "evil.example", "intern", "intern:80", "greffier.example:", "greffier.example:99999", "greffier.example@evil",
                     "greffier.example/", "greffier.example evil", "xgreffier.example", "localhost"})
        EXPECT_FALSE(is_allowed_host(bad, list)) << bad;
    for (auto fine : {"localhost:8080", "127.0.0.1", "[::1]:80"}) EXPECT_TRUE(is_allowed_host(fine, {})) << fine;
    EXPECT_FALSE(is_allowed_host("192.0.2.1", {}));
}

HeadScanner::Found scan(std::string_view text, HeadLimits limits = {})
{
    HeadScanner scanner(limits);
    HeadScanner::Found found;
    for (std::size_t size = 1; size <= text.size() && found.size == 0 && found.status == 0; ++size) found = scanner.scan(text.substr(0, size));
    auto at_once = HeadScanner(limits).scan(text);
    EXPECT_EQ(at_once.status, found.status);
    EXPECT_EQ(at_once.size, found.size);
    return found;
}

TEST(HeadScanner, finds_the_end_of_the_head)
{
    EXPECT_EQ(scan("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET").size, 27U);
    EXPECT_EQ(scan("GET / HTTP/1.1\r\n\r\n").size, 18U);
    EXPECT_EQ(scan("GET / HTTP/1.1\r\nHost: a\r\n").size, 0U);
}

TEST(HeadScanner, refuses_bare_line_feeds_and_what_is_too_long)
{
    EXPECT_EQ(scan("GET / HTTP/1.1\nHost: a\n\n").status, 400);
    EXPECT_EQ(scan(std::string_view("GET /\0", 6)).status, 400);
    HeadLimits small{20, 40, 10};
    EXPECT_EQ(scan("GET /" + std::string(60, 'a'), small).status, 414);
    EXPECT_EQ(scan("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(40, 'a'), small).status, 431);
}

int read(RawHead head, Request* into = nullptr, Framing* framing = nullptr)
{
    Request request;
    Framing found;
    int status = read_head(head, {100, 1000, 10}, {}, request, found);
    if (into) *into = request;
    if (framing) *framing = found;
    return status;
}

TEST(ReadHead, fills_the_request)
{
    Request request;
    Framing framing;
    RawHead head{"POST", "/o/a?x=1", 1, {{"Host", "localhost"}, {"Cookie", "a=1"}, {"Accept", "x"}, {"ACCEPT", "y"}, {"Cookie", "b=2"},
                                         {"Content-Length", "12"}, {"Expect", "100-Continue"}}};
    EXPECT_EQ(read(head, &request, &framing), 0);
    EXPECT_EQ(request.method, Method::Post);
    EXPECT_EQ(request.header("accept"), "x, y");
    EXPECT_EQ(request.cookies.get("b"), "2");
    EXPECT_EQ(framing.length, 12U);
    EXPECT_TRUE(framing.keep_alive);
    EXPECT_TRUE(framing.expects_continue);
}

TEST(ReadHead, refuses_with_the_status_that_fits)
{
    auto with = [](std::vector<std::pair<std::string, std::string>> fields, int minor = 1) {
        fields.emplace_back("Host", "localhost");
        return read({"POST", "/", minor, std::move(fields)});
    };
    EXPECT_EQ(with({}), 0);
    EXPECT_EQ(read({"GET", "/", 1, {}}), 400) << "no Host";
    EXPECT_EQ(read({"GET", "/", 1, {{"Host", "evil.example"}}}), 421);
    EXPECT_EQ(read({"GET", "http://evil.example/", 1, {{"Host", "localhost"}}}), 400);
    EXPECT_EQ(read({"BREW", "/", 1, {{"Host", "localhost"}}}), 501);
    EXPECT_EQ(read({"CONNECT", "a:1", 1, {{"Host", "localhost"}}}), 501);
    EXPECT_EQ(read({"GET", "/" + std::string(100, 'a'), 1, {{"Host", "localhost"}}}), 414);
    EXPECT_EQ(with({{"Host", "localhost"}}), 400) << "twice";
    EXPECT_EQ(with({{"Content-Length", "1"}, {"Transfer-Encoding", "chunked"}}), 400);
    EXPECT_EQ(with({{"Content-Length", "1"}, {"Content-Length", "1"}}), 400);
    for (auto bad : {"", "-1", "+1", "1x", "0x1", "99999999999999999999"}) EXPECT_EQ(with({{"Content-Length", bad}}), 400) << bad;
    EXPECT_EQ(with({{"Transfer-Encoding", "gzip, chunked"}}), 501);
    EXPECT_EQ(with({{"Transfer-Encoding", "chunked"}}, 0), 400);
    EXPECT_EQ(with({{"Expect", "tea"}}), 417);
}

TEST(ReadHead, keeps_the_connection_as_the_version_and_the_client_say)
{
    auto keeps = [](int minor, std::string connection) {
        Framing framing;
        read({"GET", "/", minor, {{"Host", "localhost"}, {"Connection", std::move(connection)}}}, nullptr, &framing);
        return framing.keep_alive;
    };
    EXPECT_TRUE(keeps(1, ""));
    EXPECT_FALSE(keeps(1, "x, Close"));
    EXPECT_FALSE(keeps(0, ""));
    EXPECT_TRUE(keeps(0, "keep-alive"));
}

TEST(Glimpse, tells_what_the_words_of_a_refusal_need)
{
    Request request;
    EXPECT_TRUE(glimpse("GET /api/v1/x?q=" + std::string(9000, 'a') + " HTTP/1.1\r\nHost: x\r\nAccept-Language: en\r\nCookie: a=b\r\nAuthorization: Bearer s\r\nAccept: text/h", request));
    EXPECT_EQ(request.path, "/api/v1/x");
    EXPECT_EQ(request.header("accept-language"), "en");
    EXPECT_EQ(request.cookies.get("a"), "b");
    EXPECT_FALSE(request.headers.contains("authorization"));
    EXPECT_FALSE(request.headers.contains("accept"));   // half a line says nothing
    Request other;
    EXPECT_FALSE(glimpse(std::string(9000, 'a'), other));
    EXPECT_TRUE(glimpse("GET /%zz HTTP/1.1\r\n", other));
    EXPECT_EQ(other.path, "/");
}

}  // namespace
}  // namespace greffier::web
