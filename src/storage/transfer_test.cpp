#include "storage/transfer.hpp"

#include <algorithm>
#include <regex>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/embedded.hpp"
#include "storage/test_database.hpp"

namespace greffier::storage {
namespace {

class TransferTest : public testing::Test {
protected:
    void SetUp() override
    {
        if (!postgres_is_available()) GTEST_SKIP() << "no PostgreSQL server can be started here";
    }
    static void fill(Database& database, std::int64_t records)
    {
        auto const done = database.write([&](Session& session) -> Status {
            auto const child = OrganisationId::make(), parent = OrganisationId::make();
            for (auto const& [id, slug] : {std::pair{parent, "parent"}, {child, "child"}})
                session.execute(SqlText{"INSERT INTO organisation(id, slug, name, kind, language, zone, created_at) VALUES(?,?,'Été','commune','fr','Europe/Paris',-5)"}, id, slug);
            session.execute(SqlText{"UPDATE organisation SET parent_id=? WHERE id=?"}, child, parent);   // made after what it refers to
            for (std::int64_t i = 0; i < records; ++i) {
                auto row = session.query(SqlText{"INSERT INTO record(organisation_id, id, register, version, reference, title, title_key, status, created_at, updated_at, due_at) "
                                                 "VALUES(?,?,'processings',1,?,'Étât ''civil''','etat','draft',0,?,?) RETURNING rid"},
                                         child, RecordId::make(), "T-" + std::to_string(i), i * 9'000'000'000, i % 3 ? std::optional<std::int64_t>{i} : std::nullopt);
                row.next();
                auto const rid = row.integer(0);
                session.execute(SqlText{"INSERT INTO record_body(rid, body) VALUES(?,?)"}, rid, "{\"name\":\"" + std::string(static_cast<std::size_t>(i % 50), 'x') + "\"}");
                session.execute(SqlText{"INSERT INTO record_text(rid, scope, title, folded) VALUES(?,'oaa','etat civil',?)"}, rid, "mot" + std::to_string(i));
                session.execute(SqlText{"INSERT INTO record_version(rid, version, schema_version, recorded_at, body) VALUES(?,1,1,0,?)"}, rid, Bytes{0, 255, static_cast<std::uint8_t>(i), 0});
            }
            return Nothing{};
        });
        ASSERT_TRUE(done.ok());
    }
    static bool finds(Database& database, SqlText question, char const* words)
    {
        return database.read()->query(question, words).next();
    }
};

TEST_F(TransferTest, what_goes_to_a_server_and_back_is_what_it_was)
{
    TestDatabase source{Engine::Sqlite}, server{Engine::Postgres}, back{Engine::Sqlite};
    fill(*source, 250);
    std::vector<std::string> told;
    auto const there = carry_over(*source, *server, [&](std::string const& table, std::int64_t) { told.push_back(table); });
    ASSERT_TRUE(there.ok()) << there.error().code;
    EXPECT_THAT(told, testing::Contains("record_version"));
    auto const again = carry_over(*server, *back);
    ASSERT_TRUE(again.ok());
    ASSERT_EQ(there->size(), again->size());
    for (auto const& table : *there) {
        auto const same = std::ranges::find(*again, table.name, &CarriedTable::name);
        ASSERT_NE(same, again->end());
        EXPECT_EQ(same->rows, table.rows) << table.name;
        EXPECT_EQ(same->digest, table.digest) << table.name;
    }
    EXPECT_TRUE(finds(*server, SqlText{"SELECT 1 FROM record_text WHERE words @@ ?::tsquery"}, "'oaa' & '=mot249':*"));
    EXPECT_TRUE(finds(*back, SqlText{"SELECT 1 FROM record_fts WHERE record_fts MATCH ?"}, "scope : \"oaa\" AND {title folded} : \"mot249\" *"));
    EXPECT_THAT(back->check_integrity(), testing::IsEmpty());
}

TEST(Transfer, every_table_that_a_migration_makes_is_carried)
{
    std::set<std::string> made, carried;
    std::regex const creation(R"(CREATE TABLE (\w+))");
    for (auto const& file : embedded_migrations()) {
        std::string const script{file.content};
        for (std::sregex_iterator found(script.begin(), script.end(), creation); found != std::sregex_iterator(); ++found) made.insert((*found)[1]);
    }
    ASSERT_EQ(made.erase("schema_migration"), 1u);   // the target has its own
    TestDatabase source{Engine::Sqlite}, target{Engine::Sqlite};
    auto const there = carry_over(*source, *target);
    ASSERT_TRUE(there.ok());
    for (auto const& table : *there) carried.insert(table.name);
    EXPECT_EQ(carried, made);
}

TEST_F(TransferTest, numbers_go_on_counting_where_they_arrived)
{
    TestDatabase source{Engine::Sqlite}, server{Engine::Postgres};
    fill(*source, 3);
    ASSERT_TRUE(carry_over(*source, *server).ok());
    ASSERT_TRUE(server->write([](Session& session) -> Status {
        session.execute(SqlText{"INSERT INTO record(organisation_id, id, register, version, reference, title, title_key, status, created_at, updated_at) VALUES(?,?,'p',1,'T','t','t','draft',0,0)"},
                        OrganisationId::make(), RecordId::make());
        return Nothing{};
    }).ok());
}

TEST_F(TransferTest, a_target_that_holds_something_is_left_alone)
{
    TestDatabase source{Engine::Sqlite}, server{Engine::Postgres};
    fill(*source, 3);
    ASSERT_TRUE(server->write([](Session& session) -> Status {
        session.execute(SqlText{"INSERT INTO installation(key, value) VALUES('a', 'b')"});
        return Nothing{};
    }).ok());
    auto const refused = carry_over(*source, *server);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, "target_not_empty");
    EXPECT_FALSE(server->read()->query(SqlText{"SELECT 1 FROM record"}).next());
}

TEST_F(TransferTest, what_the_other_engine_cannot_keep_leaves_nothing_half_done)
{
    TestDatabase source{Engine::Sqlite}, server{Engine::Postgres};
    fill(*source, 3);
    ASSERT_TRUE(source->write([](Session& session) -> Status {
        session.execute(SqlText{"UPDATE record SET title=? WHERE rid=(SELECT max(rid) FROM record)"}, std::string("a\0b", 3));
        return Nothing{};
    }).ok());
    EXPECT_THROW((void)carry_over(*source, *server), StorageFailure);
    EXPECT_FALSE(server->read()->query(SqlText{"SELECT 1 FROM organisation"}).next());
}

}  // namespace
}  // namespace greffier::storage
