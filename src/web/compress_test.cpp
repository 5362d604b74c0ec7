#include "web/compress.hpp"

#include <gtest/gtest.h>
#include <libdeflate.h>

namespace greffier::web {
namespace {

std::string unpacked(std::string_view packed, std::size_t size)
{
    std::string text(size + 1, '\0');
    std::size_t got = 0;
    auto* const machine = libdeflate_alloc_decompressor();
    auto const outcome = libdeflate_gzip_decompress(machine, packed.data(), packed.size(), text.data(), text.size(), &got);
    libdeflate_free_decompressor(machine);
    return outcome == LIBDEFLATE_SUCCESS ? text.substr(0, got) : "(broken)";
}

Request asking(std::string encodings = "gzip, deflate, br")
{
    Request request;
    request.headers["accept-encoding"] = std::move(encodings);
    return request;
}

std::string const long_text = [] {
    std::string text;
    for (int i = 0; i < 400; ++i) text += "ligne " + std::to_string(i) + " du registre\n";
    return text;
}();

TEST(AcceptsGzip, weighs_what_the_client_says)
{
    for (auto const* yes : {"gzip", "GZIP", "deflate, gzip;q=0.5", "*", "br;q=1, *;q=0.1", "x-gzip", "gzip;q=1.000", "identity;q=0.2, gzip;q=0.3", "gzip ; q=0.001"}) EXPECT_TRUE(accepts_gzip(yes)) << yes;
    for (auto const* no : {"", "deflate", "gzip;q=0", "gzip;q=0.000", "*;q=0", "gzip;q=0, *", "identity, gzip;q=0.5", "gzipped", "gzip;q=x"}) EXPECT_FALSE(accepts_gzip(no)) << no;
}

TEST(Pack, packs_text_and_says_so)
{
    auto response = Response::html(long_text);
    pack(asking(), response);
    EXPECT_EQ(response.find_header("Content-Encoding"), "gzip");
    EXPECT_EQ(response.find_header("Vary"), "Accept-Encoding");
    EXPECT_LT(response.body.size(), long_text.size() / 3);
    EXPECT_EQ(unpacked(response.body, long_text.size()), long_text);
}

TEST(Pack, leaves_as_it_is_what_would_not_gain_or_may_not_be_touched)
{
    auto is_packed = [](Response response, Request const& request = asking()) {
        pack(request, response);
        return !response.find_header("Content-Encoding").empty();
    };
    EXPECT_TRUE(is_packed(Response::json(long_text)));
    EXPECT_TRUE(is_packed(Response::html(long_text, 404)));
    EXPECT_FALSE(is_packed(Response::html(std::string(1023, 'a'))));
    EXPECT_FALSE(is_packed(Response::html(long_text, 206)));
    EXPECT_FALSE(is_packed(Response::html(long_text), asking("br")));
    EXPECT_FALSE(is_packed(Response::download("a.ods", "application/vnd.oasis.opendocument.spreadsheet", long_text)));
    EXPECT_TRUE(is_packed(Response::download("a.csv", "text/csv; charset=utf-8", long_text)));
    auto as_sent = Response::html(long_text);
    as_sent.header("Cache-Control", "no-transform");
    EXPECT_FALSE(is_packed(as_sent));
    auto record = Response::json(long_text);
    record.header("ETag", "\"3\"");   // scripts compare it with the version they hold
    EXPECT_FALSE(is_packed(record));
    Response stream = Response::html(long_text);
    stream.stream = [] { return std::string(); };
    EXPECT_FALSE(is_packed(stream));
}

TEST(Pack, gives_no_length_to_measure_to_another_site)
{
    auto request = asking();
    request.headers["sec-fetch-site"] = "cross-site";
    auto response = Response::html(long_text);
    pack(request, response);
    EXPECT_EQ(response.body, long_text);
}

TEST(Pack, says_that_the_answer_varies_even_to_those_who_take_it_plain)
{
    auto response = Response::html(long_text);
    response.header("Vary", "Accept-Language");
    pack(asking(""), response);
    EXPECT_EQ(response.find_header("Vary"), "Accept-Language, Accept-Encoding");
    EXPECT_EQ(response.body, long_text);
}

TEST(Marks, of_a_proxy_that_packs_come_off_before_handlers_compare)
{
    Request request;
    request.headers["if-match"] = "\"3-gzip\", W/\"4\",W/\"5-gzip\"";
    request.headers["if-none-match"] = "W/\"6\"";
    take_marks_off(request);
    EXPECT_EQ(request.header("if-match"), "\"3\", \"4\",\"5\"");
    EXPECT_EQ(request.header("if-none-match"), "\"6\"");
    request.headers["if-match"] = "*";
    take_marks_off(request);
    EXPECT_EQ(request.header("if-match"), "*");
}

}  // namespace
}  // namespace greffier::web
