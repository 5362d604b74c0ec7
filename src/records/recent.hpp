#pragma once
// Recent: the last records each person opened, a few per organisation. Noting one costs the page nothing: it is kept in
// memory and written with others, each half minute, before a list of them is read, and when the program stops. A crash
// loses the last half minute, which matters to nobody.

#include <cstdint>
#include <map>
#include <mutex>
#include <tuple>

#include "core/id.hpp"
#include "core/time.hpp"
#include "storage/database.hpp"

namespace greffier::records {

constexpr int recent_kept = 20;              ///< per person and organisation

/// Thread-safe.
class Recent {
public:
    explicit Recent(storage::Database& database) : database_(database) {}

    /// Never blocks on the database, unless thousands wait.
    void opened(PersonId person, OrganisationId organisation, RecordId record, Timestamp now);
    /// Writes what waits. Instants noted ahead of `now` are of a clock that was set back since: they are made older. A failing
    /// disk loses it and says so in the log: reading must not fail for that.
    void flush(Timestamp now);

private:
    using Key = std::tuple<PersonId, OrganisationId, RecordId>;
    storage::Database& database_;
    std::mutex mutex_, writing_;   ///< writing_: what was taken first is written first
    struct Opening { Timestamp at{}; std::uint64_t order = 0; };   ///< clocks are set back: the order is counted
    std::map<Key, Opening> waiting_;
    std::uint64_t openings_ = 0;
};

}  // namespace greffier::records
