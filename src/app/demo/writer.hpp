#pragma once
// Internal to demo/: writes the processings of one organisation in the order of time, so that its history reads
// (and its ledger proves) as if it had been kept day by day.

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "app/application.hpp"
#include "app/demo/model.hpp"
#include "app/demo/processors.hpp"

namespace greffier::app::demo {

struct Actors {
    std::map<std::string, Uuid> by_key;
    Uuid keeper;                          ///< of records that name nobody
};

class Writer {
public:
    Writer(Application& application, accounts::OrganisationInfo organisation, ModelOrganisation const& model, Actors actors, Timestamp now, Timestamp first);

    /// Plans the model's processings, and variations of `pool` up to `count` in all; `pool` must outlive the writer.
    void plan(std::uint64_t seed, std::int64_t count, std::vector<schema::Row const*> const& pool);
    /// Writes the next events, at most `most`, inside the caller's transaction; after the last one, what is found in all.
    Status write_next(storage::Session& session, std::size_t most);
    [[nodiscard]] bool finished() const { return next_ == events_.size(); }
    /// Of the events, and of the records, written so far.
    [[nodiscard]] std::size_t events() const { return next_; }
    [[nodiscard]] std::int64_t written() const { return written_; }

private:
    struct Event {
        Timestamp when{};
        int record = -1, version = 0;      ///< of the model; -1: a variation
        std::int64_t variation = 0;
    };
    Status with_batch(storage::Session& session, std::function<Status(records::Batch&)> const& write);
    Status write_one(records::Batch& batch, Event const& event);
    /// The records of the other registers, once the processings are there.
    Status write_rest(storage::Session& session);
    Status reach(records::Batch& batch, RecordId id, std::string from, std::string const& to);
    Status step(records::Batch& batch, RecordId id, std::string const& to);
    [[nodiscard]] Uuid actor_of(Event const& event) const;
    /// Time never goes back within a history.
    Timestamp tick(Timestamp wanted);

    Application& application_;
    accounts::OrganisationInfo organisation_;
    ModelOrganisation const& model_;
    Actors actors_;
    Timestamp now_, last_;
    compliance::Linter quick_linter_;      ///< of the model's records, whose steps ask what is found
    records::Machinery guarded_, unjudged_;
    records::Register const& kind_;
    Processors processors_;                ///< whom its processings name
    std::map<std::string, std::string> protections_;   ///< ids of the assets and measures they rest on, by reference
    std::vector<RecordId> ids_;            ///< of the model's records, once created
    std::uint64_t seed_ = 0;
    std::vector<schema::Row const*> const* pool_ = nullptr;
    std::vector<Event> events_;            ///< in the order of time
    std::size_t next_ = 0;                 ///< the first not written
    std::int64_t written_ = 0;
};

}  // namespace greffier::app::demo
