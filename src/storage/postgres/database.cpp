// The engine of a server: a pool of connections, each of which reads, or runs one job in a transaction of its own.

#include <fcntl.h>
#include <libpq-fe.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <vector>

#include "core/log.hpp"
#include "storage/migration.hpp"
#include "storage/postgres/connection.hpp"
#include "storage/postgres/dialect.hpp"
#include "storage/transfer.hpp"

namespace greffier::storage {

namespace {

constexpr std::size_t kept_connections = 32;   // as many as a server's threads use at once

std::set<int> recorded_in(Session& session)
{
    std::set<int> recorded;
    if (!session.query(SqlText{"SELECT 1 FROM pg_class WHERE oid = to_regclass('schema_migration')"}).next()) return recorded;
    auto rows = session.query(SqlText{"SELECT version FROM schema_migration"});
    while (rows.next()) recorded.insert(static_cast<int>(rows.integer(0)));
    return recorded;
}

int newest_of(std::set<int> const& recorded) { return recorded.empty() ? 0 : *recorded.rbegin(); }

/// libpq's own words about a malformed address would repeat it, password and all.
void check_address(SecretText const& url)
{
    char* ignored = nullptr;
    auto* const parts = is_postgres_address(url.reveal()) ? PQconninfoParse(url.reveal().c_str(), &ignored) : nullptr;
    PQfreemem(ignored);
    if (!parts) throw StorageFailure("The address of the database cannot be read. Write it as postgresql://USER@HOST:PORT/NAME.");
    PQconninfoFree(parts);
}

/// A thread that already writes here, and would wait for itself for ever.
thread_local std::vector<Database const*> writing;

class Writing {
public:
    explicit Writing(Database const* database)
    {
        if (std::ranges::find(writing, database) != writing.end())
            throw std::logic_error("A write was asked for from inside a write: it would wait for itself for ever");
        writing.push_back(database);
    }
    ~Writing() { writing.pop_back(); }
    Writing(Writing const&) = delete;
    Writing& operator=(Writing const&) = delete;
};

class PostgresDatabase final : public Database {
public:
    PostgresDatabase(SecretText url, std::span<EmbeddedFile const> files, RowSecurity apart) : url_(std::move(url)), apart_(apart), migrations_(migrations_of(Engine::Postgres, files))
    {
        check_address(url_);
        put_back(take());   // a server that cannot be reached is told now
        if (apart_ == RowSecurity::On) check_that_rows_are_kept_apart();
    }

    Engine engine() const override { return Engine::Postgres; }
    Lease read() override { return lend(std::nullopt); }
    Lease read_of(Uuid const& organisation) override { return lend(organisation); }
    Status write(std::function<Status(Session&)> job) override
    {
        return in_job([&job](PostgresConnection& connection) { return job(connection); });
    }
    WriterFacts writer_facts() override { return {0, jobs_, commits_}; }
    int version() override { return newest_of(recorded_in(*read())); }
    bool is_current() override { return lacking(migrations_, recorded_in(*read())).empty(); }
    int migrate() override;
    void copy_to(std::string const& path) override;
    std::vector<std::string> check_integrity() override;

private:
    using Kept = std::unique_ptr<PostgresConnection>;

    template <class Job> Status in_job(Job const& job);
    Kept take();
    Lease lend(std::optional<Uuid> const& organisation);
    void check_that_rows_are_kept_apart();
    void put_back(Kept connection);
    void give_back(Session* session) override { put_back(Kept{static_cast<PostgresConnection*>(session)}); }
    void refuse_strangers();
    bool apply(Migration const& migration);

    SecretText url_;
    RowSecurity apart_;
    std::vector<Migration> migrations_;
    std::atomic<unsigned> age_{0};   ///< grows when a connection is found lost: older ones are then not trusted either
    std::atomic<std::uint64_t> jobs_{0}, commits_{0};
    LockQueues queues_;              ///< outlives the connections below
    std::mutex mutex_;
    std::vector<Kept> idle_;         ///< guarded by mutex_
};

PostgresDatabase::Kept PostgresDatabase::take()
{
    std::vector<Kept> aged;   // closed outside the lock
    {
        std::lock_guard const held(mutex_);
        while (!idle_.empty()) {
            auto connection = std::move(idle_.back());
            idle_.pop_back();
            if (connection->age() == age_ && connection->is_good()) return connection;
            aged.push_back(std::move(connection));
        }
    }
    return std::make_unique<PostgresConnection>(url_, age_.load(), apart_, queues_);
}

Database::Lease PostgresDatabase::lend(std::optional<Uuid> const& organisation)
{
    auto connection = take();
    connection->work_for(organisation);
    return Lease{connection.release(), Release{this}};
}

/// A belt that holds nothing would be worse than none.
void PostgresDatabase::check_that_rows_are_kept_apart()
{
    auto session = read();
    auto held = session->query(SqlText{"SELECT row_security_active(c.oid) FROM pg_class c WHERE c.oid=to_regclass('record')"});
    if (held.next() && held.integer(0) != 0) return;
    throw StorageFailure("row-security was asked for, but this database account is not held to it: it owns the tables, or the tables are not there yet. "
                         "Raise them with the owner's account (greffier migrate), and serve with another (docs/operator).");
}

void PostgresDatabase::put_back(Kept connection)
{
    if (connection->is_streaming()) {
        log(LogLevel::Failure, "cursor_outlived_its_session");
        std::terminate();
    }
    if (connection->was_lost()) {
        auto age = connection->age();
        age_.compare_exchange_strong(age, age + 1);
        return;
    }
    if (!connection->is_good()) return;
    std::lock_guard const held(mutex_);
    if (idle_.size() < kept_connections) idle_.push_back(std::move(connection));
}

/// Runs a job in its transaction. Never twice: a job may have moved what it was given.
template <class Job>
Status PostgresDatabase::in_job(Job const& job)
{
    Writing const once(this);
    auto connection = take();
    connection->work_for(std::nullopt);
    connection->begin_job();
    ++jobs_;
    try {
        auto status = job(*connection);
        if (status.ok()) {
            connection->end_job();
            ++commits_;
        } else {
            connection->abandon_job();
        }
        put_back(std::move(connection));
        return status;
    } catch (...) {
        if (connection) {
            connection->abandon_job();
            put_back(std::move(connection));
        }
        throw;
    }
}

int PostgresDatabase::migrate()
{
    auto const recorded = recorded_in(*read());
    int const present = newest_of(recorded), newest = migrations_.back().version;
    if (present == 0) refuse_strangers();
    if (present > newest)
        throw StorageFailure("The database was written by a newer program (version " + std::to_string(present) + " of its tables; this program knows " +
                             std::to_string(newest) + "). Install the newer program; nothing was changed.");
    auto const wanted = lacking(migrations_, recorded);
    return static_cast<int>(std::ranges::count_if(wanted, [this](auto const* migration) { return apply(*migration); }));
}

/// A database of another program, given by mistake, must not receive our tables.
void PostgresDatabase::refuse_strangers()
{
    auto session = read();
    if (!session->query(SqlText{"SELECT 1 FROM pg_class WHERE relnamespace = to_regnamespace(current_schema()) AND relkind IN ('r', 'p', 'v', 'm')"}).next()) return;
    if (!recorded_in(*session).empty()) return;   // another process migrated it in between
    throw StorageFailure("The database holds tables of another program; nothing was changed. Create one for this program alone.");
}

/// False when another process has applied it meanwhile.
bool PostgresDatabase::apply(Migration const& migration)
{
    bool applied = false;
    auto const status = in_job([&](PostgresConnection& connection) -> Status {
        connection.run_script("SET LOCAL statement_timeout=0");
        if (recorded_in(connection).contains(migration.version)) return Nothing{};
        connection.run_script(in_postgres_words(migration.shared));
        connection.run_script(std::string{migration.own});
        static_cast<Session&>(connection)
            .execute(SqlText{"INSERT INTO schema_migration(version, name, applied_at) VALUES(?, ?, ?)"}, migration.version, migration.name, SystemClock{}.now());
        applied = true;
        return Nothing{};
    });
    return status.ok() && applied;
}

void PostgresDatabase::copy_to(std::string const& path)
{
    // A file that either engine's program opens; the server's own backups are another matter (docs/operator).
    int const file = ::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (file < 0) throw StorageFailure("The copy \"" + path + "\" could not be created: " + std::strerror(errno) + ".");
    ::close(file);
    try {
        auto const copy = open_sqlite(path);
        copy->migrate();
        auto const carried = carry_over(*this, *copy);
        if (!carried.ok()) throw StorageFailure("The database is not of this program's version: raise it first (greffier migrate).");
    } catch (...) {
        ::unlink(path.c_str());
        throw;
    }
}

std::vector<std::string> PostgresDatabase::check_integrity()
{
    std::vector<std::string> problems;
    auto session = read();
    auto indexes = session->query(SqlText{"SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid=i.indexrelid "
                                          "WHERE c.relnamespace = to_regnamespace(current_schema()) AND NOT (i.indisvalid AND i.indisready) ORDER BY c.relname"});
    while (indexes.next()) problems.push_back("The index " + indexes.text(0) + " is not usable: build it again.");
    auto rules = session->query(SqlText{"SELECT conname FROM pg_constraint WHERE connamespace = to_regnamespace(current_schema()) AND NOT convalidated ORDER BY conname"});
    while (rules.next()) problems.push_back("The rule " + rules.text(0) + " was never checked against the rows.");
    return problems;
}

}  // namespace

bool is_postgres_address(std::string_view text) { return text.starts_with("postgresql://") || text.starts_with("postgres://"); }

std::unique_ptr<Database> open_postgres_with(SecretText url, std::span<EmbeddedFile const> files)
{
    return std::make_unique<PostgresDatabase>(std::move(url), files, RowSecurity::Off);
}

std::unique_ptr<Database> open_postgres(SecretText url, RowSecurity apart)
{
    return std::make_unique<PostgresDatabase>(std::move(url), embedded_migrations(), apart);
}

}  // namespace greffier::storage
