#include "jobs/jobs.hpp"

#include <stdexcept>

namespace greffier::jobs {

using storage::Cursor;
using storage::Session;
using storage::SqlText;

namespace {

#define GREFFIER_JOB "id, organisation_id, actor_id, kind, payload, state, progress, total, result, cancel_asked, created_at, updated_at, finished_at"

State parse_state(std::string_view code)
{
    for (auto state : {State::Waiting, State::Running, State::Done, State::Failed, State::Cancelled})
        if (code_of(state) == code) return state;
    throw std::runtime_error("a job in an unknown state");
}

Job read_job(Cursor const& row)
{
    Job job;
    job.id = row.id<Work>(0);
    if (!row.is_null(1)) job.organisation = row.id<Organisation>(1);
    if (!row.is_null(2)) job.actor = row.uuid(2);
    job.kind = row.text(3);
    job.payload = row.text(4);
    job.state = parse_state(row.view(5));
    job.progress = row.integer(6);
    job.total = row.integer(7);
    if (!row.is_null(8)) job.result = row.text(8);
    job.cancel_asked = row.integer(9) != 0;
    job.created_at = row.timestamp(10);
    job.updated_at = row.timestamp(11);
    job.finished_at = row.optional_timestamp(12);
    return job;
}

}  // namespace

std::string_view code_of(State state)
{
    switch (state) {
    case State::Waiting: return "waiting";
    case State::Running: return "running";
    case State::Done: return "done";
    case State::Failed: return "failed";
    case State::Cancelled: return "cancelled";
    }
    return "failed";
}

void Jobs::add(Session& session, NewJob const& job, Timestamp now)
{
    session.execute(SqlText{"INSERT INTO job(id, organisation_id, actor_id, kind, state, payload, total, created_at, updated_at) VALUES(?,?,?,?,'waiting',?,?,?,?) "
                            "ON CONFLICT(id) DO NOTHING"},
                    job.id, job.organisation, job.actor, job.kind, job.payload, job.total, now, now);
}

Status Jobs::add(NewJob const& job, Timestamp now)
{
    return database_.write([&](Session& session) -> Status {
        add(session, job, now);
        return Nothing{};
    });
}

Result<Job> Jobs::find(OrganisationId organisation, JobId id) const
{
    auto session = database_.read_of(organisation);
    auto row = session->query(SqlText{"SELECT " GREFFIER_JOB " FROM job WHERE organisation_id=? AND id=?"}, organisation, id);
    if (!row.next()) return Error::not_found();
    return read_job(row);
}

std::vector<Job> Jobs::list(OrganisationId organisation, int limit) const
{
    std::vector<Job> all;
    auto session = database_.read_of(organisation);
    auto rows = session->query(SqlText{"SELECT " GREFFIER_JOB " FROM job WHERE organisation_id=? ORDER BY created_at DESC, id DESC LIMIT ?"}, organisation, limit);
    while (rows.next()) all.push_back(read_job(rows));
    return all;
}

Status Jobs::cancel(OrganisationId organisation, JobId id, Timestamp now)
{
    return database_.write([&](Session& session) -> Status {
        auto waiting = session.execute(SqlText{"UPDATE job SET state='cancelled', cancel_asked=1, finished_at=?, updated_at=? WHERE organisation_id=? AND id=? AND state='waiting'"},
                                       now, now, organisation, id);
        if (waiting == 1) return Nothing{};
        auto running = session.execute(SqlText{"UPDATE job SET cancel_asked=1, updated_at=? WHERE organisation_id=? AND id=? AND state='running'"}, now, organisation, id);
        if (running == 1) return Nothing{};
        auto there = session.query(SqlText{"SELECT 1 FROM job WHERE organisation_id=? AND id=?"}, organisation, id);
        if (!there.next()) return Error::not_found();
        return Error::conflict("job_finished");
    });
}

std::optional<Job> Jobs::take(Uuid owner, Timestamp now)
{
    auto const too_late = now + lease_time + clock_slack;
    // Looked for with a reader first, so that an idle runner writes nothing.
    std::optional<JobId> free;
    {
        auto session = database_.read();
        auto rows = session->query(SqlText{"SELECT id FROM job WHERE state='waiting' OR (state='running' AND (lease_until<? OR lease_until>?)) ORDER BY created_at, id LIMIT 1"}, now, too_late);
        if (rows.next()) free = rows.id<Work>(0);
    }
    if (!free) return std::nullopt;
    std::optional<Job> taken;
    auto const done = database_.write([&](Session& session) -> Status {
        session.lock_nothing();
        auto rows = session.query(SqlText{"UPDATE job SET state='running', lease_owner=?, lease_until=?, updated_at=? "
                                          "WHERE id=? AND (state='waiting' OR (state='running' AND (lease_until<? OR lease_until>?))) RETURNING " GREFFIER_JOB},
                                  owner, now + lease_time, now, *free, now, too_late);
        if (rows.next()) taken = read_job(rows);
        while (rows.next()) {}
        return Nothing{};
    });
    return done.ok() ? taken : std::nullopt;
}

bool Jobs::keep(Session& session, JobId id, Uuid owner, std::int64_t progress, std::int64_t total, Timestamp now)
{
    return session.execute(SqlText{"UPDATE job SET progress=?, total=?, lease_until=?, updated_at=? WHERE id=? AND lease_owner=? AND state='running'"},
                           progress, total, now + lease_time, now, id, owner) == 1;
}

bool Jobs::finish(JobId id, Uuid owner, State state, std::string_view result, Timestamp now)
{
    std::int64_t changed = 0;
    auto const done = database_.write([&](Session& session) -> Status {
        session.lock_nothing();
        changed = session.execute(SqlText{"UPDATE job SET state=?, result=?, finished_at=?, updated_at=?, lease_until=NULL, lease_owner=NULL "
                                          "WHERE id=? AND lease_owner=? AND state='running'"},
                                  code_of(state), result, now, now, id, owner);
        return Nothing{};
    });
    return done.ok() && changed == 1;
}

void Jobs::give_back(JobId id, Uuid owner, Timestamp now)
{
    (void)database_.write([&](Session& session) -> Status {
        session.lock_nothing();
        session.execute(SqlText{"UPDATE job SET state='waiting', lease_owner=NULL, lease_until=NULL, updated_at=? WHERE id=? AND lease_owner=? AND state='running'"}, now, id, owner);
        return Nothing{};
    });
}

int Jobs::give_back_all(Timestamp now)
{
    std::int64_t changed = 0;
    (void)database_.write([&](Session& session) -> Status {
        changed = session.execute(SqlText{"UPDATE job SET state='waiting', lease_owner=NULL, lease_until=NULL, updated_at=? WHERE state='running'"}, now);
        return Nothing{};
    });
    return static_cast<int>(changed);
}

int Jobs::forget_old(Timestamp now)
{
    std::int64_t changed = 0;
    (void)database_.write([&](Session& session) -> Status {
        changed = session.execute(SqlText{"DELETE FROM job WHERE finished_at<? AND state<>'waiting' AND state<>'running'"}, now - result_period);
        return Nothing{};
    });
    return static_cast<int>(changed);
}

}  // namespace greffier::jobs
