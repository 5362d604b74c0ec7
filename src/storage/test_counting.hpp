#pragma once
// For tests: counts the statements that readers run on a database, so that a page that asks once a record is found out.

#include <utility>

#include "storage/database.hpp"

namespace greffier::storage {

class CountingDatabase final : public Database {
public:
    explicit CountingDatabase(Database& inner) : inner_(inner) {}
    int statements = 0;   ///< of readers, since it was last set to 0

    [[nodiscard]] Engine engine() const override { return inner_.engine(); }
    Lease read() override { return Lease(new Counting(inner_.read(), statements), Release{this}); }
    Lease read_of(Uuid const& organisation) override { return Lease(new Counting(inner_.read_of(organisation), statements), Release{this}); }
    Status write(std::function<Status(Session&)> job) override { return inner_.write(std::move(job)); }
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
    void give_back(Session* session) override { delete session; }

    Database& inner_;
};

}  // namespace greffier::storage
