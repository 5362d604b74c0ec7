#include "web/multipart_parser.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace greffier::web {
namespace {

struct Part {
    PartHead head;
    std::string data;
    bool ended = false;
};

struct Collector final : PartSink {
    std::vector<Part> parts;
    BodyProblem part_begins(PartHead const& head) override
    {
        parts.push_back({head, {}, false});
        return BodyProblem::None;
    }
    BodyProblem part_data(std::string_view piece) override
    {
        parts.back().data.append(piece);
        return BodyProblem::None;
    }
    BodyProblem part_ends() override
    {
        parts.back().ended = true;
        return BodyProblem::None;
    }
};

using namespace std::string_literals;

std::string const sample = "--XbX\r\n"
                           "Content-Disposition: form-data; name=\"titre\"\r\n\r\n"
                           "Registre\r\n--Xb pas la fin\r\n"
                           "\r\n--XbX\r\n"
                           "Content-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\nContent-Type: text/csv\r\n\r\n"
                           "\r\n\r\n--Xb\0\r"
                           "\r\n--XbX\r\n"
                           "content-disposition: form-data; name=vide\r\n\r\n"
                           "\r\n--XbX--\r\nepilogue"s;

TEST(MultipartParser, reads_the_same_wherever_the_body_is_cut)
{
    auto const& text = sample;
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
        Collector into;
        MultipartParser parser("XbX", into);
        parser.put(std::string_view{text}.substr(0, cut));
        parser.put(std::string_view{text}.substr(cut));
        ASSERT_EQ(parser.finish(), BodyProblem::None) << cut;
        ASSERT_EQ(into.parts.size(), 3U) << cut;
        EXPECT_EQ(into.parts[0].data, "Registre\r\n--Xb pas la fin\r\n") << cut;
        EXPECT_EQ(into.parts[1].head.file_name, "a.csv");
        EXPECT_EQ(into.parts[1].head.type, "text/csv");
        EXPECT_EQ(into.parts[1].data, "\r\n\r\n--Xb\0\r"s) << cut;
        EXPECT_EQ(into.parts[2].head.name, "vide");
        EXPECT_EQ(into.parts[2].data, "");
        EXPECT_TRUE(into.parts[2].ended);
    }
}

TEST(MultipartParser, reads_the_same_byte_by_byte)
{
    Collector into;
    MultipartParser parser("XbX", into);
    for (char c : sample) parser.put({&c, 1});
    EXPECT_EQ(parser.finish(), BodyProblem::None);
    EXPECT_EQ(into.parts.size(), 3U);
}

BodyProblem parse(std::string_view body)
{
    Collector into;
    MultipartParser parser("B", into);
    parser.put(body);
    return parser.finish();
}

std::string const head = "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n";

TEST(MultipartParser, refuses_what_does_not_end_or_does_not_begin)
{
    EXPECT_EQ(parse(head + "x\r\n--B--"), BodyProblem::None);
    for (auto const& bad : {head + "x\r\n--B", head + "x\r\n--B-", head + "x", head + "x\n--B--", head + "x\r\n--Bc\r\n", std::string(""),
                            std::string("--B"), std::string("--B\r\n\r\nx\r\n--B--"), std::string("nothing of the kind")})
        EXPECT_EQ(parse(bad), BodyProblem::Malformed) << bad;
    EXPECT_EQ(parse("--B--"), BodyProblem::None);
}

TEST(MultipartParser, refuses_huge_heads_and_preambles)
{
    EXPECT_EQ(parse("--B\r\nX: " + std::string(20'000, 'a')), BodyProblem::TooLarge);
    EXPECT_EQ(parse(std::string(5'000, 'a') + "\r\n" + head + "x\r\n--B--"), BodyProblem::Malformed);
}

TEST(MultipartParser, passes_on_what_the_sink_refuses)
{
    struct Refuser final : PartSink {
        BodyProblem part_begins(PartHead const&) override { return BodyProblem::None; }
        BodyProblem part_data(std::string_view) override { return BodyProblem::NoRoom; }
        BodyProblem part_ends() override { return BodyProblem::None; }
    } sink;
    MultipartParser parser("B", sink);
    EXPECT_EQ(parser.put(head + "x\r\n--B--"), BodyProblem::NoRoom);
    EXPECT_EQ(parser.finish(), BodyProblem::NoRoom);
}

std::optional<std::string> file_name(std::string_view parameters)
{
    auto parsed = parse_part_head("Content-Disposition: form-data; name=\"f\"; " + std::string(parameters));
    return parsed ? parsed->file_name : std::nullopt;
}

TEST(PartHead, reads_every_way_of_writing_a_file_name)
{
    EXPECT_EQ(file_name("filename=\"a \\\"b\\\".csv\""), "a \"b\".csv");
    EXPECT_EQ(file_name("filename=\"a %22b%22.csv\""), "a \"b\".csv");
    EXPECT_EQ(file_name("filename=\"C:\\dossier\\registre.ods\""), "registre.ods");
    EXPECT_EQ(file_name("filename=\"../../etc/passwd\""), "passwd");
    EXPECT_EQ(file_name("filename=\"..\""), "file");
    EXPECT_EQ(file_name("filename=\"a;b=c.csv\""), "a;b=c.csv");
    EXPECT_EQ(file_name("filename=plain.csv"), "plain.csv");
    EXPECT_EQ(file_name("filename=\"été.csv\""), "été.csv");
    EXPECT_EQ(file_name("filename=\"x\"; filename*=UTF-8''%C3%A9t%C3%A9.csv"), "été.csv");
    EXPECT_EQ(file_name("filename*=utf-8'fr'..%2F..%2Fa.csv"), "a.csv");
    EXPECT_EQ(file_name("filename=\"\""), "");
    EXPECT_EQ(file_name("filename=\"a\tb\""), "ab");
}

TEST(PartHead, refuses_what_is_ill_formed)
{
    using namespace std::string_view_literals;
    for (auto bad : {""sv, "Content-Type: text/plain"sv, "Content-Disposition: form-data"sv, "Content-Disposition: attachment; name=\"a\""sv,
                     "Content-Disposition: form-data; name=\"a"sv, "Content-Disposition: form-data; name=\"a\" x"sv,
                     "Content-Disposition: form-data; name=\"a\"; name=\"b\""sv, "Content-Disposition: form-data; name=\"a\0\""sv,
                     "Content-Disposition: form-data; name=\"\xff\""sv, "Content-Disposition: form-data; name=a; filename=\"\xc3\""sv,
                     "Content-Disposition: form-data; name=a; filename*=UTF-8''%zz"sv,
                     "Content-Disposition: form-data; name=a; filename*=UTF-8''%00"sv,
                     "Content-Disposition: form-data; name=a; filename*=latin1''%e9"sv, "Content-Disposition : form-data; name=a"sv,
                     "Content-Disposition: form-data;\r\n name=a"sv,
                     "Content-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b"sv,
                     "Content-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64"sv})
        EXPECT_FALSE(parse_part_head(bad)) << bad;
    EXPECT_FALSE(parse_part_head("Content-Disposition: form-data; name=\"" + std::string(2'000, 'a') + "\""));
}

TEST(Boundary, is_read_with_or_without_quotes_and_checked)
{
    EXPECT_EQ(boundary_of("multipart/form-data; boundary=----WebKitFormBoundaryAb1"), "----WebKitFormBoundaryAb1");
    EXPECT_EQ(boundary_of("multipart/form-data; charset=utf-8; Boundary=\"a b\""), "a b");
    for (auto bad : {"multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"a\x01\"",
                     "multipart/form-data; boundary=\"a ", "multipart/form-data; boundary=\"a \""})
        EXPECT_FALSE(boundary_of(bad)) << bad;
    EXPECT_FALSE(boundary_of("multipart/form-data; boundary=" + std::string(71, 'a')));
}

}  // namespace
}  // namespace greffier::web
