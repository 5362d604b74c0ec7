#include "web/answer.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

#include "web/static_files.hpp"

namespace greffier::web {
namespace {

TEST(Range, is_honoured_when_single_and_well_formed)
{
    auto range = [](std::string_view text) {
        auto found = parse_range(text, 100);
        return found ? std::to_string(found->first) + "+" + std::to_string(found->length) : "none";
    };
    EXPECT_EQ(range("bytes=0-9"), "0+10");
    EXPECT_EQ(range("bytes=90-"), "90+10");
    EXPECT_EQ(range("bytes=90-1000"), "90+10");
    EXPECT_EQ(range("bytes=-5"), "95+5");
    EXPECT_EQ(range("bytes=-500"), "0+100");
    EXPECT_EQ(range("bytes=100-"), "0+0");
    EXPECT_EQ(range("bytes=-0"), "100+0");
    for (auto odd : {"", "bytes=", "bytes=-", "bytes=9-0", "bytes=0-1,3-4", "items=0-1", "bytes=a-b", "bytes=1-b", "bytes=99999999999999999999-"})
        EXPECT_EQ(range(odd), "none") << odd;
}

TEST(PlanAnswer, writes_one_head_with_its_length_date_and_id)
{
    Request request;
    request.id = "abc";
    auto response = Response::html("été");
    AnswerContext context;
    context.now = std::chrono::system_clock::time_point{std::chrono::seconds{784111777}};
    auto plan = plan_answer(request, response, context);
    EXPECT_TRUE(plan.head.starts_with("HTTP/1.1 200 OK\r\n")) << plan.head;
    EXPECT_NE(plan.head.find("\r\nContent-Length: 5\r\n"), std::string::npos);
    EXPECT_NE(plan.head.find("\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"), std::string::npos);
    EXPECT_NE(plan.head.find("\r\nX-Request-Id: abc\r\n"), std::string::npos);
    EXPECT_EQ(plan.head.find("Server:"), std::string::npos);
    EXPECT_TRUE(plan.head.ends_with("\r\n\r\n"));
    EXPECT_EQ(plan.body, AnswerPlan::Body::Text);
}

TEST(PlanAnswer, says_the_length_to_head_and_nothing_to_204)
{
    Request request;
    request.method = Method::Head;
    auto page = Response::html("abc");
    auto plan = plan_answer(request, page, {});
    EXPECT_EQ(plan.body, AnswerPlan::Body::None);
    EXPECT_NE(plan.head.find("Content-Length: 3\r\n"), std::string::npos);
    auto empty = Response::no_content();
    EXPECT_EQ(plan_answer(request, empty, {}).head.find("Content-Length"), std::string::npos);
}

TEST(PlanAnswer, streams_in_chunks_or_until_the_end_for_old_clients)
{
    Request request;
    Response response;
    response.stream = [] { return std::string(); };
    auto copy = response;
    EXPECT_EQ(plan_answer(request, response, {}).body, AnswerPlan::Body::Chunks);
    AnswerContext old;
    old.minor_version = 0;
    auto plan = plan_answer(request, copy, old);
    EXPECT_EQ(plan.body, AnswerPlan::Body::UntilClose);
    EXPECT_FALSE(plan.keep_alive);
}

TEST(PlanAnswer, ignores_a_range_of_another_version)
{
    Request request;
    request.headers = {{"range", "bytes=0-1"}, {"if-range", "\"old\""}};
    Response response;
    response.file = "/x";
    response.header("ETag", "\"new\"");
    AnswerContext context;
    context.file_size = 10;
    EXPECT_EQ(plan_answer(request, response, context).status, 200);
    request.headers["if-range"] = "\"new\"";
    EXPECT_EQ(plan_answer(request, response, context).status, 206);
}

constexpr EmbeddedFile files[] = {
    {"manifest.json", R"({"app.css":"app.3f2a91.css","robots.txt":"robots.txt"})"},
    {"app.3f2a91.css", "body{}"},
    {"app.3f2a91.css.gz", "packed"},
    {"icons.K3JX7Q2A.woff2", "font"},
    {"robots.txt", "none"},
};

TEST(StaticFiles, give_the_hashed_address_and_refuse_unknown_names)
{
    StaticFiles set{files};
    EXPECT_EQ(set.address("app.css"), "/static/app.3f2a91.css");
    EXPECT_EQ(set.address("robots.txt"), "/static/robots.txt");
    EXPECT_THROW((void)set.address("nope.css"), std::logic_error);
    EXPECT_EQ(StaticFiles({}).address("app.css"), "/static/app.css");
}

TEST(StaticFiles, are_packed_cached_and_typed)
{
    StaticFiles set{files};
    Request request;
    auto plain = set.serve(request, "app.3f2a91.css");
    ASSERT_TRUE(plain.ok());
    EXPECT_EQ(plain->body, "body{}");
    EXPECT_EQ(plain->find_header("vary"), "Accept-Encoding");
    EXPECT_NE(plain->find_header("cache-control").find("immutable"), std::string_view::npos);
    request.headers["accept-encoding"] = "br, gzip;q=0.5";
    auto packed = set.serve(request, "app.3f2a91.css");
    EXPECT_EQ(packed->body, "packed");
    EXPECT_EQ(packed->find_header("content-type"), "text/css; charset=utf-8");
    EXPECT_NE(packed->find_header("etag"), plain->find_header("etag"));
    request.headers["accept-encoding"] = "gzip;q=0";
    EXPECT_EQ(set.serve(request, "app.3f2a91.css")->body, "body{}");
    EXPECT_NE(set.serve(request, "icons.K3JX7Q2A.woff2")->find_header("cache-control").find("immutable"), std::string_view::npos);
    EXPECT_EQ(set.serve(request, "robots.txt")->find_header("cache-control").find("immutable"), std::string_view::npos);
}

TEST(StaticFiles, answer_304_and_404)
{
    StaticFiles set{files};
    Request request;
    auto etag = std::string(set.serve(request, "robots.txt")->find_header("etag"));
    request.headers["if-none-match"] = "\"x\", W/" + etag;
    auto again = set.serve(request, "robots.txt");
    EXPECT_EQ(again->status, 304);
    EXPECT_TRUE(again->body.empty());
    for (auto name : {"manifest.json", "app.3f2a91.css.gz", "", "../secret", "nope"}) EXPECT_FALSE(set.serve(request, name).ok()) << name;
}

}  // namespace
}  // namespace greffier::web
