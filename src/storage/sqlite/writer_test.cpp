#include "storage/sqlite/writer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

#include "storage/test_database.hpp"

namespace greffier::storage {
namespace {

class WriterTest : public testing::Test {
protected:
    TestDatabase database;

    static Status put(Session& session, std::string const& key)
    {
        session.execute(SqlText{"INSERT INTO installation(key, value) VALUES(?, '')"}, key);
        return Nothing{};
    }
    std::vector<std::string> keys()
    {
        auto session = database->read();
        auto rows = session->query(SqlText{"SELECT key FROM installation ORDER BY key"});
        std::vector<std::string> found;
        while (rows.next()) found.push_back(rows.text(0));
        return found;
    }
    /// Keeps the writer busy until `count` jobs wait behind, so that they share the next transaction.
    static std::future<void> gather(Writer& writer, std::size_t count)
    {
        std::promise<void> started;
        auto running = started.get_future();
        auto gate = std::async(std::launch::async, [&writer, count, started = std::move(started)]() mutable {
            (void)writer.write([&](Connection&) -> Status {
                started.set_value();
                while (writer.waiting() < count) std::this_thread::yield();
                return Nothing{};
            });
        });
        running.wait();
        return gate;
    }
    static Writer::Job job(std::string key)
    {
        return [key](Connection& connection) { return put(connection, key); };
    }
};

TEST_F(WriterTest, a_commit_that_fails_is_told_to_every_caller_of_its_transaction)
{
    Writer writer{database.file()};
    auto gate = gather(writer, 2);
    auto innocent = std::async(std::launch::async, [&] { return writer.write(job("a")).ok(); });
    // A reference checked at COMMIT, and broken: the one way to fail there without breaking the disk.
    auto culprit = std::async(std::launch::async, [&] {
        return writer.write([](Connection& connection) -> Status {
            Session& session = connection;
            session.execute(SqlText{"PRAGMA defer_foreign_keys=ON"});
            session.execute(SqlText{"INSERT INTO record_body(rid, body) VALUES(77, '{}')"});
            return Nothing{};
        }).ok();
    });
    gate.wait();
    EXPECT_ANY_THROW(innocent.get());
    EXPECT_ANY_THROW(culprit.get());
    EXPECT_THAT(keys(), testing::IsEmpty());
    EXPECT_TRUE(writer.write(job("b")).ok());
    EXPECT_THAT(keys(), testing::ElementsAre("b"));
}

TEST_F(WriterTest, jobs_that_share_a_transaction_fail_alone)
{
    Writer writer{database.file()};
    auto gate = gather(writer, 3);
    auto first = std::async(std::launch::async, [&] { return writer.write(job("a")).ok(); });
    auto refused = std::async(std::launch::async, [&] {
        return writer.write([](Connection& connection) -> Status {
            (void)put(connection, "b");
            return Error::conflict("no");
        }).ok();
    });
    auto thrown = std::async(std::launch::async, [&] {
        return writer.write([](Connection& connection) -> Status {
            (void)put(connection, "c");
            throw std::runtime_error("no");
        }).ok();
    });
    gate.wait();
    EXPECT_TRUE(first.get());
    EXPECT_FALSE(refused.get());
    EXPECT_THROW(thrown.get(), std::runtime_error);
    EXPECT_THAT(keys(), testing::ElementsAre("a"));
}

TEST_F(WriterTest, a_job_that_ends_the_transaction_is_an_error_and_the_writer_goes_on)
{
    Writer writer{database.file()};
    EXPECT_THROW((void)writer.write([](Connection& connection) -> Status {
        (void)put(connection, "a");
        connection.rollback();
        return Nothing{};
    }), std::logic_error);
    EXPECT_TRUE(writer.write(job("b")).ok());
    EXPECT_THAT(keys(), testing::ElementsAre("b"));
}

TEST_F(WriterTest, a_lock_held_too_long_by_another_program_is_said_plainly)
{
    Writer writer{database.file(), std::chrono::milliseconds{5}};
    Connection other{database.file(), Connection::Use::Writing};
    ASSERT_TRUE(other.try_begin());
    try {
        (void)writer.write(job("a"));
        FAIL() << "was written";
    } catch (Unavailable const& failure) {   // the same act may succeed in a moment
        EXPECT_THAT(failure.what(), testing::HasSubstr("locked"));
    }
    other.rollback();
    EXPECT_TRUE(writer.write(job("b")).ok());
}

TEST_F(WriterTest, jobs_that_wait_are_finished_before_it_stops)
{
    std::vector<std::future<bool>> answers;
    {
        Writer writer{database.file()};
        auto gate = gather(writer, 5);
        for (int i = 0; i < 5; ++i)
            answers.push_back(std::async(std::launch::async, [&writer, i] { return writer.write(job(std::to_string(i))).ok(); }));
        gate.wait();
    }
    for (auto& answer : answers) EXPECT_TRUE(answer.get());
    EXPECT_EQ(keys().size(), 5u);
}

}  // namespace
}  // namespace greffier::storage
