#include "core/phone.hpp"

#include <gtest/gtest.h>

namespace greffier {

TEST(Phone, is_read_in_pairs_when_it_is_french)
{
    EXPECT_EQ(phone_words("+33536489191"), "+33\u00a05\u00a036\u00a048\u00a091\u00a091");
    EXPECT_EQ(phone_words("0536489191"), "05\u00a036\u00a048\u00a091\u00a091");
    EXPECT_EQ(phone_words("05.36-48 91/91"), "05\u00a036\u00a048\u00a091\u00a091");
    EXPECT_EQ(phone_words("+33 (0)5 36 48 91 91"), "+33\u00a05\u00a036\u00a048\u00a091\u00a091");
}

TEST(Phone, of_another_country_or_of_no_form_is_left_as_written)
{
    for (auto const* written : {"+32 2 274 48 00", "3939", "0033536489191", "demander à l’accueil", ""}) EXPECT_EQ(phone_words(written), written);
}

TEST(Phone, is_found_within_the_words_of_a_contact)
{
    EXPECT_EQ(with_phones_in_pairs("Claire Delmas, +33536489191, dpo@ville.example"), "Claire Delmas, +33\u00a05\u00a036\u00a048\u00a091\u00a091, dpo@ville.example");
    for (auto const* other : {"+33 5 36 48 91 91", "+335364891912", "+33", "compte +33536", ""}) EXPECT_EQ(with_phones_in_pairs(other), other);
}

TEST(Phone, is_dialled_without_what_stands_between_its_digits)
{
    EXPECT_EQ(phone_address("+33 (0)5 36 48 91 91"), "tel:+33536489191");
    EXPECT_EQ(phone_address("05\u00a036\u00a048\u00a091\u00a091"), "tel:0536489191");
    EXPECT_EQ(phone_address("demander à l’accueil"), "");
}

}  // namespace greffier
