#include "storage/sqlite/writer.hpp"

#include <chrono>
#include <exception>
#include <optional>
#include <random>

namespace greffier::storage {

using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;

namespace {

constexpr std::size_t batch_jobs = 128;
constexpr auto batch_time = 50ms;      ///< after it no new job joins the transaction: nobody waits for a long tail
constexpr auto longest_pause = 10ms;  ///< between two attempts at the lock
constexpr auto turn = 500ms;          ///< of uninterrupted writing, before other processes get a chance

void pause_at_random()
{
    thread_local std::minstd_rand random{std::random_device{}()};
    std::uniform_int_distribution<int> spread{1000, std::chrono::microseconds{longest_pause}.count()};
    std::this_thread::sleep_for(std::chrono::microseconds{spread(random)});
}

}  // namespace

/// A job and its answer; lives on the stack of the caller that waits for it.
struct Writer::Pending {
    Job job;
    std::optional<Status> status;
    std::exception_ptr exception;
    bool answered = false;   ///< guarded by mutex_
    std::condition_variable ready;

    void fail_with(std::exception_ptr reason)
    {
        status.reset();
        exception = std::move(reason);
    }
};

Writer::Writer(std::string const& path, std::chrono::milliseconds patience)
    : connection_(path, Connection::Use::Writing), patience_(patience), thread_([this] { serve(); })
{
}

Writer::~Writer()
{
    {
        std::lock_guard lock{mutex_};
        stopping_ = true;
        work_.notify_one();
    }
    thread_.join();
}

Status Writer::write(Job job)
{
    if (std::this_thread::get_id() == thread_.get_id())
        throw std::logic_error("A write was asked for from inside a write: it would wait for itself for ever");
    Pending pending{.job = std::move(job)};
    std::unique_lock lock{mutex_};
    waiting_.push_back(&pending);
    work_.notify_one();
    pending.ready.wait(lock, [&] { return pending.answered; });
    if (pending.exception) std::rethrow_exception(pending.exception);
    return std::move(*pending.status);
}

std::size_t Writer::waiting()
{
    std::lock_guard lock{mutex_};
    return waiting_.size();
}

WriterFacts Writer::facts()
{
    std::lock_guard lock{mutex_};
    return {waiting_.size(), jobs_, commits_};
}

void Writer::serve()
{
    for (;;) {
        auto batch = next_batch();
        if (batch.empty()) return;
        run_batch(batch);
    }
}

/// Waits for work; empty when it is time to stop.
Writer::Batch Writer::next_batch()
{
    std::unique_lock lock{mutex_};
    if (waiting_.empty()) {
        work_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
        busy_since_ = SteadyClock::now();
    }
    Batch batch;
    while (!waiting_.empty() && batch.size() < batch_jobs) {
        batch.push_back(waiting_.front());
        waiting_.pop_front();
    }
    return batch;
}

void Writer::run_batch(Batch& batch)
{
    Batch done;
    try {
        give_way();
        begin();
        run_jobs(batch, done);
        connection_.commit();
    } catch (...) {
        // Nothing of this transaction is on disk: even a job's own Error may rest on what is now undone.
        connection_.rollback();
        if (done.empty()) done.swap(batch);
        for (auto* pending : done) pending->fail_with(std::current_exception());
    }
    answer(done);
    if (batch.empty()) return;
    std::lock_guard lock{mutex_};   // the jobs that found no room go first in the next transaction
    waiting_.insert(waiting_.begin(), batch.begin(), batch.end());
}

/// Moves the jobs that ran from `batch` to `done`.
void Writer::run_jobs(Batch& batch, Batch& done)
{
    auto const until = SteadyClock::now() + batch_time;
    while (!batch.empty()) {
        auto* pending = batch.front();
        batch.pop_front();
        done.push_back(pending);
        run_job(*pending);
        if (SteadyClock::now() >= until) return;
    }
}

/// Keeps the job's own failure in `pending`; throws when the whole transaction is lost.
void Writer::run_job(Pending& pending)
{
    Session& session = connection_;
    session.execute(SqlText{"SAVEPOINT job"});
    try {
        pending.status.emplace(pending.job(connection_));
    } catch (...) {
        pending.fail_with(std::current_exception());
    }
    if (!connection_.in_transaction()) {
        if (pending.exception) std::rethrow_exception(pending.exception);
        throw std::logic_error("A job ended the transaction it runs in");
    }
    if (pending.exception || !pending.status->ok()) session.execute(SqlText{"ROLLBACK TO job"});
    session.execute(SqlText{"RELEASE job"});
}

void Writer::begin()
{
    auto const until = SteadyClock::now() + patience_;
    while (!connection_.try_begin()) {
        if (SteadyClock::now() >= until)
            throw Unavailable("Another program has kept the database \"" + connection_.path() +
                                 "\" locked for too long. Wait for it to finish (an import, a migration), then try again.");
        pause_at_random();
    }
}

void Writer::answer(Batch const& batch)
{
    std::lock_guard lock{mutex_};   // notified under the lock: the caller's stack lives until it is released
    jobs_ += batch.size();
    ++commits_;
    for (auto* pending : batch) {
        pending->answered = true;
        pending->ready.notify_one();
    }
}

/// A process that polls for the lock would never meet the instant between two of our transactions.
void Writer::give_way()
{
    if (SteadyClock::now() - busy_since_ < turn) return;
    std::this_thread::sleep_for(longest_pause + 2ms);
    busy_since_ = SteadyClock::now();
}

}  // namespace greffier::storage
