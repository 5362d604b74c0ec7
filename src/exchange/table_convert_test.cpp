#include "exchange/table_convert.hpp"

#include <gtest/gtest.h>

#include "exchange/table_words.hpp"
#include "registers/processing/processing.hpp"

namespace greffier::exchange {
namespace {

std::string date_words(std::string_view text, DateOrder order = DateOrder::DayFirst)
{
    auto const read = date_from_text(text, order);
    return read ? to_text(read->date) + (read->completed ? "?" : "") : "";
}

TEST(TableConvert, a_date_is_read_as_it_is_written_here)
{
    EXPECT_EQ(date_words("26/05/2018"), "2018-05-26");
    EXPECT_EQ(date_words("2018-05-26"), "2018-05-26");
    EXPECT_EQ(date_words("26.05.2018 14:30"), "2018-05-26");
    EXPECT_EQ(date_words("26-5-18"), "2018-05-26?");
    EXPECT_EQ(date_words("05/26/2018", DateOrder::MonthFirst), "2018-05-26");
    EXPECT_EQ(date_words("1er mars 2020"), "2020-03-01");
    EXPECT_EQ(date_words("March 3, 2020"), "2020-03-03");
    EXPECT_EQ(date_words("31/02/2020"), "");
    EXPECT_EQ(date_words("12/2020"), "");
    EXPECT_EQ(date_words("courant mars"), "");
}

TEST(TableConvert, figures_say_which_part_is_the_day_only_when_one_is_above_twelve)
{
    EXPECT_EQ(date_hint("26/05/2018"), DateHint::DayFirst);
    EXPECT_EQ(date_hint("05/26/2018"), DateHint::MonthFirst);
    EXPECT_EQ(date_hint("05/06/2018"), DateHint::Either);
    EXPECT_EQ(date_hint("05/05/2018"), DateHint::None);
    EXPECT_EQ(date_hint("2018-05-26"), DateHint::None);
}

TEST(TableConvert, a_number_without_format_is_counted_from_the_days_of_its_own_book)
{
    auto const& field = *processing::processing_schema().info().find("start_date");
    documents::TableCell const cell{documents::CellKind::Number, "42369", "42369", false, false};
    EXPECT_EQ(convert(field, cell, {.from_1904 = true}).value, schema::Value{*parse_date("2020-01-01")});
    EXPECT_EQ(convert(field, cell, {}).value, schema::Value{*parse_date("2015-12-31")});
}

TEST(TableConvert, a_bare_number_is_a_day_only_within_a_lifetime)
{
    EXPECT_EQ(date_from_serial("43831"), parse_date("2020-01-01"));
    EXPECT_EQ(date_from_serial("42369", true), parse_date("2020-01-01"));
    EXPECT_FALSE(date_from_serial("2020"));
    EXPECT_EQ(date_from_serial("10959"), parse_date("1930-01-01"));
    EXPECT_FALSE(date_from_serial("10958"));
    EXPECT_EQ(date_from_serial("73415"), parse_date("2100-12-31"));
    EXPECT_FALSE(date_from_serial("73416"));
    EXPECT_FALSE(date_from_serial("999999"));
}

TEST(TableConvert, numbers_keep_their_value_whatever_their_marks)
{
    EXPECT_EQ(plain_number("1 234,50"), "1234.50");
    EXPECT_EQ(plain_number("1.234,5 €"), "1234.5");
    EXPECT_EQ(plain_number("1,234.5"), "1234.5");
    EXPECT_EQ(plain_number("12 %"), "12");
    EXPECT_EQ(plain_number("-3"), "-3");
    EXPECT_FALSE(plain_number("environ 300"));
    EXPECT_FALSE(plain_number("1,2,3.4.5"));
    EXPECT_FALSE(plain_number(""));
}

TEST(TableConvert, an_identifier_in_scientific_writing_comes_back_or_is_said_lost)
{
    EXPECT_EQ(unscientific("5,52100554E+08")->digits, "552100554");
    EXPECT_FALSE(unscientific("5,52100554E+08")->lost);
    EXPECT_TRUE(unscientific("1,23E+14")->lost);
    EXPECT_FALSE(unscientific("R-1E+2"));
    EXPECT_FALSE(unscientific("E+5"));
}

TEST(TableConvert, periods_are_read_in_words_or_with_the_unit_of_the_column)
{
    EXPECT_EQ(duration_from_text("5 ans", ""), "P5Y");
    EXPECT_EQ(duration_from_text("10 years", ""), "P10Y");
    EXPECT_EQ(duration_from_text("18", "M"), "P18M");
    EXPECT_EQ(duration_from_text("1,5", "Y"), "P18M");
    EXPECT_FALSE(duration_from_text("18", ""));
    EXPECT_FALSE(duration_from_text("douze lunes", "M"));
    EXPECT_EQ(duration_from_text("2,0", "Y"), "P2Y");
    EXPECT_EQ(duration_from_text("1,50", "Y"), "P18M");
    EXPECT_FALSE(duration_from_text("1,5", "M"));
    EXPECT_FALSE(duration_from_text("99999999999999999999,5", "Y")) << "more figures than a number holds";
}

TEST(TableConvert, a_period_that_says_from_when_it_runs_keeps_its_words)
{
    auto const& field = *processing::processing_schema().info().find("data_categories")->rows->find("archive_period");
    auto const converted = [&](std::string const& text) { return convert(field, {documents::CellKind::Text, text, {}, false, false}, {}); };
    EXPECT_EQ(converted("10 ans à compter de la clôture").value, schema::Value{std::string{"P10Y"}});
    EXPECT_EQ(converted("10 ans à compter de la clôture").words, "10 ans à compter de la clôture");
    EXPECT_EQ(converted("10 ans").words, "");
    EXPECT_FALSE(converted("P99999Y").taken) << "a record is not refused for it";
}

TEST(TableConvert, several_values_of_a_cell_lose_their_bullets_and_nothing_else)
{
    using Values = std::vector<std::string>;
    EXPECT_EQ(values_of("- a\n• b ; c\n\n", "auto"), (Values{"a", "b", "c"}));
    EXPECT_EQ(values_of("a, b\nc", ","), (Values{"a", "b", "c"}));
    EXPECT_EQ(values_of("a ; b", ""), (Values{"a ; b"}));
}

TEST(TableConvert, words_of_choices_are_ours_in_both_languages_or_those_of_usual_registers)
{
    auto const& basis = processing::choices_of(processing::LegalBasis{}).list;
    EXPECT_EQ(code_of_word(basis, "Obligation légale")->code, "c");
    EXPECT_EQ(code_of_word(basis, "Public task")->code, "e");
    EXPECT_EQ(code_of_word(basis, "6.1.e")->code, "e");
    EXPECT_FALSE(code_of_word(basis, "Obligation légale (Code du travail)")->code != "c");
    EXPECT_FALSE(code_of_word(basis, "Décision du maire"));
    auto const& data = DataCategories::list();
    EXPECT_EQ(code_of_word(data, "allergies")->code, "health");
    EXPECT_FALSE(code_of_word(data, "allergies")->exact);
    EXPECT_EQ(nearest_code(basis, "obligaton legal"), "c");
    EXPECT_FALSE(nearest_code(basis, "zzz"));
}

TEST(TableConvert, yes_no_and_nothing_are_told_from_words)
{
    EXPECT_EQ(truth_of_word("Oui"), true);
    EXPECT_EQ(truth_of_word("✓"), true);
    EXPECT_EQ(truth_of_word("non"), false);
    EXPECT_FALSE(truth_of_word("peut-être"));
    EXPECT_TRUE(says_nothing_here("Néant"));
    EXPECT_TRUE(says_nothing_here("Sans objet"));
    EXPECT_FALSE(says_nothing_here("Norvège"));
    EXPECT_EQ(country_in("Oui, États-Unis (CCT)"), "US");
    EXPECT_FALSE(country_in("ou bien la suite"));
}

} // namespace
} // namespace greffier::exchange
