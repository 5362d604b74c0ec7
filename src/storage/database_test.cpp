#include "storage/database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "storage/test_database.hpp"

namespace greffier::storage {
namespace {

class DatabaseTest : public testing::TestWithParam<Engine> {
protected:
    TestDatabase database{GetParam()};
};

Status put(Session& session, std::string const& key, std::string const& value = "x")
{
    session.execute(SqlText{"INSERT INTO installation(key, value) VALUES(?, ?)"}, key, value);
    return Nothing{};
}

std::int64_t count(Session& session)
{
    auto rows = session.query(SqlText{"SELECT count(*) FROM installation"});
    rows.next();
    return rows.integer(0);
}

bool holds(Database& database, std::string const& key)
{
    auto session = database.read();
    return session->query(SqlText{"SELECT 1 FROM installation WHERE key=?"}, key).next();
}

TEST_P(DatabaseTest, a_reader_sees_what_was_written)
{
    ASSERT_TRUE(database->write([](Session& session) { return put(session, "a", "été"); }).ok());
    auto session = database->read();
    auto row = session->query(SqlText{"SELECT value, NULL FROM installation WHERE key=?"}, "a");
    ASSERT_TRUE(row.next());
    EXPECT_EQ(row.text(0), "été");
    EXPECT_TRUE(row.is_null(1));
    EXPECT_FALSE(row.next());
    EXPECT_FALSE(row.next());   // the end stays the end
}

TEST_P(DatabaseTest, a_reader_does_not_see_a_write_before_its_commit)
{
    std::int64_t seen = -1;
    ASSERT_TRUE(database->write([&](Session& session) {
        auto status = put(session, "a");
        seen = count(*database->read());
        return status;
    }).ok());
    EXPECT_EQ(seen, 0);
    EXPECT_EQ(count(*database->read()), 1);
}

TEST_P(DatabaseTest, every_kind_of_value_comes_back_as_it_went_in)
{
    auto const id = OrganisationId::make();
    auto const when = from_millis(1'774'000'000'123);
    Bytes const empty;
    ASSERT_TRUE(database->write([&](Session& session) -> Status {
        session.execute(SqlText{"INSERT INTO person(id, email, email_shown, name, created_at, locked_until) VALUES(?, ?, ?, ?, ?, ?)"},
                        id, std::string_view{}, "Ana@example.org", "Ana", when, std::optional<Timestamp>{});
        auto const changed = session.execute(
            SqlText{"INSERT INTO session(token_hash, person_id, csrf_secret, created_at, seen_at, expires_at) VALUES(?, ?, ?, ?, ?, ?)"},
            id, id, empty, when, std::int64_t{5'000'000'000}, 0);
        EXPECT_EQ(changed, 1);
        return Nothing{};
    }).ok());
    auto session = database->read();
    auto row = session->query(SqlText{"SELECT p.id, p.email, p.created_at, p.locked_until, s.csrf_secret, s.seen_at "
                                      "FROM person p JOIN session s ON s.person_id=p.id"});
    ASSERT_TRUE(row.next());
    EXPECT_EQ(row.id<Organisation>(0), id);
    EXPECT_FALSE(row.is_null(1));
    EXPECT_EQ(row.text(1), "");
    EXPECT_EQ(row.timestamp(2), when);
    EXPECT_EQ(row.optional_timestamp(3), std::nullopt);
    EXPECT_FALSE(row.is_null(4));
    EXPECT_TRUE(row.bytes(4).empty());
    EXPECT_EQ(row.integer(5), 5'000'000'000);
}

TEST_P(DatabaseTest, values_of_a_query_may_be_gone_when_its_rows_are_read)
{
    ASSERT_TRUE(database->write([](Session& session) { return put(session, std::string(100, 'k')); }).ok());
    auto session = database->read();
    auto row = session->query(SqlText{"SELECT value FROM installation WHERE key=?"}, std::string(100, 'k'));
    std::string const over_it(100, 'z');
    EXPECT_TRUE(row.next()) << over_it;
}

TEST_P(DatabaseTest, a_job_that_returns_an_error_leaves_nothing)
{
    auto const status = database->write([](Session& session) -> Status {
        (void)put(session, "a");
        return Error::conflict("stale");
    });
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().code, "stale");
    EXPECT_FALSE(holds(*database, "a"));
}

TEST_P(DatabaseTest, a_job_that_throws_leaves_nothing_and_the_caller_gets_its_exception)
{
    EXPECT_THROW((void)database->write([](Session& session) -> Status {
        (void)put(session, "a");
        throw std::out_of_range("mine");
    }), std::out_of_range);
    EXPECT_FALSE(holds(*database, "a"));
    EXPECT_TRUE(database->write([](Session& session) { return put(session, "b"); }).ok());
}

TEST_P(DatabaseTest, a_broken_constraint_undoes_its_job_alone)
{
    EXPECT_THROW((void)database->write([](Session& session) {
        (void)put(session, "a");
        return put(session, "a");
    }), std::logic_error);
    EXPECT_EQ(count(*database->read()), 0);
}

TEST_P(DatabaseTest, a_job_may_yield_a_value)
{
    auto const result = database->write_result<std::int64_t>([](Session& session) -> Result<std::int64_t> {
        (void)put(session, "a");
        return count(session);
    });
    ASSERT_TRUE(result.ok());
    EXPECT_EQ(*result, 1);
}

TEST_P(DatabaseTest, a_write_inside_a_write_is_refused_instead_of_waiting_for_ever)
{
    EXPECT_THROW((void)database->write([&](Session&) {
        return database->write([](Session& session) { return put(session, "a"); });
    }), std::logic_error);
}

TEST_P(DatabaseTest, eight_threads_write_together_and_only_failing_jobs_are_undone)
{
    auto const work = [&](int thread) {
        for (int i = 0; i < 200; ++i) {
            auto const key = std::to_string(thread) + "." + std::to_string(i);
            auto job = [&](Session& session) -> Status {
                (void)put(session, key);
                if (i % 10 == 3) return Error::conflict("no");
                if (i % 10 == 7) throw std::runtime_error("no");
                return Nothing{};
            };
            try {
                EXPECT_EQ(database->write(job).ok(), i % 10 != 3);
                EXPECT_NE(i % 10, 7);
            } catch (std::runtime_error const&) {
                EXPECT_EQ(i % 10, 7);
            }
        }
    };
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 8; ++thread) threads.emplace_back(work, thread);
    for (auto& thread : threads) thread.join();

    EXPECT_EQ(count(*database->read()), 8 * 160);
    EXPECT_TRUE(holds(*database, "7.199"));
    EXPECT_FALSE(holds(*database, "7.193"));
    EXPECT_FALSE(holds(*database, "7.197"));
}

TEST_P(DatabaseTest, jobs_of_one_thread_run_in_their_order)
{
    for (int i = 0; i < 50; ++i)
        ASSERT_TRUE(database->write([&](Session& session) -> Status {
            EXPECT_EQ(count(session), i);
            return put(session, std::to_string(i));
        }).ok());
}

TEST_P(DatabaseTest, several_sessions_of_one_thread_read_at_once)
{
    ASSERT_TRUE(database->write([](Session& session) { (void)put(session, "a"); return put(session, "b"); }).ok());
    auto first = database->read();
    auto outer = first->query(SqlText{"SELECT key FROM installation ORDER BY key"});
    std::vector<std::string> seen;
    while (outer.next()) {
        auto second = database->read();
        auto inner = second->query(SqlText{"SELECT key FROM installation ORDER BY key"});
        while (inner.next()) seen.push_back(outer.text(0) + inner.text(0));
    }
    EXPECT_THAT(seen, testing::ElementsAre("aa", "ab", "ba", "bb"));
}

TEST_P(DatabaseTest, one_statement_may_run_inside_itself)
{
    ASSERT_TRUE(database->write([](Session& session) { (void)put(session, "a"); return put(session, "b"); }).ok());
    auto session = database->read();
    auto const keys = [&] { return session->query(SqlText{"SELECT key FROM installation ORDER BY key"}); };
    std::vector<std::string> seen;
    auto outer = keys();
    while (outer.next()) {
        auto inner = keys();
        while (inner.next()) seen.push_back(outer.text(0) + inner.text(0));
    }
    EXPECT_THAT(seen, testing::ElementsAre("aa", "ab", "ba", "bb"));
}

TEST_P(DatabaseTest, a_reading_session_cannot_write)
{
    EXPECT_ANY_THROW((void)put(*database->read(), "a"));
    EXPECT_EQ(count(*database->read()), 0);
}

TEST_P(DatabaseTest, the_number_of_values_must_agree_with_the_text)
{
    EXPECT_THROW((void)database->read()->execute(SqlText{"SELECT ?"}), std::logic_error);
    EXPECT_THROW((void)database->read()->execute(SqlText{"SELECT 1; SELECT 2"}), std::logic_error);
}

TEST_P(DatabaseTest, a_copy_holds_what_the_database_holds_and_is_private)
{
    ASSERT_TRUE(database->write([](Session& session) { return put(session, "a"); }).ok());
    auto const path = (database.directory() / "copy.db").string();
    database->copy_to(path);
    EXPECT_EQ(std::filesystem::status(path).permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    EXPECT_TRUE(holds(*open_sqlite(path), "a"));
    EXPECT_THROW(database->copy_to(path), StorageFailure);   // never over another file
}

TEST_P(DatabaseTest, a_sound_database_has_no_integrity_problem) { EXPECT_THAT(database->check_integrity(), testing::IsEmpty()); }

INSTANTIATE_TEST_SUITE_P(Engines, DatabaseTest, testing::ValuesIn(tested_engines()), engine_name);

}  // namespace
}  // namespace greffier::storage
