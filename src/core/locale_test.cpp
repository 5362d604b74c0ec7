#include <thread>

#include <gtest/gtest.h>

#include "core/locale.hpp"
#include "core/text.hpp"

namespace greffier {
namespace {

Locale const fr(Language::French);
Locale const en(Language::English, "Europe/London");
Date day(int y, unsigned m, unsigned d) { return Date{std::chrono::year{y}, std::chrono::month{m}, std::chrono::day{d}}; }

}  // namespace

TEST(Locale, languages_are_recognised_in_their_usual_spellings)
{
    for (auto const* code : {"fr", "FR", "fr-FR", "fr_CA.UTF-8", "fr.UTF-8"}) EXPECT_EQ(parse_language(code), Language::French) << code;
    for (auto const* code : {"en", "en_GB.UTF-8", "en-US"}) EXPECT_EQ(parse_language(code), Language::English) << code;
    for (auto const* code : {"", "f", "de", "C", "fro", "english"}) EXPECT_FALSE(parse_language(code)) << code;
}

TEST(Locale, a_sentence_comes_in_the_language_with_its_arguments)
{
    EXPECT_EQ(fr.text("error.too_long", {{"max", "200"}}), "Ce texte est trop long\u00a0: 200 caractères au plus.");
    EXPECT_EQ(en.text("error.too_long", {{"max", "200"}}), "This text is too long: 200 characters at most.");
}

TEST(Locale, an_argument_is_never_looked_at_again)
{
    EXPECT_EQ(en.text("error.not_unique", {{"value", "{value} {id}"}}), "“{value} {id}” is already used elsewhere.");
    EXPECT_EQ(en.text("error.not_unique", {{"other", "x"}}), "“{value}” is already used elsewhere.");
}

TEST(Locale, a_missing_key_shows_itself_and_is_not_found)
{
    EXPECT_EQ(fr.text("no.such_key"), "[no.such_key]");
    EXPECT_EQ(fr.plural("no.such_key", 2), "[no.such_key]");
    EXPECT_EQ(fr.text(""), "[]") << "the empty msgid is the catalogue's header";
    EXPECT_FALSE(fr.find("no.such_key"));
    EXPECT_FALSE(fr.find(""));
    EXPECT_FALSE(fr.find(std::string(5000, 'x')));
    EXPECT_EQ(fr.find("time.today"), "aujourd’hui");
    EXPECT_EQ(fr.find(std::string_view("time.today.extra").substr(0, 10)), "aujourd’hui") << "a view need not end in NUL";
}

TEST(Locale, zero_is_singular_in_french_and_plural_in_english)
{
    EXPECT_EQ(fr.plural("time.days", 0), "0 jour");
    EXPECT_EQ(fr.plural("time.days", 1), "1 jour");
    EXPECT_EQ(fr.plural("time.days", 2), "2 jours");
    EXPECT_EQ(fr.plural("time.days", 1234), "1\u202f234 jours");
    EXPECT_EQ(en.plural("time.days", 0), "0 days");
    EXPECT_EQ(en.plural("time.days", 1), "1 day");
    EXPECT_EQ(en.plural("time.days", 5'000'000'000), "5,000,000,000 days");
    EXPECT_EQ(en.plural("time.today", 3), "today") << "an entry without plural serves every count";
}

TEST(Locale, numbers_carry_narrow_no_break_blanks_in_french)
{
    EXPECT_EQ(fr.number(1234567), "1\u202f234\u202f567");
    EXPECT_EQ(en.number(1234567), "1,234,567");
    EXPECT_EQ(fr.number(0), "0");
    EXPECT_EQ(en.number(-42), "-42");
    EXPECT_EQ(fr.percent(88), "88\u00a0%");
    EXPECT_EQ(en.percent(88), "88%");
}

TEST(Locale, money_is_exact_to_the_cent)
{
    EXPECT_EQ(fr.money(123450), "1\u202f234,50\u00a0€");
    EXPECT_EQ(en.money(123450), "€1,234.50");
    EXPECT_EQ(en.money(5), "€0.05");
    EXPECT_EQ(en.money(-5), "-€0.05");
    EXPECT_EQ(en.money(9'007'199'254'740'993), "€90,071,992,547,409.93");
}

TEST(Locale, dates_are_written_as_the_reader_writes_them)
{
    EXPECT_EQ(fr.date(day(2026, 3, 30)), "30 mars 2026");
    EXPECT_EQ(fr.date(day(2026, 8, 1)), "1er août 2026");
    EXPECT_EQ(en.date(day(2026, 8, 1)), "1 August 2026");
    EXPECT_EQ(fr.short_date(day(2026, 3, 3)), "03/03/2026");
}

TEST(Locale, instants_are_shown_in_the_zone_of_the_locale)
{
    auto const instant = *parse_timestamp("2026-03-30T13:05:59Z");
    EXPECT_EQ(fr.instant(instant), "30 mars 2026 à 15\u00a0h\u00a005");
    EXPECT_EQ(en.instant(instant), "30 March 2026 at 14:05");
    EXPECT_EQ(Locale(Language::French, "Pacific/Noumea").instant(instant), "31 mars 2026 à 0\u00a0h\u00a005");
}

TEST(Locale, countries_have_names_in_both_languages)
{
    EXPECT_EQ(fr.country("AD"), "Andorre");
    EXPECT_EQ(en.country("de"), "Germany");
    EXPECT_EQ(fr.country("XK"), "Kosovo");
    EXPECT_EQ(fr.country("QQ"), "QQ");
    EXPECT_EQ(fr.country("nowhere"), "NOWHERE");
}

TEST(Locale, sizes_are_rounded_to_what_people_read)
{
    EXPECT_EQ(fr.bytes(0), "0 octet");
    EXPECT_EQ(fr.bytes(999), "999 octets");
    EXPECT_EQ(fr.bytes(1'400'000), "1,4\u00a0Mo");
    EXPECT_EQ(en.bytes(1'000), "1\u00a0kB");
    EXPECT_EQ(en.bytes(999'999), "1\u00a0MB");
    EXPECT_EQ(en.bytes(5'000'000'000'000'000), "5,000\u00a0TB");
}

TEST(Locale, threads_may_share_a_language)
{
    std::vector<std::thread> threads;
    std::vector<std::string> said(4);
    for (auto& one : said) threads.emplace_back([&one] { for (int i = 0; i < 500; ++i) one = fr.plural("time.days", i) + fr.money(i); });
    for (auto& thread : threads) thread.join();
    for (auto const& one : said) EXPECT_EQ(one, "499 jours4,99\u00a0€");
}

TEST(Locale, an_error_is_told_with_each_of_its_fields)
{
    auto error = Error::invalid("invalid");
    error.fields = {{"purposes[2].basis", "required"}, {"", "too_many", {{"max", "3"}}}};
    EXPECT_EQ(describe(error, en), "Some values need correcting. purposes[2].basis: This information is required. There are too many rows: 3 at most.");
    EXPECT_EQ(describe(Error::not_found(), fr), "Cet élément n’existe pas, ou n’existe plus.");
    EXPECT_EQ(describe(Error::conflict("never_heard_of"), fr), "[error.never_heard_of]");
}

}  // namespace greffier
