#include "schema/diff.hpp"

#include <gtest/gtest.h>

#include "schema/test_rows.hpp"
#include "schema/test_sample.hpp"

namespace greffier::schema {
namespace {

using namespace sample;
using What = Change::What;

Row with(std::string_view field, Value value, Row row = Row(info()))
{
    set(info(), row, field, std::move(value));
    return row;
}

Row part(std::string id, std::string what, Value colour = {})
{
    auto const& parts = *info().find("parts")->rows;
    Row row(parts);
    row.id = std::move(id);
    set(parts, row, "what", std::move(what));
    set(parts, row, "colour", std::move(colour));
    return row;
}

Row parts(Rows rows) { return with("parts", std::move(rows)); }

TEST(Diff, a_value_is_set_changed_or_removed)
{
    auto const a = with("name", std::string{"a"}), b = with("name", std::string{"b"}), none = Row(info());
    auto const set_ = diff(info(), none, a);
    ASSERT_EQ(set_.size(), 1U);
    EXPECT_EQ(set_[0].what, What::Set);
    EXPECT_EQ(set_[0].field->name, "name");
    EXPECT_EQ(set_[0].part, nullptr);
    EXPECT_EQ(set_[0].after, Value{std::string{"a"}});
    EXPECT_EQ(diff(info(), a, b)[0].what, What::Changed);
    EXPECT_EQ(diff(info(), b, none)[0].what, What::Removed);
    EXPECT_EQ(diff(info(), b, none)[0].before, Value{std::string{"b"}});
}

TEST(Diff, nothing_is_nothing_however_it_is_written)
{
    auto const empty = with("lines", Texts{}, with("name", std::string{}, with("parts", Rows{}, with("owner", Rows{}))));
    EXPECT_TRUE(diff(info(), empty, Row(info())).empty());
    EXPECT_TRUE(diff(info(), Row{}, empty).empty());
}

TEST(Diff, a_box_nobody_ticked_is_unticked_and_a_question_is_not_answered_by_no)
{
    EXPECT_TRUE(diff(info(), Row(info()), with("ticked", false)).empty());
    EXPECT_FALSE(touches_material(info(), Row(info()), with("ticked", false)));
    EXPECT_EQ(diff(info(), Row(info()), with("ticked", true)).size(), 1U);
    EXPECT_EQ(diff(info(), Row(info()), with("answered", false)).size(), 1U);
}

TEST(Diff, rows_are_followed_by_their_id)
{
    auto const before = parts({part("a", "un"), part("b", "deux"), part("c", "trois")});
    auto const after = parts({part("a", "un"), part("c", "trois bis"), part("d", "quatre")});
    auto const changes = diff(info(), before, after);
    ASSERT_EQ(changes.size(), 3U);
    EXPECT_EQ(changes[0].what, What::Changed);
    EXPECT_EQ(changes[0].row_id, "c");
    EXPECT_EQ(changes[0].row_index, 1);
    EXPECT_EQ(changes[0].part->name, "what");
    EXPECT_EQ(changes[0].before, Value{std::string{"trois"}});
    EXPECT_EQ(changes[1].what, What::RowAdded);
    EXPECT_EQ(changes[1].row_id, "d");
    EXPECT_EQ(changes[1].row_index, 2);
    EXPECT_EQ(std::get<Rows>(changes[1].after).size(), 1U);
    EXPECT_EQ(changes[2].what, What::RowRemoved);
    EXPECT_EQ(changes[2].row_id, "b");
    EXPECT_EQ(changes[2].row_index, 1);
    EXPECT_EQ(std::get<Rows>(changes[2].before)[0].id, "b");
}

TEST(Diff, a_row_that_moved_is_said_to_have_moved)
{
    auto const changes = diff(info(), parts({part("a", "1"), part("b", "2"), part("c", "3")}), parts({part("b", "2"), part("c", "3"), part("a", "1")}));
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_EQ(changes[0].what, What::RowMoved);
    EXPECT_EQ(changes[0].row_id, "a");
    EXPECT_EQ(changes[0].row_index, 2);
}

TEST(Diff, rows_may_come_where_there_was_nothing_and_all_go)
{
    auto const two = parts({part("a", "1"), part("b", "2")});
    EXPECT_EQ(diff(info(), Row(info()), two).size(), 2U);
    EXPECT_EQ(diff(info(), two, parts({}))[1].what, What::RowRemoved);
}

TEST(Diff, an_object_is_compared_part_by_part_even_against_none)
{
    auto owner = [](char const* name, char const* city) {
        Row row(contact_info());
        if (name) set(contact_info(), row, "name", std::string{name});
        if (city) set(contact_info(), row, "city", std::string{city});
        return with("owner", Rows{row});
    };
    auto const changes = diff(info(), owner("Anne", "Ici"), owner("Anne", "Là"));
    ASSERT_EQ(changes.size(), 1U);
    EXPECT_EQ(changes[0].part->name, "city");
    EXPECT_EQ(changes[0].row_index, -1);
    EXPECT_EQ(diff(info(), Row(info()), owner("Anne", "Ici")).size(), 2U);
    EXPECT_EQ(diff(info(), with("owner", Rows{}), owner("Anne", nullptr)).size(), 1U);   // an empty list of parts, not none
    EXPECT_EQ(diff(info(), with("owner", Rows{Row{}}), owner("Anne", nullptr)).size(), 1U);
    EXPECT_EQ(diff(info(), owner("Anne", nullptr), with("owner", Rows{}))[0].what, What::Removed);
}

TEST(Diff, names_each_changed_field_once)
{
    auto const before = parts({part("a", "1"), part("b", "2")});
    auto const after = with("name", std::string{"x"}, parts({part("a", "1 bis"), part("c", "3")}));
    EXPECT_EQ(changed_fields(info(), before, after), (std::vector<std::string>{"name", "parts"}));
}

TEST(Diff, what_was_validated_is_touched_by_material_values_only)
{
    auto const before = parts({part("a", "1", std::string{"red"}), part("b", "2")});
    EXPECT_FALSE(touches_material(info(), before, before));
    EXPECT_FALSE(touches_material(info(), before, with("name", std::string{"x"}, before)));
    EXPECT_TRUE(touches_material(info(), before, with("text", std::string{"x"}, before)));
    EXPECT_FALSE(touches_material(info(), before, parts({part("a", "autre", std::string{"red"}), part("b", "2")})));   // "what" is not material
    EXPECT_TRUE(touches_material(info(), before, parts({part("a", "1", std::string{"green"}), part("b", "2")})));
    EXPECT_FALSE(touches_material(info(), before, parts({part("b", "2"), part("a", "1", std::string{"red"})})));       // an order says nothing
    EXPECT_TRUE(touches_material(info(), before, parts({part("a", "1", std::string{"red"})})));
}

TEST(Links, are_found_in_the_record_and_in_its_rows_with_their_place)
{
    auto const& info_of_parts = *info().find("parts")->rows;
    Rows rows{part("a", "1"), part("b", "2"), part("c", "3")};
    set(info_of_parts, rows[0], "see", std::string{"id-1"});
    set(info_of_parts, rows[2], "see", std::string{"id-2"});
    auto row = with("links", Texts{"id-3", "id-4"}, parts(rows));
    set(info(), row, "see", std::string{"id-5"});
    std::vector<std::string> found;
    for (auto const& link : links_of(info(), row)) found.push_back(link.field + "#" + std::to_string(link.position) + "=" + link.target);
    EXPECT_EQ(found, (std::vector<std::string>{"see#0=id-5", "links#0=id-3", "links#1=id-4", "parts.see#0=id-1", "parts.see#1=id-2"}));
    EXPECT_TRUE(links_of(info(), Row{}).empty());
}

TEST(SearchWords, are_the_folded_words_of_searchable_fields)
{
    auto row = with("name", std::string{"L’Œuvre d'été"}, parts({part("a", "Tri sélectif")}));
    set(info(), row, "lines", Texts{"Première ligne"});
    set(info(), row, "stamp", std::string{"invisible"});
    EXPECT_EQ(search_words(info(), row), "l oeuvre d ete premiere ligne tri selectif");
    EXPECT_EQ(search_words(info(), Row{}), "");
}

TEST(Diff, of_a_row_with_itself_is_empty_and_with_another_never_is)
{
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        auto const a = RowMaker(seed, 60).make(info()), b = RowMaker(seed + 1000, 60).make(info());
        ASSERT_TRUE(diff(info(), a, a).empty()) << seed;
        ASSERT_FALSE(diff(info(), a, b).empty()) << seed;
    }
}

}  // namespace
}  // namespace greffier::schema
