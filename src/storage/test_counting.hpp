#pragma once
// For tests: counts the statements that run on a database, so that a page or a write that asks once a record is found out.

#include <utility>

#include "storage/database.hpp"

namespace greffier::storage {

class CountingDatabase final : public Database {
public:
    explicit CountingDatabase(Database& inner) : inner_(inner) {}
    int statements = 0;           ///< of readers, since it was last set to 0
    int statements_of_jobs = 0;   ///< of write(), likewise

    [[nodiscard]] Engine engine() const override { return inner_.engine(); }
    Lease read() override { return Lease(new Counting(inner_.read(), statements), Release{this}); }
    Lease read_of(Uuid const& organisation) override { return Lease(new Counting(inner_.read_of(organisation), statements), Release{this}); }
    Status write(std::function<Status(Session&)> job) override
    {
        return inner_.write([&](Session& session) -> Status {
            Writing counted(session, statements_of_jobs);
            return job(counted);
        });
    }
    int migrate() override { return inner_.migrate(); }
    int version() override { return inner_.version(); }
    bool is_current() override { return inner_.is_current(); }
    void copy_to(std::string const& path) override { inner_.copy_to(path); }
    std::vector<std::string> check_integrity() override { return inner_.check_integrity(); }
    using Database::read_of;

private:
    class Counting final : public Session {
    public:
        Counting(Lease lease, int& statements) : lease_(std::move(lease)), statements_(statements) {}
        [[nodiscard]] Engine engine() const override { return lease_->engine(); }

    protected:
        Cursor run_query(SqlText sql, std::vector<Param> params) override
        {
            ++statements_;
            return lease_->query_with(sql, std::move(params));
        }
        std::int64_t run(SqlText, std::vector<Param>) override { throw std::logic_error("a reader does not write"); }

    private:
        Lease lease_;
        int& statements_;
    };
    class Writing final : public Session {
        struct Door : Session { using Session::run; };   // execute() takes no list of parameters
    public:
        Writing(Session& session, int& statements) : session_(session), statements_(statements) {}
        [[nodiscard]] Engine engine() const override { return session_.engine(); }
        void lock(Uuid const& organisation) override { session_.lock(organisation); }
        void lock_nothing() override { session_.lock_nothing(); }

    protected:
        Cursor run_query(SqlText sql, std::vector<Param> params) override
        {
            ++statements_;
            return session_.query_with(sql, std::move(params));
        }
        Cursor run_stream(SqlText sql, std::vector<Param> params) override
        {
            ++statements_;
            return session_.stream_with(sql, std::move(params));
        }
        std::int64_t run(SqlText sql, std::vector<Param> params) override
        {
            ++statements_;
            return (session_.*(&Door::run))(sql, std::move(params));
        }

    private:
        Session& session_;
        int& statements_;
    };
    void give_back(Session* session) override { delete session; }

    Database& inner_;
};

}  // namespace greffier::storage
