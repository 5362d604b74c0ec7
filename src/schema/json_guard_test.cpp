#include "schema/json_guard.hpp"

#include <gtest/gtest.h>

#include <string>

namespace greffier::schema {
namespace {

TEST(JsonGuard, a_member_named_twice_means_two_things_and_is_refused)
{
    EXPECT_FALSE(is_readable_json(R"({"a":1,"a":2})", 10));
    EXPECT_FALSE(is_readable_json(R"([{"b":{"a":1,"\u0061":2}}])", 10));
    EXPECT_TRUE(is_readable_json(R"([{"a":1},{"a":{"a":2}}])", 10));
}

TEST(JsonGuard, depth_is_counted_over_lists_and_objects)
{
    EXPECT_TRUE(is_readable_json(R"({"a":[{"b":[]}]})", 4));
    EXPECT_FALSE(is_readable_json(R"({"a":[{"b":[]}]})", 3));
    EXPECT_FALSE(is_readable_json(std::string(200'000, '['), 40));
}

TEST(JsonGuard, what_is_no_json_is_refused)
{
    for (auto const* text : {"", "{", "[1,]", "{\"a\":1} x", "NaN", "\"\\ud800\""}) EXPECT_FALSE(is_readable_json(text, 10)) << text;
}

TEST(JsonGuard, a_list_of_a_million_objects_is_read_in_one_pass)
{
    std::string text = "[{}";
    for (int i = 0; i < 1'000'000; ++i) text += ",{}";
    EXPECT_TRUE(is_readable_json(text + "]", 3));   // walking the list again for each object would not end
}

}  // namespace
}  // namespace greffier::schema
