// What only the engine of a server does: connections that die, locks by organisation, rows one by one, its secrets.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <set>
#include <thread>

#include "storage/test_database.hpp"

namespace greffier::storage {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

Status put(Session& session, std::string const& key, std::string const& value = "x")
{
    session.execute(SqlText{"INSERT INTO installation(key, value) VALUES(?, ?)"}, key, value);
    return Nothing{};
}

std::int64_t number(Session& session, SqlText sql)
{
    auto rows = session.query(sql);
    rows.next();
    return rows.integer(0);
}

class Postgres : public testing::Test {
protected:
    void SetUp() override
    {
        if (!postgres_is_available()) GTEST_SKIP() << "no PostgreSQL server can be started here";
        database.emplace(Engine::Postgres);
    }
    /// As when the server is restarted, or a firewall forgets.
    void cut(std::int64_t connection)
    {
        auto other = database->open();
        ASSERT_TRUE(other->read()->query(SqlText{"SELECT pg_terminate_backend(?::int4, 10000)"}, connection).next());
    }
    static std::int64_t connection_of(Session& session) { return number(session, SqlText{"SELECT pg_backend_pid()"}); }
    std::int64_t count() { return number(*(*database)->read(), SqlText{"SELECT count(*) FROM installation"}); }

    std::optional<TestDatabase> database;
};

TEST_F(Postgres, a_read_whose_connection_is_gone_is_made_on_another)
{
    cut(connection_of(*(*database)->read()));
    EXPECT_EQ(count(), 0);
    auto session = (*database)->read();
    cut(connection_of(*session));
    EXPECT_EQ(number(*session, SqlText{"SELECT count(*) FROM installation"}), 0);
}

TEST_F(Postgres, a_write_that_had_not_begun_is_made_on_another_connection)
{
    cut(connection_of(*(*database)->read()));
    EXPECT_TRUE((*database)->write([](Session& session) { return put(session, "a"); }).ok());
    EXPECT_EQ(count(), 1);
}

TEST_F(Postgres, a_write_cut_in_the_middle_leaves_nothing_and_says_that_it_may_be_tried_again)
{
    int runs = 0;
    try {
        (void)(*database)->write([&](Session& session) {
            ++runs;
            (void)put(session, "a");
            cut(connection_of(session));
            return put(session, "b");
        });
        FAIL() << "was written";
    } catch (Unsure const&) {
        FAIL() << "nothing was kept, and that is sure";
    } catch (Unavailable const& failure) {
        EXPECT_THAT(failure.what(), HasSubstr("nothing was kept"));
    }
    EXPECT_EQ(runs, 1);   // never twice: it may have moved what it was given
    EXPECT_EQ(count(), 0);
    EXPECT_TRUE((*database)->write([](Session& session) { return put(session, "a"); }).ok());
}

TEST_F(Postgres, a_commit_that_got_no_answer_is_told_as_unsure)
{
    EXPECT_THROW((void)(*database)->write([&](Session& session) {
        (void)put(session, "a");
        cut(connection_of(session));
        return Status{Nothing{}};
    }), Unsure);
}

TEST_F(Postgres, no_error_holds_a_password_or_a_statement)
{
    for (auto const* address : {"postgresql://ana:hunter2@127.0.0.1:1/nothing", "postgresql://ana:hunter2@[::bad/x", "postgresql://ana:hunter2@/x?nonsense=1", "host=x password=hunter2"}) {
        try {
            open_postgres(SecretText{address});
            FAIL() << "was opened";
        } catch (StorageFailure const& failure) {
            EXPECT_THAT(failure.what(), Not(HasSubstr("hunter2")));
        }
    }
    try {
        (*database)->read()->query(SqlText{"SELECT nothing FROM nowhere"});
        FAIL() << "was answered";
    } catch (std::logic_error const& failure) {
        EXPECT_THAT(failure.what(), AllOf(HasSubstr("42P01"), Not(HasSubstr("nowhere"))));
    }
}

TEST_F(Postgres, a_server_that_is_not_there_is_said_plainly)
{
    try {
        open_postgres(SecretText{"postgresql://ana@127.0.0.1:1/nothing"});
        FAIL() << "was opened";
    } catch (Unavailable const& failure) {
        EXPECT_THAT(failure.what(), HasSubstr("could not be reached"));
    }
}

TEST_F(Postgres, two_organisations_are_written_at_once)
{
    auto const first = OrganisationId::make(), second = OrganisationId::make();
    std::promise<void> inside, other_done;
    auto slow = std::async(std::launch::async, [&] {
        return (*database)->write([&](Session& session) {
            session.lock(first);
            inside.set_value();
            other_done.get_future().wait();   // for ever, were organisations one behind the other
            return put(session, "a");
        }).ok();
    });
    inside.get_future().wait();
    EXPECT_TRUE((*database)->write([&](Session& session) {
        session.lock(second);
        return put(session, "b");
    }).ok());
    EXPECT_TRUE((*database)->write([&](Session& session) {
        session.lock_nothing();
        return put(session, "c");
    }).ok());
    other_done.set_value();
    EXPECT_TRUE(slow.get());
}

/// Reads a number, adds one, writes it: lost when two do it at once.
void add_one(Session& session)
{
    auto row = session.query(SqlText{"SELECT value FROM installation WHERE key='n'"});
    row.next();
    session.execute(SqlText{"UPDATE installation SET value=? WHERE key='n'"}, std::to_string(std::stoll(row.text(0)) + 1));
}

TEST_F(Postgres, what_a_job_read_still_holds_when_it_writes)
{
    ASSERT_TRUE((*database)->write([](Session& session) { return put(session, "n", "0"); }).ok());
    auto const organisation = OrganisationId::make();
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 8; ++thread)
        threads.emplace_back([&, thread] {
            for (int i = 0; i < 25; ++i)
                EXPECT_TRUE((*database)->write([&](Session& session) -> Status {
                    if (thread % 2 == 0) session.lock(organisation);   // the others take the lock of all
                    add_one(session);
                    return Nothing{};
                }).ok());
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(number(*(*database)->read(), SqlText{"SELECT value::int8 FROM installation WHERE key='n'"}), 200);
}

TEST_F(Postgres, a_job_that_goes_on_after_a_failed_statement_keeps_nothing)
{
    EXPECT_THROW((void)(*database)->write([](Session& session) -> Status {
        (void)put(session, "a");
        try {
            (void)put(session, "a");
        } catch (std::logic_error const&) {   // swallowed
        }
        return Nothing{};
    }), std::logic_error);
    EXPECT_EQ(count(), 0);
}

TEST_F(Postgres, rows_come_one_by_one_and_may_be_left_or_interrupted)
{
    auto session = (*database)->read();
    {
        auto rows = session->stream(SqlText{"SELECT g, repeat('x', 1000) FROM generate_series(1, 100000) g"});
        for (int i = 1; i <= 3; ++i) {
            ASSERT_TRUE(rows.next());
            EXPECT_EQ(rows.integer(0), i);
        }
    }   // left early
    EXPECT_EQ(number(*session, SqlText{"SELECT 7"}), 7);
    auto rows = session->stream(SqlText{"SELECT g FROM generate_series(1, 1000) g"});
    std::int64_t sum = 0;
    while (rows.next()) {
        sum += rows.integer(0);
        if (rows.integer(0) % 100 == 0) {
            EXPECT_EQ(number(*session, SqlText{"SELECT 7"}), 7);   // another statement in between
        }
    }
    EXPECT_EQ(sum, 500'500);
    EXPECT_FALSE(rows.next());
}

TEST_F(Postgres, a_stream_in_a_job_is_left_without_undoing_the_job)
{
    ASSERT_TRUE((*database)->write([](Session& session) -> Status {
        (void)put(session, "a");
        {
            auto rows = session.stream(SqlText{"SELECT g FROM generate_series(1, 100000) g"});
            rows.next();
        }
        return put(session, "b");
    }).ok());
    EXPECT_EQ(count(), 2);
}

TEST_F(Postgres, sums_of_great_numbers_and_truths_are_read_as_integers)
{
    auto session = (*database)->read();
    auto row = session->query(SqlText{"SELECT sum(v), sum(-v), count(*), bool_and(v > 1), 2::int2, sum(v) - sum(v), sum(v) = 1 FROM (VALUES (5000000000::int8), (10000)) t(v)"});
    ASSERT_TRUE(row.next());
    EXPECT_EQ(row.integer(0), 5'000'010'000);
    EXPECT_EQ(row.integer(1), -5'000'010'000);
    EXPECT_EQ(row.text(0), "5000010000");
    EXPECT_EQ(row.integer(2), 2);
    EXPECT_EQ(row.integer(3), 1);
    EXPECT_EQ(row.integer(4), 2);
    EXPECT_EQ(row.integer(5), 0);
    EXPECT_EQ(row.integer(6), 0);
}

TEST_F(Postgres, settings_are_those_of_the_decision)
{
    auto session = (*database)->read();
    auto row = session->query(SqlText{"SELECT current_setting('plan_cache_mode'), current_setting('jit'), current_setting('lock_timeout'), current_setting('default_transaction_read_only')"});
    ASSERT_TRUE(row.next());
    EXPECT_EQ(row.text(0), "force_custom_plan");
    EXPECT_EQ(row.text(1), "off");
    EXPECT_EQ(row.text(2), "15s");
    EXPECT_EQ(row.text(3), "on");
    auto index = session->query(SqlText{"SELECT reloptions::text FROM pg_class WHERE relname='record_text_words'"});
    ASSERT_TRUE(index.next());
    EXPECT_THAT(index.text(0), HasSubstr("fastupdate=off"));
}

/// The address of an account that may read and write the tables but does not own them.
std::string address_of_another(TestDatabase& database)
{
    auto const done = database->write([](Session& session) -> Status {
        session.execute(SqlText{"DO $$BEGIN IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname='greffier_app') THEN CREATE ROLE greffier_app LOGIN; END IF; END$$"});
        session.execute(SqlText{"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO greffier_app"});
        session.execute(SqlText{"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO greffier_app"});
        return Nothing{};
    });
    EXPECT_TRUE(done.ok());
    auto url = database.url();
    return url.replace(url.find("user=postgres"), 13, "user=greffier_app");
}

TEST_F(Postgres, with_row_security_who_works_for_one_organisation_sees_no_other_whatever_it_asks)
{
    auto const ours = OrganisationId::make(), theirs = OrganisationId::make();
    auto const count_of = [](OrganisationId organisation, std::int64_t next) {
        return [=](Session& session) -> Status {
            session.execute(SqlText{"INSERT INTO reference_counter(organisation_id, register, next) VALUES(?, 'p', ?)"}, organisation, next);
            return Nothing{};
        };
    };
    ASSERT_TRUE((*database)->write(count_of(ours, 1)).ok());
    ASSERT_TRUE((*database)->write(count_of(theirs, 2)).ok());
    auto apart = open_postgres(SecretText{address_of_another(*database)}, RowSecurity::On);
    constexpr SqlText everything{"SELECT coalesce(sum(next), 0) FROM reference_counter"};
    EXPECT_EQ(number(*apart->read_of(ours), everything), 1);
    EXPECT_EQ(number(*apart->read_of(theirs), everything), 2);
    EXPECT_EQ(number(*apart->read(), everything), 3);
    ASSERT_TRUE(apart->write([&](Session& session) -> Status {
        session.lock(ours);
        EXPECT_EQ(session.execute(SqlText{"UPDATE reference_counter SET next=next+10"}), 1);
        return Nothing{};
    }).ok());
    EXPECT_EQ(number(*apart->read(), everything), 13);
    EXPECT_THROW((void)apart->write([&](Session& session) -> Status {   // nor can it be written for
        session.lock(ours);
        session.execute(SqlText{"INSERT INTO reference_counter(organisation_id, register, next) VALUES(?, 'q', 0)"}, theirs);
        return Nothing{};
    }), StorageFailure);
    cut(connection_of(*apart->read_of(ours)));
    EXPECT_EQ(number(*apart->read_of(ours), everything), 11);   // on a new connection too
}

TEST_F(Postgres, every_table_has_a_policy_or_is_known_to_need_none)
{
    // Read across organisations by design: who signs in, what is shared down the tree, what is the installation's.
    std::set<std::string, std::less<>> const across{"installation", "schema_migration", "codec", "person", "session", "one_time_link", "organisation", "organisation_slug",
                                                    "membership", "api_token", "term", "custom_field", "custom_option", "mail_outbox", "mail_refusal", "sign_in_place",
                                                    "authenticator", "recovery_code", "passkey", "spent_challenge", "half_sign_in", "linked_identity", "membership_source", "session_origin",
                                                    "founding", "founding_line", "reminder_choice", "calendar_feed", "intake_box"};
    // Without an organisation of their own: reached through a record, an act or a run that has one.
    std::set<std::string, std::less<>> const reached{"record_body", "record_version", "record_link", "record_text", "finding", "import_base", "import_part", "import_before", "act_step"};
    auto session = (*database)->read();
    auto tables = session->query(SqlText{
        "SELECT c.relname, EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid=c.oid AND a.attname='organisation_id'), c.relrowsecurity AND EXISTS (SELECT 1 FROM pg_policy p "
        "WHERE p.polrelid=c.oid AND p.polcmd='*' AND strpos(pg_get_expr(p.polqual, p.polrelid), 'organisation_id = decode(current_setting(''greffier.organisation''') > 0) "
        "FROM pg_class c WHERE c.relnamespace=to_regnamespace(current_schema()) AND c.relkind='r'"});
    int seen = 0;
    while (tables.next()) {
        ++seen;
        auto const table = tables.text(0);
        bool const has_organisation = tables.integer(1) != 0, is_kept_apart = tables.integer(2) != 0;
        EXPECT_NE(is_kept_apart, across.contains(table) || reached.contains(table)) << table << ": give it a policy in a migration, or say here why it needs none";
        if (reached.contains(table)) {
            EXPECT_FALSE(has_organisation) << table;
        }
    }
    EXPECT_GT(seen, 30);
}

TEST_F(Postgres, row_security_that_would_hold_nothing_is_refused)
{
    EXPECT_THROW(open_postgres(SecretText{database->url()}, RowSecurity::On), StorageFailure);
}

TEST_F(Postgres, two_programs_may_migrate_one_empty_database_at_once)
{
    TestDatabase const fresh{Engine::Postgres, TestDatabase::Start::Empty};
    auto const migrate = [&] { return fresh.open()->migrate(); };
    auto first = std::async(std::launch::async, migrate), second = std::async(std::launch::async, migrate);
    EXPECT_GT(first.get() + second.get(), 0);
    EXPECT_TRUE(fresh->is_current());
}

}  // namespace
}  // namespace greffier::storage
