#pragma once
// The one thread that writes: it takes the jobs that wait, runs each in a savepoint of one transaction,
// commits once, then answers them all. One fsync thus serves many callers.

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "storage/sqlite/connection.hpp"

namespace greffier::storage {

class Writer {
public:
    using Job = std::function<Status(Connection&)>;

    /// Opens (and creates) the file and starts the thread. `patience` is how long a transaction waits for the
    /// lock another process holds (a command beside the server) before its callers get a StorageFailure.
    explicit Writer(std::string const& path, std::chrono::milliseconds patience = std::chrono::seconds{15});
    /// Finishes the jobs that wait, then stops.
    ~Writer();
    Writer(Writer const&) = delete;
    Writer& operator=(Writer const&) = delete;

    /// See Database::write. Thread-safe; called from inside a job it throws std::logic_error.
    Status write(Job job);
    /// Jobs that wait for the next transaction. Thread-safe.
    std::size_t waiting();
    /// Thread-safe.
    WriterFacts facts();

private:
    struct Pending;
    using Batch = std::deque<Pending*>;

    void serve();
    Batch next_batch();
    void run_batch(Batch& batch);
    void run_jobs(Batch& batch, Batch& done);
    void run_job(Pending& pending);
    void begin();
    void answer(Batch const& batch);
    void give_way();

    Connection connection_;
    std::chrono::milliseconds patience_;
    std::mutex mutex_;
    std::condition_variable work_;
    std::deque<Pending*> waiting_;   ///< guarded by mutex_
    bool stopping_ = false;          ///< guarded by mutex_
    std::uint64_t jobs_ = 0, commits_ = 0;   ///< guarded by mutex_
    std::chrono::steady_clock::time_point busy_since_{};
    std::thread thread_;
};

}  // namespace greffier::storage
