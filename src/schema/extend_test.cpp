#include "schema/extend.hpp"

#include <gtest/gtest.h>

#include "schema/check.hpp"
#include "schema/diff.hpp"
#include "schema/json.hpp"
#include "schema/show.hpp"
#include "schema/test_sample.hpp"

namespace greffier::schema {
namespace {

using sample::info;

Locale const french{Language::French}, english{Language::English};

Additions with_terms(std::vector<AddedTerm> terms) { return {std::move(terms), {}}; }
AddedTerm const hen{"animal", "hen", "Poule d’eau", "Moorhen"}, owl{"animal", "owl", "Chouette", "Owl", true};

Row named(SchemaInfo const& schema, char const* code)
{
    Row row(schema);
    set(schema, row, "name", std::string{"a"});
    set(schema, row, "base", std::string{"red"});
    set(schema, row, "animal", std::string{code});
    return row;
}

TEST(Extension, what_concerns_no_list_leaves_the_shipped_schema_itself)
{
    Extension const nothing(info(), {});
    EXPECT_EQ(&nothing.info(), &info());
    Extension const elsewhere(info(), with_terms({{"planet", "mars", "Mars", "Mars"}, {"colour", "pink", "Rose", "Pink"}}));   // colours are a closed list
    EXPECT_EQ(&elsewhere.info(), &info());
}

TEST(Extension, an_added_term_is_known_in_fields_and_in_owned_rows_and_nowhere_else)
{
    Extension const extended(info(), with_terms({hen, owl}));
    EXPECT_TRUE(check(extended.info(), named(extended.info(), "hen")).empty());
    EXPECT_TRUE(check(extended.info(), named(extended.info(), "owl")).empty()) << "a retired term stays storable";
    EXPECT_FALSE(check(info(), named(info(), "hen")).empty());
    EXPECT_TRUE(extended.info().find("parts")->rows->find("animals")->list->find("hen"));
    EXPECT_FALSE(sample::Animals::list().find("hen"));
    EXPECT_TRUE(extended.info().find("animal")->list->open);
}

TEST(Extension, labels_are_data_in_the_readers_language)
{
    Extension const extended(info(), with_terms({hen}));
    auto const& field = *extended.info().find("animal");
    EXPECT_EQ(show(field, Value{std::string{"hen"}}, french), "Poule d’eau");
    EXPECT_EQ(show(field, Value{std::string{"hen"}}, english), "Moorhen");
    EXPECT_EQ(show(*info().find("animal"), Value{std::string{"hen"}}, french), "hen");
}

TEST(Extension, a_term_is_found_by_the_words_of_both_its_labels)
{
    Extension const extended(info(), with_terms({hen}));
    auto const words = " " + search_words(extended.info(), named(extended.info(), "hen")) + " ";
    EXPECT_NE(words.find(" poule "), std::string::npos) << words;
    EXPECT_NE(words.find(" moorhen "), std::string::npos) << words;
}

TEST(Extension, a_shipped_code_keeps_its_meaning)
{
    Extension const extended(info(), with_terms({{"animal", "cat", "Autre chose", "Something else"}}));
    EXPECT_EQ(&extended.info(), &info());
}

TEST(Extension, of_two_terms_with_one_code_the_first_counts)
{
    Extension const extended(info(), with_terms({hen, {"animal", "hen", "Gélinotte", "Grouse"}}));
    EXPECT_EQ(extended.info().find("animal")->list->find("hen")->label_fr, "Poule d’eau");
    EXPECT_EQ(extended.info().find("animal")->list->entries.size(), sample::Animals::list().entries.size() + 1);
}

TEST(Extension, fields_follow_the_shipped_ones_so_that_the_struct_reads_either_row)
{
    AddedField colour;
    colour.field.name = "custom.colour";
    colour.field.kind = Kind::Choice;
    colour.field.section = "several";
    colour.field.label_fr = "Couleur du dossier";
    colour.options = {{"", "blue", "Bleu", "Blue", false}};
    Extension const extended(info(), {{}, {colour}});
    auto row = carry(info(), named(info(), "cat"), extended.info());
    set(extended.info(), row, "custom.colour", std::string{"blue"});
    EXPECT_TRUE(check(extended.info(), row).empty());
    EXPECT_EQ(label(extended.info(), *extended.info().find("custom.colour"), english), "Couleur du dossier");
    EXPECT_EQ(show(*extended.info().find("custom.colour"), get(extended.info(), row, "custom.colour"), english), "Blue");
    auto const record = sample::schema().unpack(row);
    ASSERT_TRUE(record.ok());
    EXPECT_EQ(record->name, "a");
    set(extended.info(), row, "custom.colour", std::string{"pink"});
    EXPECT_EQ(check(extended.info(), row).at(0).field, "custom.colour");
}

TEST(Carry, values_follow_their_name_and_what_the_editor_does_not_know_is_kept)
{
    AddedField note;
    note.field.name = "custom.note";
    Extension const extended(info(), {{}, {note}});
    auto stored = carry(info(), named(info(), "cat"), extended.info());
    set(extended.info(), stored, "custom.note", std::string{"gardé"});
    auto edited = carry(extended.info(), stored, info());
    EXPECT_EQ(edited.values.size(), info().fields.size());
    set(info(), edited, "animal", std::string{"cow"});
    auto const written = carry(info(), edited, extended.info(), stored);
    EXPECT_EQ(text_of(extended.info(), written, "animal"), "cow");
    EXPECT_EQ(text_of(extended.info(), written, "custom.note"), "gardé");
}

}  // namespace
}  // namespace greffier::schema
