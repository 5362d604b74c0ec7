#pragma once
// Jobs: background work kept in the database, leased to one runner at a time. A crash gives it back when its lease
// ends; work is therefore done in steps that can be done again (idempotent), each in a transaction that asks first
// whether the lease still holds.
//
//   jobs.add({.organisation = town, .actor = who, .kind = "bulk", .payload = {"act":"…"}}, now)     // once per id
//   Runner runner(database, clock, {{"bulk", [&](Lease& lease) -> Status { … lease.progress(done, total); … }}});
//
// A job holds ids, not personal data; whoever does it checks the actor's permission again. Results go after 7 days.

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/id.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "storage/database.hpp"

namespace greffier::jobs {

struct Work;
using JobId = Id<Work>;

enum class State { Waiting, Running, Done, Failed, Cancelled };
std::string_view code_of(State state);

struct Job {
    JobId id;
    OrganisationId organisation;
    Uuid actor;
    std::string kind;
    std::string payload = "{}";             ///< JSON of ids
    State state = State::Waiting;
    std::int64_t progress = 0, total = 0;
    std::string result;                     ///< JSON, or the code of the failure
    bool cancel_asked = false;
    Timestamp created_at{}, updated_at{};
    std::optional<Timestamp> finished_at;
};

struct NewJob {
    JobId id = JobId::make();               ///< given by a caller that may ask twice
    OrganisationId organisation;
    Uuid actor;
    std::string kind;
    std::string payload = "{}";
    std::int64_t total = 0;
};

constexpr std::chrono::seconds lease_time{30};
constexpr std::chrono::minutes clock_slack{5};   ///< a lease that ends later than this after its time was given by a clock set back since
constexpr std::chrono::hours result_period{24 * 7};

/// Thread-safe. The tenant is an argument of every reading; another organisation's job is NotFound.
class Jobs {
public:
    explicit Jobs(storage::Database& database) : database_(database) {}

    /// In the caller's transaction. A job of that id that is there already stays as it is.
    static void add(storage::Session& session, NewJob const& job, Timestamp now);
    Status add(NewJob const& job, Timestamp now);

    Result<Job> find(OrganisationId organisation, JobId id) const;
    std::vector<Job> list(OrganisationId organisation, int limit = 50) const;   ///< newest first
    /// A waiting job is cancelled at once, a running one at its next step. A finished one: Conflict job_finished.
    Status cancel(OrganisationId organisation, JobId id, Timestamp now);

    // for the runner ---------------------------------------------------------------------------------
    /// The oldest job that waits or whose lease ran out (or cannot be, by the clock of today), leased to `owner`; nothing when there is none.
    std::optional<Job> take(Uuid owner, Timestamp now);
    /// Keeps the lease and notes progress; false when it is another's by now.
    static bool keep(storage::Session& session, JobId id, Uuid owner, std::int64_t progress, std::int64_t total, Timestamp now);
    /// False when another runner has it by now: then nothing is noted.
    bool finish(JobId id, Uuid owner, State state, std::string_view result, Timestamp now);
    /// Gives back what a stopping runner did not finish.
    void give_back(JobId id, Uuid owner, Timestamp now);
    /// What this installation's only process was doing when it ended: nobody else can be at it.
    int give_back_all(Timestamp now);
    /// Finished more than 7 days ago.
    int forget_old(Timestamp now);

private:
    storage::Database& database_;
};

}  // namespace greffier::jobs
