#include "schema/show.hpp"

#include <gtest/gtest.h>

#include "core/text.hpp"
#include "schema/kinds.hpp"
#include "schema/test_sample.hpp"

namespace greffier::schema {
namespace {

using namespace sample;

Locale const french{Language::French}, english{Language::English};

std::string fr(std::string_view field, Value const& value) { return show(*info().find(field), value, french); }
std::string en(std::string_view field, Value const& value) { return show(*info().find(field), value, english); }

TEST(Show, durations_are_words_in_both_languages)
{
    for (auto const& [iso, in_french, in_english] : std::vector<std::tuple<char const*, char const*, char const*>>{
             {"P1Y", "1 an", "1 year"}, {"P5Y", "5 ans", "5 years"}, {"P18M", "18 mois", "18 months"}, {"P1Y6M", "1 an et 6 mois", "1 year and 6 months"},
             {"P2W", "2 semaines", "2 weeks"}, {"P1D", "1 jour", "1 day"}}) {
        EXPECT_EQ(duration_words(iso, french), in_french);
        EXPECT_EQ(duration_words(iso, english), in_english);
        EXPECT_EQ(fr("period", std::string{iso}), in_french);
    }
    EXPECT_EQ(duration_words("deux ans", french), "deux ans");   // what could not be read is shown as typed
}

TEST(Show, articles_are_cited_as_a_reader_looks_them_up)
{
    for (auto const& [article, in_french, in_english] : std::vector<std::tuple<char const*, char const*, char const*>>{
             {"30(1)(f)", "RGPD, article 30, paragraphe 1, point f", "GDPR, article 30(1)(f)"},
             {"6(3)", "RGPD, article 6, paragraphe 3", "GDPR, article 6(3)"},
             {"12", "RGPD, article 12", "GDPR, article 12"},
             {"4(a)", "RGPD, article 4, point a", "GDPR, article 4(a)"},
             {"LIL 30", "Loi Informatique et Libertés, article 30", "French Data Protection Act, article 30"},
             {"recital 75", "RGPD, considérant 75", "GDPR, recital 75"}}) {
        EXPECT_EQ(article_words(article, french), in_french);
        EXPECT_EQ(article_words(article, english), in_english);
    }
    EXPECT_EQ(article_words("", french), "");
    EXPECT_EQ(article_words("CRPA L.311-1", french), "CRPA L.311-1");   // another code is cited as it is
    EXPECT_EQ(article_words("30(1", french), "RGPD, article 30");       // a slip of ours does not break a page
}

TEST(Show, figures_follow_the_language)
{
    EXPECT_EQ(fr("price", std::int64_t{125050}), french.money(125050));
    EXPECT_NE(fr("price", std::int64_t{125050}), en("price", std::int64_t{125050}));
    EXPECT_NE(fr("price", std::int64_t{125050}).find("250,50"), std::string::npos) << fr("price", std::int64_t{125050});
    EXPECT_NE(en("price", std::int64_t{125050}).find("1,250.50"), std::string::npos) << en("price", std::int64_t{125050});
    EXPECT_EQ(fr("share", std::int64_t{88}), french.percent(88));
    EXPECT_EQ(en("count", std::int64_t{3100}), "3,100");
    EXPECT_EQ(fr("on", *parse_date("2026-03-30")), "30 mars 2026");
    EXPECT_EQ(en("on", *parse_date("2026-03-30")), english.date(*parse_date("2026-03-30")));
    EXPECT_NE(fr("at", *parse_timestamp("2026-03-30T13:20:00Z")).find("15"), std::string::npos);   // in the reader's zone
    EXPECT_EQ(fr("on", std::string{"31/02/2026"}), "31/02/2026");
}

TEST(Show, yes_and_no_absent_and_countries)
{
    EXPECT_EQ(fr("answered", true), "Oui");
    EXPECT_EQ(en("answered", false), "No");
    EXPECT_EQ(fr("answered", Value{}), "");
    EXPECT_EQ(fr("country", std::string{"AD"}), "Andorre");
    EXPECT_EQ(en("country", std::string{"AD"}), "Andorra");
}

TEST(Show, lists_are_joined_and_an_organisation_s_own_term_is_its_code)
{
    EXPECT_EQ(fr("lines", Texts{"une", "deux"}), "une, deux");
    EXPECT_EQ(fr("animals", Texts{"licorne", "griffon"}), "licorne, griffon");
    EXPECT_EQ(fr("animal", std::string{"licorne"}), "licorne");
    EXPECT_EQ(code_label(Animals::list(), "", french), "");
}

TEST(Show, a_contact_reads_as_its_values_and_a_motto_in_the_reader_s_language)
{
    Row owner(contact_info());
    set(contact_info(), owner, "name", std::string{"Anne Roy"});
    set(contact_info(), owner, "country", std::string{"BE"});
    EXPECT_EQ(fr("owner", Rows{owner}), "Anne Roy, Belgique");
    EXPECT_EQ(en("owner", Rows{owner}), "Anne Roy, Belgium");
    EXPECT_EQ(fr("owner", Rows{Row{}}), "");   // a short row shows what it has
    Row motto(localised_info());
    set(localised_info(), motto, "fr", std::string{"Bonjour"});
    EXPECT_EQ(fr("motto", Rows{motto}), "Bonjour");
    EXPECT_EQ(en("motto", Rows{motto}), "Bonjour");   // better than nothing
    set(localised_info(), motto, "en", std::string{"Hello"});
    EXPECT_EQ(en("motto", Rows{motto}), "Hello");
    Row proof(attachment_info());
    set(attachment_info(), proof, "name", std::string{"acte.pdf"});
    set(attachment_info(), proof, "size", std::int64_t{12});
    EXPECT_EQ(fr("proofs", Rows{proof}), "acte.pdf");
}

TEST(Show, an_owned_row_names_its_parts_and_says_nothing_of_unticked_boxes)
{
    auto const& parts = *info().find("parts")->rows;
    Row row(parts);
    set(parts, row, "what", std::string{"Tri"});
    set(parts, row, "ticked", false);
    set(parts, row, "period", std::string{"P1Y"});
    EXPECT_EQ(en("parts", Rows{row}), "[part.what]: Tri; [part.period]: 1 year");
    set(parts, row, "ticked", true);
    EXPECT_EQ(en("parts", Rows{row}), "[part.what]: Tri; [part.ticked]; [part.period]: 1 year");
    EXPECT_EQ(en("parts", Rows{row, row}), en("parts", Rows{row}) + "\n" + en("parts", Rows{row}));
    EXPECT_NE(fr("parts", Rows{row}).find("Tri\u202f; "), std::string::npos) << fr("parts", Rows{row});
}

TEST(Show, the_answer_no_to_a_question_of_a_row_is_shown)
{
    auto const& parts = *info().find("parts")->rows;
    Row row(parts);
    set(parts, row, "answered", false);
    EXPECT_EQ(en("parts", Rows{row}), "[part.answered]: No");
    set(parts, row, "answered", true);
    EXPECT_EQ(en("parts", Rows{row}), "[part.answered]: Yes");
}

TEST(Show, a_row_is_named_by_its_first_words)
{
    auto const& parts = *info().find("parts")->rows;
    Row row(parts);
    EXPECT_EQ(row_title(parts, row, english), "[part.one]");
    set(parts, row, "colour", std::string{"unknown"});
    EXPECT_EQ(row_title(parts, row, english), "unknown");
    set(parts, row, "what", std::string(200, 'x'));
    EXPECT_EQ(length_utf8(row_title(parts, row, english)), 80U);
}

}  // namespace
}  // namespace greffier::schema
