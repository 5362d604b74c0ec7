#include <gtest/gtest.h>

#include <stdexcept>

#include "schema/check.hpp"
#include "schema/test_rows.hpp"
#include "schema/test_sample.hpp"

namespace greffier::schema {
namespace {

using namespace sample;

Sample full_sample()
{
    Sample one;
    one.name = "Cantine";
    one.text = {"Deux\nlignes"};
    one.email = {"cantine@ville.example"};
    one.phone = {"01 02 03 04 05"};
    one.url = {"https://ville.example"};
    one.country = {"FR"};
    one.decimal = {"12.50"};
    one.period = Duration::parse("P1Y6M");
    one.base = Colour::Green;
    one.colour = Colour::Mauve;
    one.animal = {"cat"};
    one.see = SampleId::parse("0190a1b2-0000-7000-8000-000000000001");
    one.ticked = true;
    one.answered = false;
    one.count = 0;
    one.share = Percent{40};
    one.price = Money{125050};
    one.on = parse_date("2026-03-30");
    one.at = parse_timestamp("2026-03-30T13:20:00.123Z");
    one.colours = {Colour::Green, Colour::Red};
    one.animals = {{"cow"}, {"cat"}};
    one.links = {*one.see};
    one.lines = {"une", "deux"};
    one.motto = {"Bonjour", "Hello"};
    one.owner.name = "Anne";
    one.owner.email = {"anne@ville.example"};
    one.proof = {"0190a1b2-0000-7000-8000-0000000000aa", "acte.pdf", "application/pdf", "00ff", "L'acte", 12};
    one.proofs = {one.proof};
    one.proofs[0].id = "0190a1b2-0000-7000-8000-0000000000bb";
    one.detail = {"Détail", {"d@ville.example"}, false, true};
    one.parts.resize(2);
    one.parts[0] = {"0190a1b2-0000-7000-8000-000000000011", {"un"}, Colour::Red, true, true, Duration{.days = 30}, one.on, {{"cat"}}, one.see};
    one.parts[1] = {"0190a1b2-0000-7000-8000-000000000012", {"deux"}, std::nullopt, false, false, std::nullopt, std::nullopt, {}, std::nullopt};
    one.stamp = "sceau";
    return one;
}

TEST(Schema, a_record_of_every_kind_comes_back_from_its_row)
{
    auto const one = full_sample();
    auto const row = schema().pack(one);
    for (std::size_t i = 0; i < row.values.size(); ++i) EXPECT_FALSE(is_empty(row.values[i])) << info().fields[i].name;
    auto const back = schema().unpack(row);
    ASSERT_TRUE(back.ok()) << back.error().code;
    EXPECT_TRUE(*back == one);
    EXPECT_EQ(schema().pack(*back), row);
}

TEST(Schema, an_empty_record_packs_into_absent_values_and_boxes_that_nobody_ticked)
{
    auto const row = schema().pack(Sample{});
    EXPECT_EQ(get(info(), row, "ticked"), Value{false});
    EXPECT_EQ(get(info(), row, "base"), Value{std::string{"red"}});
    for (auto const* absent : {"answered", "count", "share", "owner", "motto", "proof", "proofs", "detail", "parts", "animals", "period", "see", "animal"})
        EXPECT_TRUE(std::holds_alternative<std::monostate>(get(info(), row, absent))) << absent;
    EXPECT_TRUE(*schema().unpack(row) == Sample{});
}

TEST(Schema, an_optional_truth_has_three_answers)
{
    Sample one;
    for (std::optional<bool> answer : {std::optional<bool>{}, std::optional{false}, std::optional{true}}) {
        one.answered = answer;
        EXPECT_EQ(schema().unpack(schema().pack(one))->answered, answer);
    }
    EXPECT_TRUE(info().find("answered")->tristate);
    EXPECT_FALSE(info().find("ticked")->tristate);
}

TEST(Schema, the_answer_no_alone_makes_a_part_that_is_kept)
{
    Sample one;
    one.detail.agreed = false;
    EXPECT_EQ(schema().unpack(schema().pack(one))->detail.agreed, std::optional{false});
}

TEST(Schema, a_value_of_the_wrong_shape_names_its_field)
{
    for (auto const& [field, value] : std::vector<std::pair<char const*, Value>>{
             {"count", std::string{"douze"}}, {"ticked", std::string{"oui"}}, {"base", std::string{"blue"}}, {"see", std::string{"pas un id"}},
             {"period", std::string{"deux ans"}}, {"on", std::string{"31/02/2026"}}, {"at", std::int64_t{1}}, {"lines", std::string{"a"}},
             {"colours", Texts{"red", "blue"}}, {"links", Texts{"x"}}, {"owner", Rows{}}, {"owner", Rows{Row(contact_info()), Row(contact_info())}},
             {"parts", Texts{"a"}}, {"name", std::int64_t{1}}}) {
        auto row = schema().pack(full_sample());
        set(info(), row, field, value);
        auto const read = schema().unpack(row);
        ASSERT_FALSE(read.ok()) << field;
        ASSERT_EQ(read.error().fields.size(), 1U);
        EXPECT_EQ(read.error().fields[0].field, field);
        EXPECT_EQ(read.error().fields[0].code, "wrong_kind");
    }
}

TEST(Schema, a_row_of_an_older_program_may_be_shorter)
{
    auto row = schema().pack(full_sample());
    row.values.resize(2);
    auto const read = schema().unpack(row);
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read->name, "Cantine");
    EXPECT_FALSE(read->count);
    EXPECT_TRUE(is_empty(get(info(), row, "parts")));
}

TEST(Schema, the_type_of_a_member_says_its_kind)
{
    auto kind = [](char const* field) { return info().find(field)->kind; };
    EXPECT_EQ(kind("name"), Kind::String);
    EXPECT_EQ(kind("text"), Kind::Text);
    EXPECT_EQ(kind("period"), Kind::Duration);
    EXPECT_EQ(kind("colours"), Kind::Choices);
    EXPECT_EQ(kind("animals"), Kind::Terms);
    EXPECT_EQ(kind("links"), Kind::Links);
    EXPECT_EQ(kind("lines"), Kind::Strings);
    EXPECT_EQ(kind("proof"), Kind::Attachment);
    EXPECT_EQ(kind("proofs"), Kind::Attachments);
    EXPECT_EQ(kind("detail"), Kind::Object);
    EXPECT_EQ(kind("parts"), Kind::Rows);
    EXPECT_EQ(info().find("colour")->list->name, "colour");
    EXPECT_EQ(info().find("parts")->rows->name, "part");
    EXPECT_TRUE(info().find("animals")->list->open);
}

TEST(Schema, a_field_without_section_stands_in_the_one_before)
{
    EXPECT_EQ(info().sections, (std::vector<std::string>{"one", "several"}));
    EXPECT_EQ(info().find("at")->section, "one");
    EXPECT_EQ(info().find("stamp")->section, "several");
}

TEST(Schema, fields_are_reached_by_name_and_an_unknown_one_is_a_mistake_of_ours)
{
    Row row(info());
    set(info(), row, "name", std::string{"x"});
    EXPECT_EQ(text_of(info(), row, "name"), "x");
    EXPECT_EQ(text_of(info(), row, "nothing"), "");
    EXPECT_FALSE(truth_of(info(), row, "ticked"));
    EXPECT_EQ(info().index_of("nothing"), -1);
    EXPECT_THROW(set(info(), row, "nothing", Value{}), std::logic_error);
}

TEST(Schema, a_flag_of_a_list_is_a_whole_word)
{
    auto const* cat = Animals::list().find("cat");
    EXPECT_TRUE(cat->has_flag("pet"));
    EXPECT_TRUE(cat->has_flag("small"));
    EXPECT_FALSE(cat->has_flag("pe"));
    EXPECT_FALSE(cat->has_flag("mall"));
    EXPECT_EQ(Animals::list().find("unicorn"), nullptr);
}

TEST(Duration, is_read_strictly_and_written_canonically)
{
    for (auto const* text : {"P5Y", "P18M", "P1Y6M", "P2W", "P30D", "P1Y2M3W4D", "P9999D"}) EXPECT_EQ(Duration::parse(text)->text(), text);
    EXPECT_EQ(Duration::parse("P05Y")->text(), "P5Y");
    EXPECT_EQ(Duration::parse("P1Y0M")->text(), "P1Y");
    for (auto const* text : {"", "P", "P5", "5Y", "PT5H", "P-5Y", "P5Y5Y", "P6M1Y", "P0D", "P10000D", "P99999999999Y", "P1,5Y", "p5y", "P5Y "})
        EXPECT_FALSE(Duration::parse(text)) << text;
    EXPECT_DOUBLE_EQ(Duration::parse("P4Y")->approximate_days(), 1461.0);
}

TEST(Schema, rows_made_by_chance_come_back_through_the_struct)
{
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        auto const row = RowMaker(seed, static_cast<int>(seed % 5) * 25).make(info());
        ASSERT_EQ(check(info(), row, {}).size(), 0U) << seed << " " << check(info(), row, {})[0].field << " " << check(info(), row, {})[0].code;
        auto const back = schema().unpack(row);
        ASSERT_TRUE(back.ok()) << seed;
        auto again = schema().pack(*back);
        normalise(info(), again);
        ASSERT_EQ(again, row) << seed;
    }
}

}  // namespace
}  // namespace greffier::schema
