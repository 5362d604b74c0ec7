#pragma once
// Lease: of the programs that serve one database, the one that signs histories and works at night. Held for 90 seconds
// and taken again at each round, so that another takes over when its holder stops or dies.

#include <string>

#include "core/time.hpp"
#include "storage/database.hpp"

namespace greffier::app {

class Lease {
public:
    /// `work`: the row of the installation that says who holds it.
    explicit Lease(storage::Database& database, std::string work = "periodic_work");

    /// True when the periodic work is this process's until further notice. On SQLite it always is: `serve` is alone there.
    bool hold(Timestamp now);
    /// Lets another take over at once.
    void give_up();

private:
    storage::Database& database_;
    std::string work_, name_;   ///< of this process, at random
};

}  // namespace greffier::app
