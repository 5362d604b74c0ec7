// What only the embedded engine can do: several processes on one file, a full disk, a killed process.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <random>
#include <thread>

#include "storage/sqlite/connection.hpp"
#include "storage/test_database.hpp"

namespace greffier::storage {
namespace {

Status put(Session& session, std::string const& key, std::string const& value = "x")
{
    session.execute(SqlText{"INSERT INTO installation(key, value) VALUES(?, ?)"}, key, value);
    return Nothing{};
}

std::int64_t count(Database& database)
{
    auto session = database.read();
    auto rows = session->query(SqlText{"SELECT count(*) FROM installation"});
    rows.next();
    return rows.integer(0);
}

/// Runs `work` in another process, which never returns into the tests; ends with its result as exit code.
template <class Work>
pid_t in_another_process(Work work)
{
    pid_t const child = ::fork();
    if (child != 0) return child;
    int code = 99;
    try {
        code = work();
    } catch (...) {
    }
    ::_exit(code);
}

int exit_code_of(pid_t child)
{
    int status = 0;
    if (::waitpid(child, &status, 0) != child) return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

class Sqlite : public testing::Test {
protected:
    TestDatabase database;
};

TEST_F(Sqlite, statements_are_compiled_once_per_connection)
{
    Connection connection{database.file(), Connection::Use::Reading};
    auto const before = connection.prepared_count();
    for (int i = 0; i < 10; ++i) {
        auto row = connection.query(SqlText{"SELECT count(*) FROM record WHERE organisation_id=?"}, i);
        EXPECT_TRUE(row.next());
    }
    EXPECT_EQ(connection.prepared_count(), before + 1);
    EXPECT_EQ(connection.open_cursors(), 0);
}

TEST_F(Sqlite, a_value_that_a_partial_index_names_does_not_have_the_statement_planned_anew)
{
    Connection connection{database.file(), Connection::Use::Reading};
    auto const before = connection.prepared_count();
    for (auto const* slug : {"requests", "notes", "breaches", "notes"}) {
        auto row = connection.query(SqlText{"SELECT count(*) FROM record WHERE organisation_id=? AND register=? AND restricted=?"}, 1, slug, 1);
        EXPECT_TRUE(row.next());
    }
    EXPECT_EQ(connection.prepared_count(), before + 1);
}

TEST_F(Sqlite, a_cached_statement_keeps_no_value_of_its_last_run)
{
    Connection connection{database.file(), Connection::Use::Reading};
    auto const text_of = [&](char const* value) {
        auto row = connection.query(SqlText{"SELECT ?"}, value);
        row.next();
        return row.text(0);
    };
    EXPECT_EQ(text_of("one"), "one");
    EXPECT_EQ(text_of("two"), "two");
}

TEST_F(Sqlite, settings_are_those_of_the_decision)
{
    auto const setting = [](Session& session, SqlText sql) {
        auto row = session.query(sql);
        row.next();
        return row.text(0);
    };
    auto const check = [&](Session& session, char const* cache) {
        EXPECT_EQ(setting(session, SqlText{"PRAGMA journal_mode"}), "wal");
        EXPECT_EQ(setting(session, SqlText{"PRAGMA synchronous"}), "2");
        EXPECT_EQ(setting(session, SqlText{"PRAGMA foreign_keys"}), "1");
        EXPECT_EQ(setting(session, SqlText{"PRAGMA secure_delete"}), "1");
        EXPECT_EQ(setting(session, SqlText{"PRAGMA busy_timeout"}), "5000");
        EXPECT_EQ(setting(session, SqlText{"PRAGMA cache_size"}), cache);
        return Status{Nothing{}};
    };
    (void)check(*database->read(), "-16000");
    ASSERT_TRUE(database->write([&](Session& session) { return check(session, "-64000"); }).ok());
}

TEST_F(Sqlite, the_files_are_readable_by_their_owner_alone)
{
    ASSERT_TRUE(database->write([](Session& session) { return put(session, "a"); }).ok());
    for (auto const* suffix : {"", "-wal", "-shm"}) {
        auto const rights = std::filesystem::status(database.file() + suffix).permissions();
        EXPECT_EQ(rights & (std::filesystem::perms::group_all | std::filesystem::perms::others_all),
                  std::filesystem::perms::none) << suffix;
    }
}

TEST_F(Sqlite, the_index_of_words_follows_the_texts)
{
    auto const found = [&](char const* words) {
        auto session = database->read();
        return session->query(SqlText{"SELECT rowid FROM record_fts WHERE record_fts MATCH ?"}, words).next();
    };
    auto const run = [&](SqlText sql) {
        ASSERT_TRUE(database->write([&](Session& session) -> Status {
            session.execute(sql);
            return Nothing{};
        }).ok());
    };
    run(SqlText{"INSERT INTO record(rid, organisation_id, id, register, version, reference, title, title_key, status, created_at, "
                "updated_at) VALUES(1, x'01', x'02', 'processings', 1, 'T-1', 'Etat civil', 'etat civil', 'draft', 0, 0)"});
    run(SqlText{"INSERT INTO record_text(rid, scope, title, folded) VALUES(1, 'oaa rprocessings', 'etat civil', 'naissance')"});
    EXPECT_TRUE(found("scope:oaa AND {title folded}: \"naissance\""));
    run(SqlText{"UPDATE record_text SET folded='mariage'"});
    EXPECT_FALSE(found("naissance"));
    EXPECT_TRUE(found("mariage"));
    EXPECT_THAT(database->check_integrity(), testing::IsEmpty());
    run(SqlText{"DELETE FROM record"});   // the rest follows
    EXPECT_FALSE(found("mariage"));
    EXPECT_THAT(database->check_integrity(), testing::IsEmpty());
}

TEST_F(Sqlite, lists_and_counts_are_answered_by_their_index)
{
    auto session = database->read();
    auto const plan = [&](SqlText sql) {
        auto row = session->query(sql);
        std::string text;
        while (row.next()) text += row.text(3) + "\n";
        return text;
    };
    // No "USE TEMP B-TREE": a sort would make a page cost the whole list.
    auto const served_by = [](char const* index) {
        return testing::AllOf(testing::HasSubstr(index), testing::Not(testing::HasSubstr("TEMP B-TREE")));
    };
    EXPECT_THAT(plan(SqlText{"EXPLAIN QUERY PLAN SELECT title FROM record WHERE organisation_id=x'01' AND register='p' "
                             "AND deleted_at IS NULL ORDER BY title_key, id LIMIT 50"}), served_by("record_title"));
    EXPECT_THAT(plan(SqlText{"EXPLAIN QUERY PLAN SELECT title FROM record WHERE organisation_id=x'01' AND register='p' "
                             "AND deleted_at IS NULL ORDER BY updated_at DESC, id DESC LIMIT 50"}), served_by("record_updated"));
    EXPECT_THAT(plan(SqlText{"EXPLAIN QUERY PLAN SELECT title FROM record WHERE organisation_id=x'01' AND deleted_at IS NULL "
                             "ORDER BY updated_at DESC LIMIT 50"}), served_by("record_recent"));
    EXPECT_THAT(plan(SqlText{"EXPLAIN QUERY PLAN SELECT title FROM record WHERE deleted_at IS NULL AND due_at IS NOT NULL "
                             "ORDER BY due_at LIMIT 50"}), served_by("record_due"));
    EXPECT_THAT(plan(SqlText{"EXPLAIN QUERY PLAN SELECT title FROM record WHERE organisation_id=x'01' AND register='p' "
                             "ORDER BY reference, id LIMIT 50"}), served_by("record_reference"));
    EXPECT_THAT(plan(SqlText{"EXPLAIN QUERY PLAN SELECT count(*) FROM record WHERE organisation_id=x'01' AND register='p' "
                             "AND status='draft' AND deleted_at IS NULL"}), served_by("record_status"));
    EXPECT_THAT(plan(SqlText{"EXPLAIN QUERY PLAN SELECT title FROM record WHERE organisation_id=x'01' AND register='p' "
                             "AND status='draft' AND deleted_at IS NULL ORDER BY updated_at DESC, id DESC LIMIT 50"}), served_by("record_status"));
    EXPECT_THAT(plan(SqlText{"EXPLAIN QUERY PLAN SELECT id FROM record WHERE organisation_id=x'01' AND register='p' "
                             "AND deleted_at IS NULL AND updated_at>5 AND created_at<=5 ORDER BY updated_at LIMIT 50"}), served_by("record_updated"));
    EXPECT_THAT(plan(SqlText{"EXPLAIN QUERY PLAN SELECT id FROM record WHERE organisation_id=x'01' AND register='p' "
                             "AND deleted_at>5 AND created_at<=5 ORDER BY deleted_at LIMIT 50"}), served_by("record_bin"));
    // Compared plainly, the register would be walked whole (find_many).
    EXPECT_THAT(plan(SqlText{"EXPLAIN QUERY PLAN SELECT title FROM record WHERE organisation_id=x'01' AND register||''='p' "
                             "AND id IN (x'01', x'02', x'03')"}), testing::HasSubstr("id=?"));
}

TEST_F(Sqlite, an_index_of_words_that_lies_is_reported)
{
    ASSERT_TRUE(database->write([](Session& session) -> Status {
        session.execute(SqlText{"INSERT INTO record_fts(rowid, scope, title, folded) VALUES(7, 'oaa', 'ghost', '')"});
        return Nothing{};
    }).ok());
    EXPECT_THAT(database->check_integrity(), testing::ElementsAre(testing::HasSubstr("index of words")));
}

TEST_F(Sqlite, two_processes_write_at_once_and_nothing_is_lost)
{
    database.close();
    auto const writes = [&](std::string const& who) {
        return [this, who] {
            auto mine = database.open();
            for (int i = 0; i < 200; ++i)
                if (!mine->write([&](Session& session) { return put(session, who + std::to_string(i)); }).ok()) return 1;
            return 0;
        };
    };
    auto const first = in_another_process(writes("a"));
    auto const second = in_another_process(writes("b"));
    EXPECT_EQ(exit_code_of(first), 0);
    EXPECT_EQ(exit_code_of(second), 0);
    database.reopen();
    EXPECT_EQ(count(*database), 400);
}

TEST_F(Sqlite, two_processes_may_migrate_one_empty_database_at_once)
{
    TestDatabase fresh{Engine::Sqlite, TestDatabase::Start::Empty};
    fresh.close();
    auto const migrate = [&] {
        fresh.open()->migrate();
        return 0;
    };
    auto const first = in_another_process(migrate);
    auto const second = in_another_process(migrate);
    EXPECT_EQ(exit_code_of(first), 0);
    EXPECT_EQ(exit_code_of(second), 0);
    fresh.reopen();
    EXPECT_EQ(fresh->version(), newest_version());
}

TEST_F(Sqlite, a_full_disk_is_said_plainly_and_costs_only_what_did_not_fit)
{
    auto const limit_pages = [&](SqlText sql) {
        ASSERT_TRUE(database->write([&](Session& session) -> Status {
            session.query(sql).next();
            return Nothing{};
        }).ok());
    };
    ASSERT_TRUE(database->write([](Session& session) { return put(session, "before"); }).ok());
    limit_pages(SqlText{"PRAGMA max_page_count=1"});   // SQLite raises it to the pages there are
    try {
        (void)database->write([](Session& session) { return put(session, "big", std::string(1'000'000, 'x')); });
        FAIL() << "was written";
    } catch (StorageFailure const& failure) {
        EXPECT_THAT(failure.what(), testing::HasSubstr("disk is full"));
    }
    limit_pages(SqlText{"PRAGMA max_page_count=1000000"});
    EXPECT_EQ(count(*database), 1);
    ASSERT_TRUE(database->write([](Session& session) { return put(session, "after"); }).ok());
    EXPECT_EQ(count(*database), 2);
    EXPECT_THAT(database->check_integrity(), testing::IsEmpty());
}

TEST_F(Sqlite, a_damaged_file_is_said_plainly)
{
    auto const path = (database.directory() / "text.db").string();
    std::ofstream{path} << std::string(5000, 'n');
    try {
        open_sqlite(path);
        FAIL() << "was opened";
    } catch (StorageFailure const& failure) {
        EXPECT_THAT(failure.what(), testing::AllOf(testing::HasSubstr(path), testing::HasSubstr("backup")));
    }
}

TEST_F(Sqlite, an_absent_folder_is_said_plainly)
{
    try {
        open_sqlite((database.directory() / "nowhere" / "greffier.db").string());
        FAIL() << "was opened";
    } catch (StorageFailure const& failure) {
        EXPECT_THAT(failure.what(), testing::HasSubstr("folder exists"));
    }
}

/// Writes 1, 2, 3… from four threads and tells the pipe of each one that was acknowledged; never ends by itself.
int write_for_ever(TestDatabase const& database, int pipe, int round)
{
    auto mine = database.open();
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread)
        threads.emplace_back([&, thread] {
            for (int i = 0;; ++i) {
                std::int32_t const number = round * 10'000'000 + thread * 1'000'000 + i;
                (void)mine->write([&](Session& session) { return put(session, std::to_string(number)); });
                if (::write(pipe, &number, sizeof number) != sizeof number) ::_exit(1);
            }
        });
    for (auto& thread : threads) thread.join();
    return 0;
}

TEST_F(Sqlite, a_process_killed_while_writing_loses_no_acknowledged_write)
{
    database.close();
    std::minstd_rand random{42};
    std::vector<std::int32_t> acknowledged;
    for (int round = 0; round < 20; ++round) {
        int ends[2];
        ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
        auto const child = in_another_process([&] { return write_for_ever(database, ends[1], round); });
        ::close(ends[1]);
        auto left = std::uniform_int_distribution<int>{1, 150}(random);
        std::int32_t number = 0;
        while (::read(ends[0], &number, sizeof number) == sizeof number) {
            acknowledged.push_back(number);
            if (--left == 0) ::kill(child, SIGKILL);   // what the pipe still holds was acknowledged too
        }
        ::close(ends[0]);
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFSIGNALED(status)) << status;
    }
    database.reopen();
    EXPECT_GT(acknowledged.size(), 500u);
    EXPECT_GE(count(*database), static_cast<std::int64_t>(acknowledged.size()));
    auto session = database->read();
    for (auto const number : acknowledged)
        EXPECT_TRUE(session->query(SqlText{"SELECT 1 FROM installation WHERE key=?"}, std::to_string(number)).next()) << number;
    EXPECT_THAT(database->check_integrity(), testing::IsEmpty());
}

}  // namespace
}  // namespace greffier::storage
