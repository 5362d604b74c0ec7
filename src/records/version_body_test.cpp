#include "records/version_body.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

#include "schema/json.hpp"
#include "schema/test_rows.hpp"
#include "schema/test_sample.hpp"

namespace greffier::records {
namespace {

TEST(VersionBody, comes_back_byte_for_byte_with_the_record_it_holds)
{
    using namespace schema::sample;
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        VersionBody body;
        body.action = "update";
        body.reference = "TRT-0001";
        body.status = "draft";
        if (seed % 2) body.reason = "l’\"état\" \u2028 \x7f \t";
        if (seed % 3) body.decision = {"Anne, maire", *parse_date("2026-03-30")};
        body.record = schema::to_stored(info(), schema::RowMaker(seed, 60).make(info()));
        auto const text = to_text(body);
        auto const back = parse_version_body(unpack(pack(text).codec, pack(text).bytes));
        ASSERT_EQ(back.record, body.record);
        EXPECT_EQ(back.reason, body.reason);
        EXPECT_EQ(back.decision, body.decision);
        ASSERT_EQ(to_text(back), text);
    }
}

TEST(VersionBody, bytes_that_this_program_never_wrote_throw)
{
    for (auto const* text : {"", "{", "[]", "{}", R"({"record":{},"reason":3})", R"({"record":{},"action":null})", R"({"record":7})"}) EXPECT_THROW(parse_version_body(text), std::runtime_error) << text;
    EXPECT_THROW(unpack(1, as_bytes(std::string_view{"not zstd"})), std::runtime_error);
    EXPECT_THROW(unpack(2, Bytes{}), std::runtime_error);
    EXPECT_EQ(unpack(0, as_bytes(std::string_view{"as it is"})), "as it is");
}

}  // namespace
}  // namespace greffier::records
