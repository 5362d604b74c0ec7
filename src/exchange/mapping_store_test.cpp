#include "exchange/mapping_store.hpp"

#include <gtest/gtest.h>

#include "storage/test_database.hpp"

namespace greffier::exchange {
namespace {

class MappingsTest : public testing::TestWithParam<storage::Engine> {
protected:
    storage::TestDatabase database{GetParam()};
    OrganisationId town = OrganisationId::make(), other = OrganisationId::make();
    Uuid actor = Uuid::make();
    Timestamp now = *parse_timestamp("2026-03-01T08:00:00Z");

    [[nodiscard]] Mappings mappings(OrganisationId organisation, std::string_view slug = "processings") const { return {*database, organisation, slug}; }
    static TableMapping mapping(std::string name, std::vector<std::pair<std::string, std::string>> const& columns)
    {
        TableMapping made;
        made.name = std::move(name);
        for (auto const& [heading, target] : columns) made.columns.push_back({heading, target, {}, {}, {}, {}});
        return made;
    }
    static TableLook look(std::vector<std::string> const& headings)
    {
        TableLook seen;
        for (auto const& heading : headings) {
            LookColumn column;
            column.heading = heading;
            seen.columns.push_back(std::move(column));
        }
        return seen;
    }
};

TEST_P(MappingsTest, a_saved_mapping_is_found_by_its_name_and_replaced_under_it)
{
    auto const store = mappings(town);
    auto const saved = store.save(mapping("  Écoles ", {{"Nom", "name"}}), actor, now);
    ASSERT_TRUE(saved.ok());
    EXPECT_EQ(saved->mapping.name, "Écoles");
    EXPECT_EQ(store.named("ECOLES")->id, saved->id);
    auto const again = store.save(mapping("écoles", {{"Nom", "name"}, {"Lieu", "hosting"}}), actor, now);
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(again->id, saved->id);
    EXPECT_EQ(store.all().size(), 1U);
    EXPECT_EQ(store.find(saved->id)->mapping.columns.size(), 2U);
}

TEST_P(MappingsTest, another_organisation_or_register_sees_nothing_of_it)
{
    auto const saved = *mappings(town).save(mapping("a", {{"Nom", "name"}}), actor, now);
    for (auto const& elsewhere : {mappings(other), mappings(town, "processors")}) {
        EXPECT_EQ(elsewhere.find(saved.id).error().kind, ErrorKind::NotFound);
        EXPECT_EQ(elsewhere.named("a").error().kind, ErrorKind::NotFound);
        EXPECT_EQ(elsewhere.remove(saved.id).error().kind, ErrorKind::NotFound);
        EXPECT_EQ(elsewhere.change(saved.id, mapping("b", {{"Nom", "name"}}), actor, now).error().kind, ErrorKind::NotFound);
        EXPECT_TRUE(elsewhere.all().empty());
    }
    EXPECT_TRUE(mappings(town).remove(saved.id).ok());
}

TEST_P(MappingsTest, the_one_whose_columns_are_there_is_proposed)
{
    auto const store = mappings(town);
    ASSERT_TRUE(store.save(mapping("lieux", {{"Nom", "name"}, {"Lieu", "hosting"}}), actor, now).ok());
    ASSERT_TRUE(store.save(mapping("tout", {{"Nom", "name"}, {"Service", "service"}, {"Notes", "notes"}}), actor, now).ok());
    EXPECT_EQ(store.fitting(look({"nom", "LIEU", "Autre"}))->mapping.name, "lieux");
    EXPECT_FALSE(store.fitting(look({"Nom", "Ailleurs"})));
}

TEST_P(MappingsTest, names_are_asked_for_and_not_given_twice)
{
    auto const store = mappings(town);
    EXPECT_EQ(store.save(mapping(" ", {{"Nom", "name"}}), actor, now).error().fields.at(0).code, "required");
    ASSERT_TRUE(store.save(mapping("a", {{"Nom", "name"}}), actor, now).ok());
    auto const other_one = *store.save(mapping("b", {{"Nom", "name"}}), actor, now);
    EXPECT_EQ(store.change(other_one.id, mapping("A", {{"Nom", "name"}}), actor, now).error().fields.at(0).code, "not_unique");
    EXPECT_EQ(store.change(other_one.id, mapping("c", {{"Nom", "name"}}), actor, now)->mapping.name, "c");
}

INSTANTIATE_TEST_SUITE_P(Engines, MappingsTest, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

} // namespace
} // namespace greffier::exchange
