#pragma once
// Database: one interface, two engines: SQLite, embedded, by default; PostgreSQL with another address.
//
// Reading: lease a Session, run statements, drop it. Any thread; one session belongs to one thread at a time.
// Writing: hand a job to write(); it runs in a transaction (SQLite: a savepoint of the one group-commit thread;
// PostgreSQL: a connection of its own) and write() returns after its COMMIT. A job whose function returns an Error or
// throws is rolled back alone. Work that can be done before (hashing, compression, JSON) belongs before write().
//
// A job may read, decide and write as if nobody else wrote: SQLite has one writer; on PostgreSQL the first statement
// takes the lock of the whole installation, unless the job says first what it needs: lock(organisation) lets other
// organisations be written meanwhile, lock_nothing() is for a job whose one statement decides by itself.
//
//   auto session = database.read();
//   auto row = session->query(SqlText{"SELECT name FROM organisation WHERE slug=?"}, slug);
//   if (row.next()) name = row.text(0);
//
// What only the operator can cause (disk full, corrupt file, locked for too long, server gone) throws StorageFailure.

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/secret.hpp"
#include "storage/sql.hpp"

namespace greffier::storage {

class StorageFailure : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The database cannot be reached, or is held by others for too long: the same act may succeed in a moment.
/// Nothing of the act was kept.
class Unavailable : public StorageFailure {
public:
    using StorageFailure::StorageFailure;
};

/// The connection was lost while a COMMIT was under way: the act may have been kept, or not.
class Unsure : public Unavailable {
public:
    using Unavailable::Unavailable;
};

enum class Engine { Sqlite, Postgres };

/// What an engine's cursor must give; columns count from 0. Views live until the next step.
class CursorImpl {
public:
    virtual ~CursorImpl() = default;
    virtual bool step() = 0;
    [[nodiscard]] virtual bool is_null(int column) const = 0;
    [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
    [[nodiscard]] virtual std::string_view text(int column) const = 0;
    [[nodiscard]] virtual ByteView bytes(int column) const = 0;
};

/// The rows of one statement. Move-only; must not outlive its Session.
class Cursor {
public:
    explicit Cursor(std::unique_ptr<CursorImpl> impl) : impl_(std::move(impl)) {}
    bool next() { return impl_->step(); }
    [[nodiscard]] bool is_null(int column) const { return impl_->is_null(column); }
    [[nodiscard]] std::int64_t integer(int column) const { return impl_->integer(column); }
    [[nodiscard]] std::string text(int column) const { return std::string{impl_->text(column)}; }
    [[nodiscard]] std::string_view view(int column) const { return impl_->text(column); }
    [[nodiscard]] ByteView bytes(int column) const { return impl_->bytes(column); }
    [[nodiscard]] Uuid uuid(int column) const;
    template <class Tag>
    [[nodiscard]] Id<Tag> id(int column) const { return {uuid(column)}; }
    [[nodiscard]] Timestamp timestamp(int column) const { return from_millis(integer(column)); }
    [[nodiscard]] std::optional<Timestamp> optional_timestamp(int column) const
    {
        return is_null(column) ? std::nullopt : std::optional{timestamp(column)};
    }

private:
    std::unique_ptr<CursorImpl> impl_;
};

/// A connection in use by one thread.
class Session {
public:
    virtual ~Session() = default;

    template <class... Values>
    Cursor query(SqlText sql, Values const&... values)
    {
        return run_query(sql, {to_param(values)...});
    }
    /// Number of rows changed.
    template <class... Values>
    std::int64_t execute(SqlText sql, Values const&... values)
    {
        return run(sql, {to_param(values)...});
    }
    Cursor query_with(SqlText sql, std::vector<Param> params) { return run_query(sql, std::move(params)); }
    Cursor stream_with(SqlText sql, std::vector<Param> params) { return run_stream(sql, std::move(params)); }
    /// As query(), for answers too long to be held in memory: rows come as they are asked for.
    template <class... Values>
    Cursor stream(SqlText sql, Values const&... values)
    {
        return run_stream(sql, {to_param(values)...});
    }

    [[nodiscard]] virtual Engine engine() const = 0;

    /// In a job of write(), before its first statement: only this organisation's rows are read to decide what to write
    /// (see above). Later, or outside a job, it does nothing.
    virtual void lock(Uuid const&) {}
    template <class Tag>
    void lock(Id<Tag> const& organisation) { lock(organisation.uuid); }
    /// The same for a job that decides nothing by what it reads.
    virtual void lock_nothing() {}

protected:
    virtual Cursor run_query(SqlText sql, std::vector<Param> params) = 0;
    virtual Cursor run_stream(SqlText sql, std::vector<Param> params) { return run_query(sql, std::move(params)); }
    virtual std::int64_t run(SqlText sql, std::vector<Param> params) = 0;
};

/// How writing fares, for the operator's instruments; zeros where an engine does not count.
struct WriterFacts {
    std::size_t waiting = 0;              ///< jobs that wait for the next transaction
    std::uint64_t jobs = 0, commits = 0;  ///< since the start; over each other, how many share a transaction
};

class Database {
public:
    virtual ~Database() = default;

    [[nodiscard]] virtual Engine engine() const = 0;

    /// A reader's session from the pool; given back when the pointer goes. Sees a consistent snapshot per statement.
    struct Release { Database* owner; void operator()(Session* session) const; };
    using Lease = std::unique_ptr<Session, Release>;
    virtual Lease read() = 0;
    /// The same for reading one organisation: where the server keeps rows apart (RowSecurity), it hides all others'.
    virtual Lease read_of(Uuid const&) { return read(); }
    template <class Tag>
    Lease read_of(Id<Tag> const& organisation) { return read_of(organisation.uuid); }

    /// Runs `job` in a transaction and returns when it is durable. Thread-safe; blocks the caller.
    /// The job's own Error comes back and its changes are undone; its exception is rethrown here.
    virtual Status write(std::function<Status(Session&)> job) = 0;

    /// The same for a job that yields a value.
    template <class T>
    Result<T> write_result(std::function<Result<T>(Session&)> job)
    {
        std::optional<Result<T>> result;
        auto status = write([&](Session& session) -> Status {
            result.emplace(job(session));
            if (!result->ok()) return result->error();
            return Nothing{};
        });
        if (!status.ok()) return status.error();
        return std::move(*result);
    }

    /// Thread-safe.
    virtual WriterFacts writer_facts() { return {}; }

    /// Applies the migrations this database lacks. A database newer than the program throws StorageFailure.
    /// Returns how many were applied.
    virtual int migrate() = 0;
    /// Version of the schema on disk, 0 for an empty database.
    virtual int version() = 0;
    /// True when every migration this program knows was applied.
    virtual bool is_current() = 0;
    /// A consistent copy into a new file, an embedded database whatever the engine.
    virtual void copy_to(std::string const& path) = 0;
    /// Engine's own integrity check; empty when all is well, else what is wrong.
    virtual std::vector<std::string> check_integrity() = 0;

private:
    friend struct Release;
    virtual void give_back(Session* session) = 0;
};

/// Opens (and creates) the embedded database. `path` is a file; ":memory:" is not supported (several connections).
std::unique_ptr<Database> open_sqlite(std::string const& path);
/// Opens a database of a PostgreSQL server, by its address (postgresql://…). Several processes may share one.
/// An address that is none, a server that refuses or is too old throws StorageFailure; its text never holds a password.
/// RowSecurity::On asks the server to hide other organisations' rows from whoever works for one; an account that it
/// would not hold to that (the owner of the tables) is refused.
enum class RowSecurity { Off, On };
std::unique_ptr<Database> open_postgres(SecretText url, RowSecurity apart = RowSecurity::Off);
/// True for what open_postgres() takes: postgresql://… or postgres://…
bool is_postgres_address(std::string_view text);
/// The version the program's own migrations lead to.
int newest_version();

}  // namespace greffier::storage
