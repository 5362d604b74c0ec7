#pragma once
// Runner: one thread that does the jobs of the kinds it knows, oldest first. Several processes on one database may
// each have one: the lease decides who does what. The third place where exceptions are caught.

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "jobs/jobs.hpp"

namespace greffier::jobs {

/// The lease ran out and another runner has the job: stop at once, and write nothing more.
struct LostLease : std::runtime_error {
    LostLease() : std::runtime_error("the job is another runner's by now") {}
};
/// The program stops: the job is given back as it is.
struct Stopped : std::runtime_error {
    Stopped() : std::runtime_error("the program stops") {}
};

/// A job being done. For the one thread that does it.
class Lease {
public:
    Lease(storage::Database& database, Job job, Uuid owner, std::function<Timestamp()> now, std::function<bool()> stopping)
        : database_(database), job_(std::move(job)), owner_(owner), now_(std::move(now)), stopping_(std::move(stopping)) {}

    [[nodiscard]] Job const& job() const { return job_; }
    [[nodiscard]] Timestamp now() const { return now_(); }
    /// Between two steps: notes how far it is and keeps the lease. Throws LostLease or Stopped.
    void progress(std::int64_t done, std::int64_t total);
    /// Inside a step's own transaction: throws LostLease when it must not be written.
    void hold(storage::Session& session);
    /// Somebody asked to stop here; as of the last progress().
    [[nodiscard]] bool cancelled() const { return job_.cancel_asked; }
    void give_result(std::string json) { job_.result = std::move(json); }

private:
    storage::Database& database_;
    Job job_;
    Uuid owner_;
    std::function<Timestamp()> now_;
    std::function<bool()> stopping_;
};

/// Does one kind of job. An Error is the job's failure (its code is kept); an exception too, as "internal",
/// but for storage::Unavailable: the job is given back.
using Worker = std::function<Status(Lease&)>;

class Runner {
public:
    /// Starts its thread unless `Start::ByHand` (tests). What it is given must outlive it.
    enum class Start { Thread, ByHand };
    Runner(storage::Database& database, std::function<Timestamp()> now, std::map<std::string, Worker> workers, Start start = Start::Thread);
    /// Stops after the step in hand; the job is given back.
    ~Runner();
    Runner(Runner const&) = delete;
    Runner& operator=(Runner const&) = delete;

    /// There is something to do. Thread-safe.
    void wake();
    /// Does one job, if there is one. True when it did.
    bool run_one();

private:
    void run();
    void perform(Job job);

    storage::Database& database_;
    Jobs jobs_;
    std::function<Timestamp()> now_;
    std::map<std::string, Worker> workers_;
    Uuid owner_ = Uuid::make();
    std::mutex mutex_;
    std::condition_variable wake_;
    std::atomic<bool> stopping_ = false;
    bool woken_ = false;
    std::thread thread_;
};

}  // namespace greffier::jobs
