#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>

#include "documents/csv_writer.hpp"
#include "documents/json_writer.hpp"

namespace greffier::documents {
namespace {

TEST(CsvWriter, quotes_what_would_break_a_line_and_ends_lines_with_crlf)
{
    EXPECT_EQ(write_csv({{"a", "b;c", "d\"e"}, {"f\ng"}, {}}), "a;\"b;c\";\"d\"\"e\"\r\n\"f\ng\"\r\n\r\n");
    EXPECT_EQ(write_csv({{"a;b", "c,d"}}, {.separator = ','}), "a;b,\"c,d\"\r\n");
}

TEST(CsvWriter, a_cell_never_runs_as_a_formula)
{
    EXPECT_EQ(write_csv({{"=1+1", "+33 1", "-5", "@x", "\tx", "a=b"}}), "'=1+1;'+33 1;'-5;'@x;'\tx;a=b\r\n");
    EXPECT_EQ(write_csv({{"'=1", "'x"}}), "''=1;'x\r\n") << "as many apostrophes come back";
    EXPECT_EQ(write_csv({{std::string("\x01=cmd")}}), "'=cmd\r\n");
    EXPECT_EQ(write_csv({{"\r=x"}}), "\"'\n=x\"\r\n");
    EXPECT_EQ(write_csv({{"=1"}}, {.guard_formulas = false}), "=1\r\n");
}

TEST(CsvWriter, the_byte_order_mark_is_an_option)
{
    EXPECT_EQ(write_csv({{"é"}}, {.byte_order_mark = true}), "\xEF\xBB\xBFé\r\n");
}

TEST(JsonWriter, keys_are_sorted_and_letters_unescaped)
{
    Json json;
    json["zone"] = "Éœ \"\\\n\x01";
    json["a"].push_back(1);
    json["a"].push_back(nullptr);
    json["b"] = Json::object();
    json["c"] = true;
    EXPECT_EQ(write_json(json), R"({"a":[1,null],"b":{},"c":true,"zone":"Éœ \"\\\n\u0001"})");
    EXPECT_EQ(write_json(json, JsonLayout::Indented), "{\n  \"a\": [\n    1,\n    null\n  ],\n  \"b\": {},\n  \"c\": "
                                                      "true,\n  \"zone\": \"Éœ \\\"\\\\\\n\\u0001\"\n}\n");
}

TEST(JsonWriter, keys_beyond_the_first_plane_sort_as_utf_16)
{
    Json json;
    json["\uFFFD"] = 1;
    json["\U0001F600"] = 2;
    EXPECT_EQ(write_json(json), "{\"\U0001F600\":2,\"\uFFFD\":1}");
}

TEST(JsonWriter, numbers_are_written_as_ecmascript_does)
{
    auto const text = [](double value) { return write_json(Json(value)); };
    EXPECT_EQ(text(0.0), "0");
    EXPECT_EQ(text(-0.0), "0");
    EXPECT_EQ(text(1.0), "1");
    EXPECT_EQ(text(-12.5), "-12.5");
    EXPECT_EQ(text(0.000001), "0.000001");
    EXPECT_EQ(text(0.0000001), "1e-7");
    EXPECT_EQ(text(1e20), "100000000000000000000");
    EXPECT_EQ(text(1e21), "1e+21");
    EXPECT_EQ(text(1.7976931348623157e308), "1.7976931348623157e+308");
    EXPECT_EQ(text(5e-324), "5e-324");
    EXPECT_EQ(text(333333333.33333329), "333333333.3333333");
    EXPECT_EQ(write_json(Json(std::numeric_limits<std::int64_t>::min())), "-9223372036854775808");
    EXPECT_THROW(text(std::numeric_limits<double>::infinity()), std::invalid_argument);
}

TEST(JsonWriter, invalid_letters_are_replaced)
{
    EXPECT_EQ(write_json(Json("a\xFF\xED\xA0\x80z")), "\"a\uFFFD\uFFFD\uFFFD\uFFFDz\"");
}

} // namespace
} // namespace greffier::documents
