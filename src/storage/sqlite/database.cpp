// The embedded engine: a pool of reading connections and one writer.

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <mutex>

#include "core/log.hpp"
#include "core/time.hpp"
#include "storage/migration.hpp"
#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/writer.hpp"

namespace greffier::storage {

namespace {

constexpr std::size_t kept_connections = 16;

void sync_to_disk(std::string const& path)
{
    for (auto const& name : {path, std::filesystem::absolute(path).parent_path().string()}) {
        int const file = ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
        if (file < 0 || ::fsync(file) != 0) {
            auto const reason = std::string{std::strerror(errno)};
            if (file >= 0) ::close(file);
            throw StorageFailure("The copy \"" + path + "\" could not be made safe on disk: " + reason + ".");
        }
        ::close(file);
    }
}

std::set<int> recorded_in(Session& session)
{
    std::set<int> recorded;
    if (!session.query(SqlText{"SELECT 1 FROM sqlite_master WHERE type='table' AND name='schema_migration'"}).next()) return recorded;
    auto rows = session.query(SqlText{"SELECT version FROM schema_migration"});
    while (rows.next()) recorded.insert(static_cast<int>(rows.integer(0)));
    return recorded;
}

int newest_of(std::set<int> const& recorded) { return recorded.empty() ? 0 : *recorded.rbegin(); }

class SqliteDatabase final : public Database {
public:
    SqliteDatabase(std::string path, std::span<EmbeddedFile const> files)
        : path_(std::move(path)), migrations_(migrations_of(Engine::Sqlite, files)), writer_(path_)
    {
    }

    Engine engine() const override { return Engine::Sqlite; }

    Lease read() override
    {
        std::unique_ptr<Connection> connection;
        {
            std::lock_guard lock{mutex_};
            if (!idle_.empty()) {
                connection = std::move(idle_.back());
                idle_.pop_back();
            }
        }
        if (!connection) connection = std::make_unique<Connection>(path_, Connection::Use::Reading);
        return Lease{connection.release(), Release{this}};
    }

    Status write(std::function<Status(Session&)> job) override
    {
        return writer_.write([&job](Connection& connection) { return job(connection); });
    }

    WriterFacts writer_facts() override { return writer_.facts(); }

    int version() override { return newest_of(recorded_in(*read())); }
    bool is_current() override { return lacking(migrations_, recorded_in(*read())).empty(); }
    int migrate() override;
    void copy_to(std::string const& path) override;
    std::vector<std::string> check_integrity() override;

private:
    void give_back(Session* session) override;
    void copy_before(int version);
    void refuse_strangers(int version);
    bool apply(Migration const& migration);
    void check_word_index(std::vector<std::string>& problems);

    std::string path_;
    std::vector<Migration> migrations_;
    Writer writer_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Connection>> idle_;   ///< guarded by mutex_
};

void SqliteDatabase::give_back(Session* session)
{
    std::unique_ptr<Connection> connection{static_cast<Connection*>(session)};
    if (connection->open_cursors() > 0) {   // its rows would be read through a connection another thread may hold
        log(LogLevel::Failure, "cursor_outlived_its_session");
        std::terminate();
    }
    std::lock_guard lock{mutex_};
    if (idle_.size() < kept_connections) idle_.push_back(std::move(connection));
}

int SqliteDatabase::migrate()
{
    auto const recorded = recorded_in(*read());
    int const newest = migrations_.back().version;
    int const present = newest_of(recorded);
    refuse_strangers(present);
    if (present > newest)
        throw StorageFailure("The database \"" + path_ + "\" was written by a newer program (version " +
                             std::to_string(present) + " of its tables; this program knows " + std::to_string(newest) +
                             "). Install the newer program; nothing was changed.");
    auto const wanted = lacking(migrations_, recorded);
    if (wanted.empty()) return 0;
    if (present > 0) copy_before(newest);
    return static_cast<int>(std::ranges::count_if(wanted, [this](auto const* migration) { return apply(*migration); }));
}

/// A database of another program, given by mistake, must not receive our tables.
void SqliteDatabase::refuse_strangers(int version)
{
    if (version > 0) return;
    auto session = read();
    auto tables = session->query(SqlText{"SELECT 1 FROM sqlite_master WHERE name <> 'schema_migration' LIMIT 1"});
    if (!tables.next()) return;
    if (!recorded_in(*session).empty()) return;   // another process migrated it in between
    throw StorageFailure("The file \"" + path_ + "\" is a database of another program; nothing was changed.");
}

void SqliteDatabase::copy_before(int version)
{
    namespace fs = std::filesystem;
    auto const folder = fs::path{path_}.parent_path() / "backups";
    fs::create_directories(folder);
    auto const name = fs::path{path_}.filename().string() + ".before-" + std::to_string(version);
    auto target = folder / name;
    for (int again = 2; fs::exists(target); ++again) target = folder / (name + "-" + std::to_string(again));
    copy_to(target.string());
}

/// False when another process has applied it meanwhile.
bool SqliteDatabase::apply(Migration const& migration)
{
    bool applied = false;
    auto status = writer_.write([&](Connection& connection) -> Status {
        if (recorded_in(connection).contains(migration.version)) return Nothing{};
        for (auto script : {migration.shared, migration.own}) connection.run_script(script);
        static_cast<Session&>(connection)
            .execute(SqlText{"INSERT INTO schema_migration(version, name, applied_at) VALUES(?, ?, ?)"}, migration.version,
                     migration.name, SystemClock{}.now());
        applied = true;
        return Nothing{};
    });
    return status.ok() && applied;
}

void SqliteDatabase::copy_to(std::string const& path)
{
    int const file = ::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (file < 0) throw StorageFailure("The copy \"" + path + "\" could not be created: " + std::strerror(errno) + ".");
    ::close(file);
    try {
        Connection connection{path_, Connection::Use::Copying};
        static_cast<Session&>(connection).execute(SqlText{"VACUUM INTO ?"}, path);
        sync_to_disk(path);
    } catch (...) {
        ::unlink(path.c_str());
        throw;
    }
}

std::vector<std::string> SqliteDatabase::check_integrity()
{
    std::vector<std::string> problems;
    {
        auto session = read();
        auto check = session->query(SqlText{"PRAGMA integrity_check"});
        while (check.next())
            if (check.view(0) != "ok") problems.push_back(check.text(0));
        auto keys = session->query(SqlText{"PRAGMA foreign_key_check"});
        while (keys.next())
            problems.push_back("A row of " + keys.text(0) + " points at a missing row of " + keys.text(2) + ".");
    }
    check_word_index(problems);
    return problems;
}

/// Holds the index of words against the texts it was made from; needs the write lock, changes nothing.
void SqliteDatabase::check_word_index(std::vector<std::string>& problems)
{
    if (version() == 0) return;
    try {
        (void)write([](Session& session) -> Status {
            session.execute(SqlText{"INSERT INTO record_fts(record_fts, rank) VALUES('integrity-check', 1)"});
            return Nothing{};
        });
    } catch (Unavailable const&) {
        throw;   // held by another program: nothing was compared
    } catch (StorageFailure const&) {
        problems.push_back("The index of words does not match the records' texts: search may miss some.");
    }
}

}  // namespace

std::unique_ptr<Database> open_sqlite_with(std::string const& path, std::span<EmbeddedFile const> files)
{
    return std::make_unique<SqliteDatabase>(path, files);
}

std::unique_ptr<Database> open_sqlite(std::string const& path) { return open_sqlite_with(path, embedded_migrations()); }

}  // namespace greffier::storage
