#include "app/move.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <stdexcept>

#include "storage/test_database.hpp"

namespace greffier::app {
namespace {

namespace fs = std::filesystem;

struct MoveTest : testing::TestWithParam<storage::Engine> {
    storage::TestDirectory parent;
    storage::TestDatabase server{GetParam(), storage::TestDatabase::Start::Empty};
    fs::path target = parent.path() / "some/where";
    std::string const to = "sqlite:" + target.string();
    std::function<void(std::string const&, std::int64_t)> quietly = [](auto const&, auto) {};

    std::unique_ptr<Application> source()
    {
        server.close();
        std::map<std::string, std::string> chosen{{"data", (parent.path() / "data").string()}};
        if (!server.url().empty()) chosen["database"] = server.url();
        auto config = Config::load(chosen, [](std::string const&) { return std::optional<std::string>{}; });
        auto opened = open_application(std::move(config).value(), {OpenWish::Use::Write, false}, [](std::string const&) { return std::optional<std::string>{}; });
        EXPECT_TRUE(opened.ok());
        return std::move(opened).value();
    }
};

TEST_P(MoveTest, a_move_that_fails_leaves_neither_keys_nor_directories)
{
    auto const application = source();
    auto const dies = [](std::string const&, std::int64_t) { throw std::runtime_error("the disk is full"); };
    EXPECT_THROW((void)move_to(*application, to, dies), std::runtime_error);
    EXPECT_FALSE(fs::exists(parent.path() / "some"));
    EXPECT_TRUE(fs::exists(parent.path() / "data/keys/ledger.key")) << "the source is left as it was";
    EXPECT_TRUE(move_to(*application, to, quietly).ok()) << "and nothing stands in the way of the next try";
    EXPECT_TRUE(fs::exists(target / "keys/ledger.key"));
}

TEST_P(MoveTest, a_move_that_fails_takes_away_nothing_that_was_there)
{
    auto const application = source();
    fs::create_directories(target);
    auto const dies = [&](std::string const&, std::int64_t) {
        std::ofstream(target / "note.txt") << "put there meanwhile";
        throw std::runtime_error("the disk is full");
    };
    EXPECT_THROW((void)move_to(*application, to, dies), std::runtime_error);
    EXPECT_TRUE(fs::exists(target / "note.txt"));
    EXPECT_FALSE(fs::exists(target / "keys"));
    EXPECT_FALSE(fs::exists(target / "greffier.db"));
    EXPECT_EQ(move_to(*application, to, quietly).error().code, "target_not_empty");
    EXPECT_TRUE(fs::exists(target / "note.txt"));
}

INSTANTIATE_TEST_SUITE_P(Engines, MoveTest, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

}  // namespace
}  // namespace greffier::app
