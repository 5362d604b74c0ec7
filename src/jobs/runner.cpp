#include "jobs/runner.hpp"

#include <exception>

#include "core/log.hpp"

namespace greffier::jobs {

using storage::Session;
using storage::SqlText;

namespace {
constexpr std::chrono::seconds pause{15};   // another process may have left work; ours wakes us
}

void Lease::progress(std::int64_t done, std::int64_t total)
{
    if (stopping_ && stopping_()) throw Stopped();
    job_.progress = done;
    job_.total = total;
    bool ours = false;
    (void)database_.write([&](Session& session) -> Status {
        session.lock_nothing();   // else each step of a long job would wait for whoever writes, in whatever organisation
        ours = Jobs::keep(session, job_.id, owner_, done, total, now_());
        if (ours) {
            auto row = session.query(SqlText{"SELECT cancel_asked FROM job WHERE id=?"}, job_.id);
            job_.cancel_asked = row.next() && row.integer(0) != 0;
        }
        return Nothing{};
    });
    if (!ours) throw LostLease();
}

void Lease::hold(Session& session)
{
    if (!Jobs::keep(session, job_.id, owner_, job_.progress, job_.total, now_())) throw LostLease();
}

Runner::Runner(storage::Database& database, std::function<Timestamp()> now, std::map<std::string, Worker> workers, Start start)
    : database_(database), jobs_(database), now_(std::move(now)), workers_(std::move(workers))
{
    if (start == Start::Thread) thread_ = std::thread([this] { run(); });
}

Runner::~Runner()
{
    stopping_ = true;
    wake();
    if (thread_.joinable()) thread_.join();
}

void Runner::wake()
{
    {
        std::lock_guard const held(mutex_);
        woken_ = true;
    }
    wake_.notify_all();
}

void Runner::run()
{
    while (!stopping_) {
        bool worked = false;
        try {
            worked = run_one();
        } catch (std::exception const& failure) {
            log(LogLevel::Failure, "jobs_failed", {{"reason", loggable(failure)}});
        }
        if (worked) continue;
        std::unique_lock held(mutex_);
        wake_.wait_for(held, pause, [this] { return woken_ || stopping_; });
        woken_ = false;
    }
}

bool Runner::run_one()
{
    auto job = jobs_.take(owner_, now_());
    if (!job) return false;
    perform(std::move(*job));
    return true;
}

void Runner::perform(Job job)
{
    auto const id = job.id;
    auto const worker = workers_.find(job.kind);
    if (worker == workers_.end()) {
        jobs_.finish(id, owner_, State::Failed, "unknown_kind", now_());
        return;
    }
    Lease lease(database_, std::move(job), owner_, now_, [this] { return stopping_.load(); });
    try {
        auto const done = worker->second(lease);
        auto const state = !done.ok() ? State::Failed : lease.cancelled() ? State::Cancelled : State::Done;
        jobs_.finish(id, owner_, state, done.ok() ? lease.job().result : done.error().code, now_());
    } catch (LostLease const&) {
        log(LogLevel::Info, "job_lost", {{"job", id.text()}});
    } catch (Stopped const&) {
        jobs_.give_back(id, owner_, now_());
    } catch (storage::Unavailable const&) {   // no fault of the job's; should giving it back fail too, its lease runs out
        log(LogLevel::Warning, "job_interrupted", {{"job", id.text()}});
        jobs_.give_back(id, owner_, now_());
    } catch (std::exception const& failure) {
        log(LogLevel::Failure, "job_failed", {{"job", id.text()}, {"reason", loggable(failure)}});
        jobs_.finish(id, owner_, State::Failed, "internal", now_());
    }
}

}  // namespace greffier::jobs
