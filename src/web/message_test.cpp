#include "web/message.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

#include "web/html.hpp"

namespace greffier::web {
namespace {

TEST(Response, refuses_a_header_that_would_begin_another)
{
    Response answer;
    EXPECT_THROW(answer.header("Location", "/a\r\nSet-Cookie: x=1"), std::invalid_argument);
    EXPECT_THROW(answer.header("X\nY", "1"), std::invalid_argument);
    EXPECT_TRUE(answer.headers.empty());
}

TEST(Response, replaces_a_header_but_adds_cookies)
{
    Response answer;
    answer.header("ETag", "1").header("etag", "2").header("Set-Cookie", "a=1").header("Set-Cookie", "b=1");
    EXPECT_EQ(answer.find_header("ETAG"), "2");
    EXPECT_EQ(answer.headers.size(), 3U);
}

TEST(Response, names_a_download_for_old_and_new_browsers)
{
    auto answer = Response::download("Registre \"été\".csv", "text/csv", "a");
    EXPECT_EQ(answer.find_header("content-disposition"),
              "attachment; filename=\"Registre ___t___.csv\"; filename*=UTF-8''Registre%20%22%C3%A9t%C3%A9%22.csv");
    EXPECT_NE(answer.find_header("content-security-policy").find("sandbox"), std::string_view::npos);
}

TEST(LocalAddress, leads_nowhere_else)
{
    EXPECT_EQ(local_address("/o/ville?x=1", "/"), "/o/ville?x=1");
    for (auto bad : {"//evil.example", "/\\evil.example", "https://evil.example", "", "o/ville", "/\t/evil.example", "/a\nb"})
        EXPECT_EQ(local_address(bad, "/home"), "/home") << bad;
}

TEST(Request, wants_json_of_the_api_or_when_it_says_so)
{
    Request request;
    request.path = "/o/ville";
    EXPECT_FALSE(request.wants_json());
    request.headers["accept"] = "application/json";
    EXPECT_TRUE(request.wants_json());
    request.headers["accept"] = "text/html,application/json";
    EXPECT_FALSE(request.wants_json());
    request.path = "/api/v1/me";
    EXPECT_TRUE(request.wants_json());
    EXPECT_THROW((void)request.param("absent"), std::logic_error);
}

TEST(Html, escapes_run_time_text_everywhere)
{
    Html out;
    out << "<p"_h;
    out.attr("title"_h, "\"'<&>").flag("hidden"_h, true).flag("open"_h, false).attr("data-n"_h, 3);
    out << ">"_h << "<b>'&\"" << "</p>"_h;
    EXPECT_EQ(out.text(), "<p title=\"&quot;&#39;&lt;&amp;&gt;\" hidden data-n=\"3\">&lt;b&gt;&#39;&amp;&quot;</p>");
}

TEST(Html, keeps_line_breaks_and_nothing_else)
{
    Html out;
    out.lines("a\r\n<b>\nc");
    EXPECT_EQ(out.text(), "a<br>&lt;b&gt;<br>c");
}

TEST(Html, lets_only_harmless_addresses_through)
{
    auto href = [](std::string_view address) {
        Html out;
        out.url("href"_h, address);
        return out.text();
    };
    for (auto fine : {"/o/ville", "?page=2", "#top", "https://cnil.example/x:y", "HTTP://a", "mailto:a@b.fr", "tel:+33536489191", "detail", "a/b:c"})
        EXPECT_EQ(href(fine), " href=\"" + std::string(fine) + "\"");
    for (auto bad : {"javascript:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "data:text/html,x", "vbscript:x", "//evil",
                     "/\\evil", "\x01javascript:x", "JaVaScRiPt:x", "sms:1"})
        EXPECT_EQ(href(bad), " href=\"#\"") << bad;
}

TEST(EncodeComponent, keeps_unreserved_characters_only)
{
    EXPECT_EQ(encode_component("a-z_.~ é&/"), "a-z_.~%20%C3%A9%26%2F");
}

}  // namespace
}  // namespace greffier::web
