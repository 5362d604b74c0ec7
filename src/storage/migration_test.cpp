#include "storage/migration.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/test_database.hpp"

namespace greffier::storage {
namespace {

TEST(Migrations, are_read_from_the_names_of_their_files)
{
    EmbeddedFile const files[] = {{"0002_more.sql", "shared 2"},
                                  {"0001_base.sql", "shared 1"},
                                  {"0001_base.sqlite.sql", "sqlite 1"},
                                  {"0001_base.postgres.sql", "postgres 1"}};
    auto const sqlite = migrations_of(Engine::Sqlite, files);
    ASSERT_EQ(sqlite.size(), 2u);
    EXPECT_EQ(sqlite[0].name, "base");
    EXPECT_THAT(sqlite[0].scripts, testing::ElementsAre("sqlite 1", "shared 1"));
    EXPECT_THAT(sqlite[1].scripts, testing::ElementsAre("shared 2"));
    EXPECT_THAT(migrations_of(Engine::Postgres, files)[0].scripts, testing::ElementsAre("postgres 1", "shared 1"));
}

TEST(Migrations, with_a_gap_a_double_number_or_a_strange_name_are_refused)
{
    EmbeddedFile const gap[] = {{"0001_a.sql", ""}, {"0003_b.sql", ""}};
    EmbeddedFile const twice[] = {{"0001_a.sql", ""}, {"0001_b.sql", ""}};
    EmbeddedFile const strange[] = {{"first.sql", ""}};
    EmbeddedFile const engine[] = {{"0001_a.oracle.sql", ""}};
    EXPECT_THROW(migrations_of(Engine::Sqlite, gap), std::logic_error);
    EXPECT_THROW(migrations_of(Engine::Sqlite, twice), std::logic_error);
    EXPECT_THROW(migrations_of(Engine::Sqlite, strange), std::logic_error);
    EXPECT_THROW(migrations_of(Engine::Sqlite, engine), std::logic_error);
}

class MigrateTest : public testing::TestWithParam<Engine> {
protected:
    TestDatabase database{GetParam(), TestDatabase::Start::Empty};

    void execute(SqlText sql)
    {
        ASSERT_TRUE(database->write([&](Session& session) -> Status {
            session.execute(sql);
            return Nothing{};
        }).ok());
    }
};

TEST_P(MigrateTest, an_empty_database_gets_every_table_once)
{
    EXPECT_EQ(database->version(), 0);
    EXPECT_EQ(database->migrate(), newest_version());
    EXPECT_EQ(database->version(), newest_version());
    EXPECT_EQ(database->migrate(), 0);
    EXPECT_FALSE(std::filesystem::exists(database.directory() / "backups"));   // there was nothing to keep
}

TEST_P(MigrateTest, a_newer_database_is_refused_in_plain_words)
{
    database->migrate();
    execute(SqlText{"INSERT INTO schema_migration(version, name, applied_at) VALUES(9999, 'future', 0)"});
    try {
        database->migrate();
        FAIL() << "was accepted";
    } catch (StorageFailure const& failure) {
        EXPECT_THAT(failure.what(), testing::AllOf(testing::HasSubstr("newer program"), testing::HasSubstr("9999")));
    }
}

TEST_P(MigrateTest, a_database_of_another_program_is_left_alone)
{
    execute(SqlText{"CREATE TABLE recipes(name TEXT)"});
    EXPECT_THROW(database->migrate(), StorageFailure);
    EXPECT_EQ(database->version(), 0);
}

INSTANTIATE_TEST_SUITE_P(Engines, MigrateTest, testing::ValuesIn(tested_engines()), engine_name);

constexpr EmbeddedFile first_release[] = {
    {"0001_base.sql", "CREATE TABLE schema_migration(version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL);"
                      "CREATE TABLE thing(name TEXT)"}};
constexpr EmbeddedFile second_release[] = {first_release[0],
                                           {"0002_colour.sql", "ALTER TABLE thing ADD COLUMN colour TEXT"}};
constexpr EmbeddedFile broken_release[] = {
    first_release[0], {"0002_colour.sql", "ALTER TABLE thing ADD COLUMN colour TEXT; INSERT INTO nowhere VALUES(1)"}};

TEST(SqliteMigrate, an_older_database_is_copied_before_it_is_raised)
{
    TestDirectory directory;
    auto const path = (directory.path() / "greffier.db").string();
    EXPECT_EQ(open_sqlite_with(path, first_release)->migrate(), 1);
    EXPECT_EQ(open_sqlite_with(path, second_release)->migrate(), 1);
    EXPECT_EQ(open_sqlite_with(path, second_release)->version(), 2);
    auto const copy = (directory.path() / "backups" / "greffier.db.before-2").string();
    ASSERT_TRUE(std::filesystem::exists(copy));
    EXPECT_EQ(open_sqlite_with(copy, second_release)->version(), 1);
}

TEST(SqliteMigrate, a_migration_that_fails_changes_nothing)
{
    TestDirectory directory;
    auto const path = (directory.path() / "greffier.db").string();
    open_sqlite_with(path, first_release)->migrate();
    EXPECT_ANY_THROW(open_sqlite_with(path, broken_release)->migrate());
    auto database = open_sqlite_with(path, second_release);
    EXPECT_EQ(database->version(), 1);
    EXPECT_EQ(database->migrate(), 1);   // would fail, were the column there already
    EXPECT_TRUE(std::filesystem::exists(directory.path() / "backups" / "greffier.db.before-2-2"));
}

}  // namespace
}  // namespace greffier::storage
