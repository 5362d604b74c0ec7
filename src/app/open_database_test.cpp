#include "app/open_database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/application.hpp"
#include "storage/test_database.hpp"

namespace greffier::app {
namespace {

namespace fs = std::filesystem;
using Use = OpenWish::Use;

TEST(Address, shows_no_password)
{
    EXPECT_EQ(without_password("postgresql://ana:secret@host/db"), "postgresql://ana:***@host/db");
    EXPECT_EQ(without_password("postgresql://ana:se@cr:et@host:5432/db?sslmode=require"), "postgresql://ana:***@host:5432/db?sslmode=require");
    EXPECT_EQ(without_password("postgresql://host/db?password=secret&user=ana"), "postgresql://host/db?password=***&user=ana");
    EXPECT_EQ(without_password("host=x password=secret dbname=y"), "host=x password=*** dbname=y");
    EXPECT_EQ(without_password("postgresql://ana@host:5432/db"), "postgresql://ana@host:5432/db");
    EXPECT_EQ(without_password("127.0.0.1:8080"), "127.0.0.1:8080");
}

class ServerDatabase : public testing::Test {
protected:
    void SetUp() override
    {
        if (!storage::postgres_is_available()) GTEST_SKIP() << "no PostgreSQL server can be started here";
        database.emplace(storage::Engine::Postgres, storage::TestDatabase::Start::Empty);
    }
    Result<std::unique_ptr<Application>> open(fs::path const& data, Use use)
    {
        Environment const none = [](std::string const&) { return std::optional<std::string>{}; };
        auto config = Config::load({{"data", data.string()}, {"database", database->url()}}, none);
        return open_application(std::move(config).value(), {use, false}, none);
    }

    storage::TestDirectory parent;
    std::optional<storage::TestDatabase> database;
};

TEST_F(ServerDatabase, an_installation_lives_in_it_with_its_keys_beside)
{
    auto const data = parent.path() / "data";
    EXPECT_FALSE(open(data, Use::Read).ok());
    {
        auto const application = open(data, Use::Write);
        ASSERT_TRUE(application.ok()) << application.error().code;
        EXPECT_EQ((*application)->database->engine(), storage::Engine::Postgres);
        EXPECT_TRUE((*application)->organisations.add({.slug = "ville", .name = "Ville"}, (*application)->now()).ok());
    }
    EXPECT_FALSE(fs::exists(data / "greffier.db"));
    EXPECT_TRUE(fs::exists(data / "keys/ledger.key"));
    auto const again = open(data, Use::Read);
    ASSERT_TRUE(again.ok()) << again.error().code;
    EXPECT_TRUE((*again)->organisations.find("ville"));
}

TEST_F(ServerDatabase, another_directory_has_other_keys_and_is_refused)
{
    ASSERT_TRUE(open(parent.path() / "first", Use::Write).ok());
    auto const other = open(parent.path() / "second", Use::Write);
    ASSERT_FALSE(other.ok());
    EXPECT_EQ(other.error().code, "database_of_other_keys");
    EXPECT_TRUE(open(parent.path() / "first", Use::Write).ok());
}

TEST_F(ServerDatabase, a_lost_key_is_told_and_never_made_anew)
{
    auto const data = parent.path() / "data";
    ASSERT_TRUE(open(data, Use::Write).ok());
    fs::remove(data / "keys/ledger.key");
    auto const opened = open(data, Use::Write);
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().code, "key_missing");
}

}  // namespace
}  // namespace greffier::app
