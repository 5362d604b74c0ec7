#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/text.hpp"

namespace greffier {

using ::testing::ElementsAre;

TEST(Fold, accents_ligatures_quotes_and_dashes_become_plain)
{
    EXPECT_EQ(fold("L’Œuvre — Été"), "l'oeuvre - ete");
    EXPECT_EQ(fold("ÆGIR straße Łódź Ørsted Đà Nẵng İzmir ĳ þing"), "aegir strasse lodz orsted da nang izmir ij thing");
    EXPECT_EQ(fold("« Où ? » “oui”…"), "\" ou ? \" \"oui\"...");
    EXPECT_EQ(fold("ﬁn ﬄ Ｆｕｌｌ n° №5 m²"), "fin ffl full n° no5 m2");
}

TEST(Fold, composed_and_decomposed_letters_give_the_same)
{
    EXPECT_EQ(fold("e\u0301te\u0301 c\u0327a"), fold("été ça"));
    EXPECT_EQ(fold("й"), fold("и\u0306"));
}

TEST(Fold, greek_and_cyrillic_become_lower_case_without_accents)
{
    EXPECT_EQ(fold("ΆΛΦΑ Ὀδυσσεύς"), "αλφα οδυσσευσ");
    EXPECT_EQ(fold("Ёлка ЖУРНАЛ Київ"), "елка журнал киів");
}

TEST(Fold, invisible_characters_vanish_and_other_scripts_stay)
{
    EXPECT_EQ(fold("trai\u00adte\u200bment\ufeff"), "traitement");
    EXPECT_EQ(fold("1\u202f234\u00a0€"), "1 234 €");
    EXPECT_EQ(fold("日本 עברית"), "日本 עברית");
}

TEST(Fold, folding_twice_changes_nothing)
{
    for (auto const* text : {"L’Œuvre — Été", "ﬄ № Ωμέγα Ёж ŉ Ǆ ẞ", "\xff\xc3(", "İ ı ſ ẛ"}) EXPECT_EQ(fold(fold(text)), fold(text)) << text;
}

TEST(Fold, every_latin_greek_or_cyrillic_letter_folds_to_something_stable)
{
    for (char32_t c = 0x80; c < 0x2000; ++c) {
        std::string letter;
        letter += c < 0x800 ? static_cast<char>(0xc0 | (c >> 6)) : static_cast<char>(0xe0 | (c >> 12));
        if (c >= 0x800) letter += static_cast<char>(0x80 | ((c >> 6) & 0x3f));
        letter += static_cast<char>(0x80 | (c & 0x3f));
        ASSERT_EQ(fold(fold(letter)), fold(letter)) << std::hex << static_cast<unsigned>(c);
        ASSERT_TRUE(is_utf8(fold(letter)));
    }
}

TEST(Fold, the_output_is_valid_utf8_even_for_broken_input)
{
    EXPECT_EQ(fold("a\xff" "b"), "a\ufffdb");
    EXPECT_TRUE(is_utf8(fold("\xe2\x82 \xf0\x9f\x98 \xc0\xaf \xed\xa0\x80")));
}

TEST(SortKey, order_is_the_one_people_expect)
{
    EXPECT_LT(sort_key("Salle 9"), sort_key("salle 10"));
    EXPECT_LT(sort_key("école"), sort_key("Zoo"));
    EXPECT_LT(sort_key("Œuvre"), sort_key("of"));
    EXPECT_LT(sort_key("a b"), sort_key("ab"));
    EXPECT_EQ(sort_key("  État\u00a0 civil "), sort_key("etat civil"));
    EXPECT_EQ(sort_key("T007"), sort_key("t7"));
    EXPECT_EQ(sort_key("0"), "0000000000");
    EXPECT_EQ(sort_key("12345678901 x"), "12345678901 x");
}

TEST(Words, letters_and_digits_are_split_at_everything_else)
{
    EXPECT_THAT(words("l’accès aux e-mails (2026)"), ElementsAre("l", "acces", "aux", "e", "mails", "2026"));
    EXPECT_THAT(words("état-civil/œuvres\u00a0: 100 %"), ElementsAre("etat", "civil", "oeuvres", "100"));
    EXPECT_THAT(words("журнал учёта 日本 😀 €"), ElementsAre("журнал", "учета", "日本"));
    EXPECT_TRUE(words(" … ?!").empty());
    EXPECT_TRUE(words("").empty());
}

TEST(Utf8, broken_sequences_are_found)
{
    EXPECT_TRUE(is_utf8("déjà € 😀"));
    EXPECT_TRUE(is_utf8(""));
    for (auto const* text : {"\xff", "\xc3", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe0\x80\x80", "\x80", "caf\xe9"}) EXPECT_FALSE(is_utf8(text));
}

TEST(Utf8, length_and_shortening_count_letters_not_bytes)
{
    EXPECT_EQ(length_utf8("été 😀"), 5U);
    EXPECT_EQ(length_utf8("a\xff\xff"), 3U);
    EXPECT_EQ(shorten("été", 3), "été");
    EXPECT_EQ(shorten("étés", 3), "ét…");
    EXPECT_EQ(shorten("un deux", 4), "un…");
    EXPECT_EQ(shorten("abc", 0), "");
}

TEST(Text, blanks_of_every_kind_are_trimmed_and_collapsed)
{
    EXPECT_EQ(trim(" \u00a0\t mot clé \u202f\n"), "mot clé");
    EXPECT_EQ(trim(" \u2003 "), "");
    EXPECT_EQ(squeeze(" un\u00a0 \n deux\u202f: trois "), "un deux : trois");
    EXPECT_TRUE(is_blank("\u00a0\t"));
    EXPECT_FALSE(is_blank(" x "));
}

TEST(Text, split_and_join_are_inverse)
{
    EXPECT_THAT(split("a,,b,", ','), ElementsAre("a", "", "b", ""));
    EXPECT_THAT(split("", ','), ElementsAre(""));
    EXPECT_EQ(join(split("a,,b,", ','), ","), "a,,b,");
    EXPECT_EQ(join({}, ","), "");
}

TEST(Slug, only_the_form_of_the_contract_is_a_slug)
{
    for (auto const* slug : {"ab", "mairie-de-vire", "75", "a-"}) EXPECT_TRUE(is_slug(slug)) << slug;
    for (auto const* slug : {"", "a", "Mairie", "é-e", "a_b", "a b"}) EXPECT_FALSE(is_slug(slug)) << slug;
    EXPECT_TRUE(is_slug(std::string(40, 'a')));
    EXPECT_FALSE(is_slug(std::string(41, 'a')));
}

TEST(Slug, a_slug_is_made_from_any_name)
{
    EXPECT_EQ(make_slug("Commune de L’Haÿ-les-Roses"), "commune-de-l-hay-les-roses");
    EXPECT_EQ(make_slug("Communauté d'agglomération du Grand Paris Sud Seine"), "communaute-d-agglomeration-du-grand");
    for (auto const* name : {"", "日本", "Y", "Ы", "!!", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}) EXPECT_TRUE(is_slug(make_slug(name))) << name;
}

TEST(Form, addresses_of_mail)
{
    for (auto const* text : {"a@b.fr", "jean.d'arc+rgpd@mairie-orleans.fr", "mairie@évreux.fr", "x@xn--vreux-9ra.xn--p1ai"}) EXPECT_TRUE(is_email(text)) << text;
    for (auto const* text : {"", "a", "@b.fr", "a@", "a@b", "a b@c.fr", "a@b..fr", ".a@b.fr", "a.@b.fr", "a..b@c.fr", "a@-b.fr", "a@b.fr ", "a@b@c.fr",
                             "a\n@b.fr", "<a@b.fr>", "a@1.2.3.4"}) {
        EXPECT_FALSE(is_email(text)) << text;
    }
}

TEST(Form, addresses_of_the_web)
{
    for (auto const* text : {"https://www.mairie.fr", "HTTP://a.fr:8080/x?y=1#z", "http://localhost", "https://évreux.fr/é", "http://[2001:db8::1]:80/"}) {
        EXPECT_TRUE(is_http_url(text)) << text;
    }
    for (auto const* text : {"", "www.mairie.fr", "ftp://a.fr", "javascript:alert(1)", "https://", "https:///x", "https://a b.fr", "https://a@b.fr",
                             "https://a.fr:0", "https://a.fr:99999", "https://a.fr/\"x", "https://a..fr", "https://a.fr/\n", "http://[::1"}) {
        EXPECT_FALSE(is_http_url(text)) << text;
    }
}

TEST(Form, telephone_numbers)
{
    for (auto const* text : {"02 38 79 22 22", "+33 2 38 79 22 22", "02.38.79.22.22", "3939", "17", "112", "(0)238792222", "02\u00a038\u202f79 22 22"}) EXPECT_TRUE(is_phone(text)) << text;
    for (auto const* text : {"", "7", "appeler", "02 38 79 22 2x", "0238+79", "1234567890123456"}) EXPECT_FALSE(is_phone(text)) << text;
}

TEST(Similarity, lies_between_nothing_and_the_same)
{
    EXPECT_DOUBLE_EQ(similarity("gestion de la paie", "gestion de la paie"), 1.0);
    EXPECT_DOUBLE_EQ(similarity("abc", "xyz"), 0.0);
    EXPECT_DOUBLE_EQ(similarity("night", "nacht"), 0.25);
    EXPECT_DOUBLE_EQ(similarity("", ""), 1.0);
    EXPECT_DOUBLE_EQ(similarity("a", "b"), 0.0);
    EXPECT_DOUBLE_EQ(similarity("paie gestion", "gestion paie"), 1.0);
    EXPECT_GT(similarity("gestion des inscriptions scolaires", "gestion des inscriptions scolaire"), 0.9);
    EXPECT_LT(similarity("gestion de la paie", "videoprotection"), 0.4);
    EXPECT_DOUBLE_EQ(similarity("aaaa", "aa"), 0.5);
}

}  // namespace greffier
