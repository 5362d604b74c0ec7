#include <gtest/gtest.h>

#include "records/silent_examiner.hpp"
#include "records/store.hpp"
#include "schema/test_sample.hpp"
#include "storage/test_database.hpp"

namespace greffier::records {
namespace {

Register const& samples()
{
    static Register const kind{.slug = "samples", .prefix = "S", .icon = "note", .schema = &schema::sample::info(), .title_field = "name", .statuses = {"draft"}};
    return kind;
}

class BinTest : public ::testing::TestWithParam<storage::Engine> {
protected:
    storage::TestDatabase database{GetParam()};
    Registers registers{{&samples()}};
    Silent examiner;
    LedgerKeeper keeper{*database, SigningKey::from_seed(Secret<Bytes>(random_bytes(32))), database.directory() / "checkpoints"};
    Machinery machinery{*database, registers, examiner, keeper};
    OrganisationId town = OrganisationId::make();
    Records records{machinery, town, accounts::Sight::everything()};
    By const by{Uuid::make(), *parse_timestamp("2026-03-01T08:00:00Z")};
    ListQuery query;

    void SetUp() override
    {
        ASSERT_TRUE(database->write([&](storage::Session& session) -> Status {
            session.execute(storage::SqlText{"INSERT INTO organisation(id, slug, name, kind, language, zone, created_at) VALUES(?,'town','town','commune','fr','Europe/Paris',0)"}, town);
            return Nothing{};
        }).ok());
        query.deleted = true;
        query.facets = {"animals:cat"};
        for (int i = 0; i < 5; ++i) {
            throw_away("Chat " + std::to_string(i), {"cat"});
            throw_away("Vache " + std::to_string(i), {"cow"});
        }
        throw_away("Deux", {"cat", "cow"});
    }
    void throw_away(std::string name, schema::Texts animals)
    {
        schema::Row row(schema::sample::info());
        schema::set(schema::sample::info(), row, "name", std::move(name));
        schema::set(schema::sample::info(), row, "base", std::string{"red"});
        schema::set(schema::sample::info(), row, "animals", std::move(animals));
        auto const made = records.create(samples(), {std::move(row)}, by);
        ASSERT_TRUE(made.ok()) << made.error().code;
        ASSERT_TRUE(records.remove(samples(), made->head.id, 0, by).ok());
    }
    std::vector<std::string> titles()
    {
        auto const page = records.list(samples(), query);
        std::vector<std::string> all;
        if (page.ok())
            for (auto const& item : page->items) all.push_back(item.head.title);
        return all;
    }
};
using Titles = std::vector<std::string>;

TEST_P(BinTest, the_bin_is_filtered_by_coded_values_and_counts_what_it_shows)
{
    EXPECT_EQ(titles(), (Titles{"Chat 0", "Chat 1", "Chat 2", "Chat 3", "Chat 4", "Deux"}));
    EXPECT_EQ(records.list(samples(), query)->total, 6);
    query.facets = {"animals:cat", "animals:cow"};
    EXPECT_EQ(titles(), Titles{"Deux"});
    EXPECT_EQ(records.list(samples(), query)->total, 1);
    query.facets = {"animals:dodo"};
    EXPECT_TRUE(titles().empty());
}

TEST_P(BinTest, a_filtered_bin_has_pages_and_can_be_searched)
{
    query.per_page = 4;
    EXPECT_EQ(titles(), (Titles{"Chat 0", "Chat 1", "Chat 2", "Chat 3"}));
    auto const next = records.list(samples(), query)->next;
    ASSERT_FALSE(next.empty());
    query.page = 2;
    EXPECT_EQ(titles(), (Titles{"Chat 4", "Deux"}));
    EXPECT_TRUE(records.list(samples(), query)->next.empty());
    query.page = 1;
    query.after = next;
    EXPECT_EQ(titles(), (Titles{"Chat 4", "Deux"}));
    EXPECT_EQ(records.list(samples(), query)->total, 6);
    query.after.clear();
    query.text = "chat 2";
    EXPECT_EQ(titles(), Titles{"Chat 2"});
}

INSTANTIATE_TEST_SUITE_P(Engines, BinTest, ::testing::ValuesIn(storage::tested_engines()), storage::engine_name);

}  // namespace
}  // namespace greffier::records
