#include "web/router.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

namespace greffier::web {
namespace {

Matcher sample()
{
    return Matcher({{Method::Get, "/"},
                    {Method::Get, "/o/{organisation}/{register}/{id}"},
                    {Method::Get, "/o/{organisation}/{register}/new"},
                    {Method::Post, "/o/{organisation}/{register}"},
                    {Method::Get, "/o/{organisation}/ledger"},
                    {Method::Get, "/static/{file}"},
                    {Method::Delete, "/o/{organisation}/{register}/{id}"},
                    {Method::Get, "/docs/{rest...}"},
                    {Method::Get, "/docs/index"}});
}

TEST(Matcher, prefers_a_literal_to_a_parameter_and_a_parameter_to_the_rest)
{
    auto matcher = sample();
    EXPECT_EQ(matcher.find(Method::Get, "/o/ville/processings/new").index, 2);
    auto match = matcher.find(Method::Get, "/o/ville/processings/42");
    EXPECT_EQ(match.index, 1);
    EXPECT_EQ(match.params.at("organisation"), "ville");
    EXPECT_EQ(match.params.at("id"), "42");
    EXPECT_EQ(matcher.find(Method::Get, "/docs/index").index, 8);
    EXPECT_EQ(matcher.find(Method::Get, "/").index, 0);
}

TEST(Matcher, gives_the_rest_with_its_slashes)
{
    auto match = sample().find(Method::Get, "/docs/a/b/c");
    EXPECT_EQ(match.index, 7);
    EXPECT_EQ(match.params.at("rest"), "a/b/c");
}

TEST(Matcher, tells_an_unknown_path_from_a_method_not_allowed)
{
    auto matcher = sample();
    std::string allowed;
    EXPECT_EQ(matcher.find(Method::Get, "/nowhere", &allowed).index, -1);
    EXPECT_EQ(matcher.find(Method::Put, "/o/ville/processings/42", &allowed).index, -2);
    EXPECT_EQ(allowed, "GET, HEAD, DELETE");
}

TEST(Matcher, answers_head_by_get_and_other_methods_by_the_pattern_that_has_them)
{
    auto matcher = sample();
    EXPECT_EQ(matcher.find(Method::Head, "/o/ville/processings/new").index, 2);
    EXPECT_EQ(matcher.find(Method::Post, "/o/ville/ledger").index, 3);
}

TEST(Matcher, lets_no_parameter_be_empty_or_climb)
{
    auto matcher = sample();
    for (auto path : {"/static/", "/static", "/static/..", "/docs/../o", "/docs/./x", "", "static/x", "/o//processings/1"})
        EXPECT_EQ(matcher.find(Method::Get, path).index, -1) << path;
    EXPECT_EQ(matcher.find(Method::Get, std::string_view("/static/a\0b", 11)).index, -1);
}

TEST(Matcher, refuses_two_routes_for_the_same_addresses)
{
    using Rows = std::vector<std::pair<Method, std::string>>;
    EXPECT_THROW(Matcher(Rows{{Method::Get, "/a/{x}"}, {Method::Get, "/a/{y}"}}), std::logic_error);
    EXPECT_NO_THROW(Matcher(Rows{{Method::Get, "/a/{x}"}, {Method::Post, "/a/{x}"}}));
    EXPECT_THROW(Matcher(Rows{{Method::Get, "/{rest...}/a"}}), std::logic_error);
    EXPECT_THROW(Matcher(Rows{{Method::Get, "/a{x}"}}), std::logic_error);
    EXPECT_THROW(Matcher(Rows{{Method::Get, "a"}}), std::logic_error);
}

}  // namespace
}  // namespace greffier::web
