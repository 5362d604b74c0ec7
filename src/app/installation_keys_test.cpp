#include "app/installation_keys.hpp"

#include <gtest/gtest.h>

#include "accounts/totp.hpp"
#include "app/application.hpp"
#include "app/master_key.hpp"
#include "core/key_wrap.hpp"
#include "storage/test_database.hpp"

namespace greffier::app {
namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;
using storage::Session;
using storage::SqlText;

/// An installation whose person has an authenticator, recovery codes and a letter that waits.
class InstallationKeysTest : public testing::TestWithParam<storage::Engine> {
protected:
    void SetUp() override
    {
        if (GetParam() == storage::Engine::Postgres) database.emplace(GetParam(), storage::TestDatabase::Start::Empty);
    }
    std::unique_ptr<Application> open(OpenWish::Use use = OpenWish::Use::Write)
    {
        std::map<std::string, std::string> settings{{"data", data.string()}, {"mail-directory", (parent.path() / "mail").string()}, {"mail-from", "greffier@ville.example"}};
        if (database) settings["database"] = database->url();
        auto config = Config::load(settings, none);
        EXPECT_TRUE(config.ok());
        auto opened = open_application(std::move(config).value(), {use, false}, none);
        EXPECT_TRUE(opened.ok());
        return std::move(opened).value();
    }
    static void write(storage::Database& into, std::function<void(Session&)> const& work)
    {
        auto const done = into.write([&](Session& session) -> Status {
            work(session);
            return Nothing{};
        });
        ASSERT_TRUE(done.ok()) << done.error().code;
    }
    mail::NewMail letter(PersonId to)
    {
        return {.kind = mail::Kind::Invitation, .once = "une", .person = to, .to = {"Claire", "claire@ville.example"}, .subject = "Bienvenue", .text = "Votre lien", .html = "<p>Votre lien</p>",
                .expires_at = now + std::chrono::hours(24)};
    }
    void fill(storage::Database& into, mail::Outbox& outbox, accounts::Factors& factors)
    {
        claire = accounts::People(into).add({.email = "claire@ville.example", .name = "Claire"}, now)->id;
        secret = factors.codes.begin(claire, now);
        write(into, [&](Session& session) {
            EXPECT_TRUE(factors.codes.confirm_in(session, claire, accounts::totp_code(secret.reveal(), accounts::totp_step(now)), now).ok());
            recovery = factors.codes.renew_recovery_in(session, claire, now);
            EXPECT_TRUE(outbox.queue(session, letter(claire), now));
        });
    }
    /// As programs before 0016 did: keys derived from data.key, and no row for them.
    void fill_the_old_way()
    {
        auto const application = open();
        auto& into = *application->database;
        write(into, [](Session& session) { session.execute(SqlText{"DELETE FROM installation WHERE substr(key, 1, 4)='key '"}); });
        mail::Outbox outbox(into, derived_key(application->master, "greffier outbox"), mail::Outbox::Door::Open);
        accounts::Factors factors(into, derived_key(application->master, "greffier persons codes 1"), derived_key(application->master, "greffier persons passkeys 1"));
        fill(into, outbox, factors);
        veiled = outbox.veiled("mot");
    }
    void expect_all_opens(Application& application)
    {
        now += seconds(60);
        write(*application.database, [&](Session& session) {
            EXPECT_TRUE(application.factors.codes.use_in(session, claire, accounts::totp_code(secret.reveal(), accounts::totp_step(now)), now).ok());
            EXPECT_TRUE(application.factors.codes.use_in(session, claire, recovery.back(), now).ok());
        });
        recovery.pop_back();
        auto const owner = Uuid::make();
        auto const taken = application.outbox.take(owner, now);
        ASSERT_TRUE(taken);
        EXPECT_EQ(taken->text, "Votre lien");
        EXPECT_TRUE(application.outbox.note(taken->id, owner, {mail::Delivery::Outcome::Stopped}, now));
        EXPECT_EQ(application.outbox.veiled("mot"), veiled);
    }
    void rotate()
    {
        auto const application = open();
        auto const ledger_key = SigningKey::from_seed(application->directory.ledger_key().value());
        auto const done = rotate_master_key(application->directory, *application->database, ledger_key, application->master, MasterKeyPlace::File, none);
        ASSERT_TRUE(done.ok()) << done.error().code;
        EXPECT_GE(*done, 6);
    }

    storage::TestDirectory parent;
    fs::path data = parent.path() / "data";
    std::optional<storage::TestDatabase> database;
    Environment none = [](std::string const&) { return std::optional<std::string>{}; };
    Timestamp now = *parse_timestamp("2026-03-02T09:00:00Z");
    PersonId claire;
    Secret<Bytes> secret;
    std::vector<std::string> recovery;
    std::string veiled;
};
INSTANTIATE_TEST_SUITE_P(Engines, InstallationKeysTest, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

TEST_P(InstallationKeysTest, what_was_sealed_before_they_were_there_still_opens_and_after_a_rotation)
{
    fill_the_old_way();
    expect_all_opens(*open(OpenWish::Use::Read));   // nothing is kept yet
    expect_all_opens(*open());
    rotate();
    expect_all_opens(*open());
    rotate();
    expect_all_opens(*open(OpenWish::Use::Read));
}

TEST_P(InstallationKeysTest, a_new_installation_has_keys_that_nobody_derives)
{
    {
        auto const application = open();
        EXPECT_NE(application->own_keys.of("outbox").reveal(), derived_key(application->master, "greffier outbox").reveal());
        EXPECT_NE(application->own_keys.of("outbox").reveal(), application->own_keys.of("refusals").reveal());
        EXPECT_THROW((void)application->own_keys.of("nothing"), std::logic_error);
        fill(*application->database, application->outbox, application->factors);
        veiled = application->outbox.veiled("mot");
    }
    expect_all_opens(*open());
    rotate();
    expect_all_opens(*open());
}

TEST_P(InstallationKeysTest, one_put_in_the_place_of_another_opens_nothing)
{
    open();
    auto const application = open();
    write(*application->database, [](Session& session) {
        session.execute(SqlText{"UPDATE installation SET value=(SELECT value FROM installation WHERE key='key refusals') WHERE key='key outbox'"});
    });
    EXPECT_THROW(InstallationKeys::open(*application->database, application->master, true), std::runtime_error);
}

}  // namespace
}  // namespace greffier::app
