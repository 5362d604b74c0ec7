#pragma once
// One connection to a PostgreSQL server with its prepared statements. Belongs to one thread at a time.
// Outside a job it only reads; a read whose connection turns out to be lost is tried once more on a new one.

#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "storage/database.hpp"

struct pg_conn;
struct pg_result;

namespace greffier::storage {

class PostgresStream;

/// Who of this program holds a lock of the server or waits for it. Thread-safe.
class LockQueues {
public:
    void join(std::int64_t lock);
    void leave(std::int64_t lock);
    /// True when more than one has joined.
    bool is_shared(std::int64_t lock);

private:
    std::mutex mutex_;
    std::unordered_map<std::int64_t, int> joined_;   ///< guarded by mutex_
};

class PostgresConnection final : public Session {
public:
    /// Connects and prepares the session. `age` is kept for the pool; `queues` must outlive the connection.
    PostgresConnection(SecretText const& url, unsigned age, RowSecurity apart, LockQueues& queues);
    ~PostgresConnection() override;
    PostgresConnection(PostgresConnection const&) = delete;
    PostgresConnection& operator=(PostgresConnection const&) = delete;

    Engine engine() const override { return Engine::Postgres; }
    void lock(Uuid const& organisation) override;
    void lock_nothing() override;

    /// From here on for this organisation, or for all; asks the server only when that changes.
    void work_for(std::optional<Uuid> const& organisation);

    /// A job begins: its transaction opens with its first statement, or with a lock.
    void begin_job();
    /// COMMIT, and durable when it returns. A connection lost meanwhile throws Unsure.
    void end_job();
    /// ROLLBACK, whatever the state.
    void abandon_job() noexcept;
    /// Statements that are part of the program (migrations), in the job.
    void run_script(std::string const& script);

    /// False when the connection is no good any more.
    [[nodiscard]] bool is_good() const;
    [[nodiscard]] bool is_streaming() const { return stream_ != nullptr; }
    [[nodiscard]] unsigned age() const { return age_; }
    /// True when the connection was found lost since it was made, though it may have been replaced.
    [[nodiscard]] bool was_lost() const { return lost_; }

private:
    friend class PostgresStream;
    enum class Phase { Reading, Fresh, Begun };   ///< Fresh: in a job that has not said anything yet
    enum class Answer { Whole, RowByRow };
    struct Prepared { std::string name; int values = 0; };

    Cursor run_query(SqlText sql, std::vector<Param> params) override;
    Cursor run_stream(SqlText sql, std::vector<Param> params) override;
    std::int64_t run(SqlText sql, std::vector<Param> params) override;

    pg_result* whole(SqlText sql, std::vector<Param> const& params);
    Prepared const& prepared(std::string_view sql, std::vector<Param> const& params);
    pg_result* ask(std::string_view sql, std::vector<Param> const& params, Answer how);
    void command(char const* text);
    void begin(std::string const& locks);
    void join(std::int64_t lock);
    void leave_all() noexcept;
    [[nodiscard]] bool others_wait() const;
    void commit();
    void make_durable();
    [[noreturn]] void fail_unsure();
    void ready();
    template <class Try> auto retried(Try const& attempt);
    void reconnect();
    void settle();

    pg_conn* connection_ = nullptr;
    unsigned age_;
    RowSecurity apart_;
    std::optional<Uuid> works_for_;                       ///< outside jobs
    bool lost_ = false;
    Phase phase_ = Phase::Reading;
    LockQueues& queues_;
    bool locks_all_ = false;
    std::set<std::int64_t> locked_;                       ///< of this job; those it waits for too
    std::unordered_map<char const*, Prepared> prepared_;   ///< by the address of their literal
    PostgresStream* stream_ = nullptr;                    ///< the one whose rows are still on their way
};

}  // namespace greffier::storage
