#include "app/application.hpp"

#include <sys/stat.h>

#include <gtest/gtest.h>

#include "app/keeper.hpp"
#include "storage/test_database.hpp"

namespace greffier::app {
namespace {

namespace fs = std::filesystem;
using Use = OpenWish::Use;

mode_t mode_of(fs::path const& path)
{
    struct stat status {};
    ::stat(path.c_str(), &status);
    return status.st_mode & 0777;
}

struct ApplicationTest : testing::Test {
    storage::TestDirectory parent;
    fs::path data = parent.path() / "data";
    Environment none = [](std::string const&) { return std::optional<std::string>{}; };
    Environment clock = [](std::string const& name) { return name == "GREFFIER_CLOCK" ? std::optional<std::string>{"2025-01-02T03:04:05Z"} : std::nullopt; };

    Result<std::unique_ptr<Application>> open(Use use, bool test_clock = false, Environment const& environment = {})
    {
        auto config = Config::load({{"data", data.string()}}, none);
        return open_application(std::move(config).value(), {use, test_clock}, environment ? environment : none);
    }
};

TEST_F(ApplicationTest, a_reader_never_makes_a_directory)
{
    auto const opened = open(Use::Read);
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().code, "data_absent");
    EXPECT_FALSE(fs::exists(data));
}

TEST_F(ApplicationTest, a_new_directory_is_for_its_owner_alone)
{
    ASSERT_TRUE(open(Use::Write).ok());
    EXPECT_EQ(mode_of(data), 0700U);
    EXPECT_EQ(mode_of(data / "keys"), 0700U);
    EXPECT_EQ(mode_of(data / "keys/ledger.key"), 0600U);
    EXPECT_EQ(mode_of(data / "keys/data.key"), 0600U);
    EXPECT_EQ(mode_of(data / "greffier.db"), 0600U);
}

TEST_F(ApplicationTest, a_lost_key_is_told_and_never_made_anew)
{
    ASSERT_TRUE(open(Use::Write).ok());
    fs::remove(data / "keys/ledger.key");
    auto const opened = open(Use::Write);
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().code, "key_missing");
    EXPECT_FALSE(fs::exists(data / "keys/ledger.key"));
}

TEST_F(ApplicationTest, a_second_server_on_a_directory_is_refused)
{
    auto const application = open(Use::Write);
    ASSERT_TRUE(application.ok());
    auto first = (*application)->directory.lock_for_serving();
    ASSERT_TRUE(first.ok());
    auto const second = (*application)->directory.lock_for_serving();
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().code, "already_served");
    *first = nullptr;
    EXPECT_TRUE((*application)->directory.lock_for_serving().ok());
}

TEST_F(ApplicationTest, a_newer_database_is_refused_untouched)
{
    {
        auto const application = open(Use::Write);
        auto const written = (*application)->database->write([](storage::Session& session) -> Status {
            session.execute(storage::SqlText{"INSERT INTO schema_migration(version, name, applied_at) VALUES(9999, 'future', 0)"});
            return Nothing{};
        });
        ASSERT_TRUE(written.ok());
    }
    for (auto const use : {Use::Read, Use::Write}) {
        auto const opened = open(use);
        ASSERT_FALSE(opened.ok());
        EXPECT_EQ(opened.error().code, "database_newer");
    }
}

TEST_F(ApplicationTest, the_clock_of_the_environment_is_for_directories_made_for_tests)
{
    {
        auto const ordinary = open(Use::Write, false, clock);
        ASSERT_TRUE(ordinary.ok());
        EXPECT_EQ((*ordinary)->test_clock, nullptr);
        EXPECT_NE(to_text((*ordinary)->now()), "2025-01-02T03:04:05.000Z");
    }
    EXPECT_EQ(open(Use::Write, true).error().code, "data_not_for_tests");
    data = parent.path() / "tests";
    auto const made = open(Use::Write, true, clock);
    ASSERT_TRUE(made.ok());
    EXPECT_EQ(to_text((*made)->now()), "2025-01-02T03:04:05.000Z");
}

TEST_F(ApplicationTest, an_organisation_is_born_with_its_profile)
{
    auto const opened = open(Use::Write);
    auto& application = **opened;
    auto const organisation = application.organisations.add({"ville", "Ville", "commune"}, application.now());
    ASSERT_TRUE(organisation.ok());
    auto const& kind = *application.registers.find("profile");
    auto const profile = application.records(organisation->id).only(kind);
    ASSERT_TRUE(profile.ok());
    EXPECT_EQ(schema::text_of(*kind.schema, profile->row, "name"), "Ville");
    EXPECT_TRUE(schema::truth_of(*kind.schema, profile->row, "public_body"));
    EXPECT_EQ(application.ledger.head(organisation->id).size, 1U);
}

TEST_F(ApplicationTest, an_older_database_is_copied_once_before_it_is_raised)
{
    {
        auto const opened = open(Use::Write);   // the newest migration has nothing to do on SQLite, and can be done twice
        ASSERT_TRUE((*opened)->database->write([](storage::Session& session) -> Status {
            session.execute(storage::SqlText{"DELETE FROM schema_migration WHERE version=7"});
            return Nothing{};
        }).ok());
        EXPECT_EQ(open(Use::Read).error().code, "database_older");
    }
    ASSERT_TRUE(open(Use::Write).ok());
    EXPECT_EQ(std::distance(fs::directory_iterator(data / "backups"), fs::directory_iterator()), 1);
    ASSERT_TRUE(open(Use::Write).ok());
    EXPECT_EQ(std::distance(fs::directory_iterator(data / "backups"), fs::directory_iterator()), 1);
}

TEST_F(ApplicationTest, a_refused_profile_leaves_no_organisation)
{
    auto const opened = open(Use::Write);
    auto& application = **opened;
    application.organisations.on_created([](storage::Session&, accounts::OrganisationInfo const&, Uuid, Timestamp) { throw std::runtime_error("refused"); });
    EXPECT_THROW((void)application.organisations.add({"ville", "Ville"}, application.now()), std::runtime_error);
    EXPECT_TRUE(application.organisations.all().empty());
}

TEST_F(ApplicationTest, the_keeper_signs_histories_and_notes_the_day)
{
    auto const opened = open(Use::Write, true, clock);
    auto& application = **opened;
    auto const organisation = application.organisations.add({"ville", "Ville"}, application.now());
    Keeper keeper(application);
    keeper.tick();
    EXPECT_TRUE(application.ledger.head(organisation->id).checkpoint.has_value());
    auto session = application.database->read();
    auto row = session->query(storage::SqlText{"SELECT value FROM installation WHERE key='judged_on'"});
    ASSERT_TRUE(row.next());
    EXPECT_EQ(row.text(0), "2025-01-02");
}

TEST(Keeper, judges_each_night_at_three_and_when_it_starts_on_another_day)
{
    auto const yesterday = *parse_date("2026-03-29"), today = *parse_date("2026-03-30");
    EXPECT_FALSE(judging_is_due(yesterday, {today, 2, 59}, false));
    EXPECT_TRUE(judging_is_due(yesterday, {today, 3, 0}, false));
    EXPECT_TRUE(judging_is_due(yesterday, {today, 0, 10}, true));
    EXPECT_FALSE(judging_is_due(today, {today, 23, 0}, true));
    EXPECT_FALSE(judging_is_due(today, {today, 23, 0}, false));
    EXPECT_TRUE(judging_is_due(std::nullopt, {today, 0, 0}, true));
    EXPECT_FALSE(judging_is_due(today, {yesterday, 2, 59}, false));
    EXPECT_TRUE(judging_is_due(today, {yesterday, 3, 0}, false)) << "the clock was set back: what it found ahead of its time is no longer so";
}

}  // namespace
}  // namespace greffier::app
