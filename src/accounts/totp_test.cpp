#include "accounts/totp.hpp"

#include <gtest/gtest.h>

namespace greffier::accounts {
namespace {

ByteView const rfc_secret = as_bytes("12345678901234567890");
Timestamp at_second(std::int64_t seconds) { return from_millis(seconds * 1000); }

TEST(Totp, computes_the_values_of_rfc_6238)
{
    struct Row {
        std::int64_t seconds;
        char const* code;
    };
    for (auto const& row : {Row{59, "94287082"}, Row{1111111109, "07081804"}, Row{1111111111, "14050471"}, Row{1234567890, "89005924"}, Row{2000000000, "69279037"},
                            Row{20000000000, "65353130"}}) {
        auto const step = totp_step(at_second(row.seconds));
        EXPECT_EQ(totp_code(rfc_secret, step, 8), row.code) << row.seconds;
        EXPECT_EQ(totp_code(rfc_secret, step), std::string(row.code).substr(2)) << row.seconds;
    }
}

TEST(Totp, takes_the_code_of_the_present_half_minute_and_of_its_neighbours_alone)
{
    auto const now = at_second(1234567890);
    auto const present = totp_step(now);
    for (auto const step : {present - 1, present, present + 1}) EXPECT_EQ(totp_matching_step(rfc_secret, totp_code(rfc_secret, step), now), step);
    for (auto const step : {present - 2, present + 2}) EXPECT_FALSE(totp_matching_step(rfc_secret, totp_code(rfc_secret, step), now)) << step - present;
    for (auto const* wrong : {"", "1", "0059240", "00592"}) EXPECT_FALSE(totp_matching_step(rfc_secret, wrong, now)) << wrong;
}

TEST(Totp, writes_secrets_as_rfc_4648_does)
{
    EXPECT_EQ(to_base32(as_bytes("")), "");
    EXPECT_EQ(to_base32(as_bytes("f")), "MY");
    EXPECT_EQ(to_base32(as_bytes("fo")), "MZXQ");
    EXPECT_EQ(to_base32(as_bytes("foob")), "MZXW6YQ");
    EXPECT_EQ(to_base32(as_bytes("foobar")), "MZXW6YTBOI");
}

TEST(Totp, the_address_for_the_telephone_escapes_what_people_are_called)
{
    EXPECT_EQ(totp_address("Greffier", "claire+été@vire.example", as_bytes("foobar")),
              "otpauth://totp/Greffier:claire%2B%C3%A9t%C3%A9%40vire.example?secret=MZXW6YTBOI&issuer=Greffier");
}

}  // namespace
}  // namespace greffier::accounts
