#pragma once
// Keeper: what `serve` does by itself. Signs the histories that grew, judges every record again each night (rules
// read the clock) and after a change of program, forgets ended sessions. Where several programs serve one database,
// one of them does it for all.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <thread>

#include "app/application.hpp"
#include "app/lease.hpp"

namespace greffier::app {

class Keeper {
public:
    /// Starts its thread; `application` must outlive it.
    explicit Keeper(Application& application);
    /// Ends the thread, then signs what the last requests wrote.
    ~Keeper();
    Keeper(Keeper const&) = delete;
    Keeper& operator=(Keeper const&) = delete;

    /// Does what is due by the application's clock. Thread-safe; called each half minute, and when a test moves its clock.
    void tick();
    /// Since the last round ended, or since the start. Thread-safe.
    [[nodiscard]] std::chrono::seconds since_last_round() const;

private:
    void run();
    void judge_if_due(Timestamp now);
    void remind(Timestamp now);

    Application& application_;
    Lease lease_;
    std::mutex mutex_, ticking_;
    std::condition_variable wake_;
    bool stopping_ = false;
    bool just_started_ = true;
    std::atomic<std::chrono::steady_clock::time_point> last_round_{std::chrono::steady_clock::now()};
    std::thread thread_;
};

/// Judges every live record of every organisation and notes the day. Returns how many records' findings changed.
std::int64_t judge_all(Application& application, Timestamp now);
/// Notes that all were judged on that day.
void note_judged(Application& application, Timestamp now);

/// True when the records judged on `last` (absent: never) are to be judged again: at 03:00 of the next day, or at
/// once when the program has just started.
bool judging_is_due(std::optional<Date> last, LocalTime now, bool just_started);

}  // namespace greffier::app
