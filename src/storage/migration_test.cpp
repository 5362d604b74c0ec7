#include "storage/migration.hpp"

#include <algorithm>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/embedded.hpp"
#include "storage/test_database.hpp"
#include "storage/word_index.hpp"

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
    EXPECT_EQ(sqlite[0].shared, "shared 1");
    EXPECT_EQ(sqlite[0].own, "sqlite 1");
    EXPECT_EQ(sqlite[1].shared, "shared 2");
    EXPECT_EQ(sqlite[1].own, "");
    EXPECT_EQ(migrations_of(Engine::Postgres, files)[0].own, "postgres 1");
}

TEST(Migrations, with_a_double_number_or_a_strange_name_are_refused)
{
    EmbeddedFile const twice[] = {{"0001_a.sql", ""}, {"0001_b.sql", ""}};
    EmbeddedFile const strange[] = {{"first.sql", ""}};
    EmbeddedFile const engine[] = {{"0001_a.oracle.sql", ""}};
    EXPECT_THROW(migrations_of(Engine::Sqlite, twice), std::logic_error);
    EXPECT_THROW(migrations_of(Engine::Sqlite, strange), std::logic_error);
    EXPECT_THROW(migrations_of(Engine::Sqlite, engine), std::logic_error);
}

constexpr EmbeddedFile first_release[] = {
    {"0001_base.sql", "CREATE TABLE schema_migration(version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL);"
                      "CREATE TABLE thing(name TEXT)"}};
constexpr EmbeddedFile second_release[] = {first_release[0],
                                           {"0002_colour.sql", "ALTER TABLE thing ADD COLUMN colour TEXT"}};
constexpr EmbeddedFile broken_release[] = {
    first_release[0], {"0002_colour.sql", "ALTER TABLE thing ADD COLUMN colour TEXT; INSERT INTO nowhere VALUES(1)"}};

class MigrateTest : public testing::TestWithParam<Engine> {
protected:
    TestDatabase database{GetParam(), TestDatabase::Start::Empty};

    [[nodiscard]] std::unique_ptr<Database> open_with(std::span<EmbeddedFile const> files) const
    {
        return GetParam() == Engine::Sqlite ? open_sqlite_with(database.file(), files) : open_postgres_with(SecretText{database.url()}, files);
    }
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
    EXPECT_FALSE(database->is_current());
    EXPECT_GT(database->migrate(), 0);
    EXPECT_TRUE(database->is_current());
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

TEST_P(MigrateTest, a_number_that_was_left_out_is_filled_later)
{
    database.close();
    auto const raised_by = [&](std::span<EmbeddedFile const> files) { return open_with(files)->migrate(); };
    EmbeddedFile const gap[] = {first_release[0], {"0003_third.sql", "CREATE TABLE third(name TEXT);"}};
    EmbeddedFile const whole[] = {first_release[0], {"0002_colour.sql", "ALTER TABLE thing ADD COLUMN colour TEXT;"}, gap[1]};
    EXPECT_EQ(raised_by(gap), 2);
    EXPECT_FALSE(open_with(whole)->is_current());
    EXPECT_EQ(raised_by(whole), 1);
    EXPECT_EQ(open_with(whole)->version(), 3);
    EXPECT_TRUE(open_with(whole)->is_current());
}

TEST_P(MigrateTest, a_migration_that_fails_changes_nothing)
{
    database.close();
    open_with(first_release)->migrate();
    EXPECT_ANY_THROW(open_with(broken_release)->migrate());
    auto const again = open_with(second_release);
    EXPECT_EQ(again->version(), 1);
    EXPECT_EQ(again->migrate(), 1);   // would fail, were the column there already
}

TEST(Engines, hold_the_same_columns_in_the_same_order)
{
    if (!postgres_is_available()) GTEST_SKIP() << "no PostgreSQL server can be started here";
    TestDatabase const sqlite{Engine::Sqlite}, postgres{Engine::Postgres};
    auto const columns = [](Database& database, SqlText sql) {
        std::vector<std::string> found;
        auto session = database.read();
        auto rows = session->query(sql);
        while (rows.next()) found.push_back(rows.text(0) + "." + rows.text(1) + " " + rows.text(2) + (rows.integer(3) != 0 ? " not null" : ""));
        return found;
    };
    auto const theirs = columns(*postgres, SqlText{"SELECT c.relname, a.attname, CASE t.typname WHEN 'int8' THEN 'INTEGER' WHEN 'bytea' THEN 'BLOB' WHEN 'text' THEN 'TEXT' ELSE t.typname END, "
                                                   "a.attnotnull FROM pg_attribute a JOIN pg_class c ON c.oid=a.attrelid JOIN pg_type t ON t.oid=a.atttypid "
                                                   "WHERE c.relnamespace = to_regnamespace('public') AND c.relkind='r' AND a.attnum > 0 AND a.attgenerated='' ORDER BY c.relname, a.attnum"});
    auto const ours = columns(*sqlite, SqlText{"SELECT m.name, p.name, p.type, p.\"notnull\" <> 0 OR p.pk <> 0 FROM sqlite_master m JOIN pragma_table_info(m.name) p "
                                               "WHERE m.type='table' AND m.name NOT LIKE 'record\\_fts%' ESCAPE '\\' AND m.name NOT LIKE 'sqlite%' ORDER BY m.name, p.cid"});
    EXPECT_THAT(theirs, testing::ElementsAreArray(ours));
}

TEST_P(MigrateTest, a_database_of_another_program_is_left_alone)
{
    execute(SqlText{"CREATE TABLE recipes(name TEXT)"});
    EXPECT_THROW(database->migrate(), StorageFailure);
    EXPECT_EQ(database->version(), 0);
}

TEST_P(MigrateTest, measures_for_everything_become_a_filter_of_their_list)
{
    std::vector<EmbeddedFile> former;
    std::ranges::copy_if(embedded_migrations(), std::back_inserter(former), [](EmbeddedFile const& file) { return file.name < "0040"; });
    database.close();
    auto const older = open_with(former);
    older->migrate();
    ASSERT_TRUE(older->write([&](Session& session) -> Status {
        auto keep = [&](std::int64_t rid, std::string_view slug, std::string_view body) {
            auto const id = Uuid::make();
            session.execute(SqlText{"INSERT INTO record(rid, organisation_id, id, register, version, reference, title, title_key, status, created_at, updated_at) "
                                    "VALUES(?, ?, ?, ?, 1, 'T', 't', 't', 'in_place', 0, 0)"}, rid, id, id, slug);
            session.execute(SqlText{"INSERT INTO record_body(rid, schema_version, body) VALUES(?, 1, ?)"}, rid, body);
            session.execute(SqlText{"INSERT INTO record_text(rid, scope, title, folded) VALUES(?, 'oaa', 't', '')"}, rid);
        };
        keep(1, "measures", R"({"name":"Charte","everywhere":true})");
        keep(2, "measures", R"({"name":"Coffre","everywhere":false})");
        keep(3, "measures", R"({"name":"Badge"})");
        keep(4, "notices", R"({"everywhere":true})");
        return Nothing{};
    }).ok());
    EXPECT_GT(older->version(), 30);
    auto const raised = open_with(embedded_migrations());
    EXPECT_GT(raised->migrate(), 0);
    auto const session = raised->read();
    auto rows = session->query(SqlText::joined({"SELECT r.rid FROM record r WHERE 1=1", found_by_words}), text_of(GetParam(), {{"oaa", "xeverywherexyes"}, {}}));
    ASSERT_TRUE(rows.next());
    EXPECT_EQ(rows.integer(0), 1);
    EXPECT_FALSE(rows.next());
}

INSTANTIATE_TEST_SUITE_P(Engines, MigrateTest, testing::ValuesIn(tested_engines()), engine_name);

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
