#pragma once
// One act in a transaction of its own: of the store, and of registers that write several records at once.

#include <functional>

#include "records/store.hpp"

namespace greffier::records {

/// The records that `act` concerns are judged again before the commit; what was read of them is remembered after it.
template <class Act>
Result<Stored> one_act(Machinery const& machinery, OrganisationId organisation, accounts::Sight const& sight, By const& by, Act const& act)
{
    std::function<void()> once_committed;
    auto stored = machinery.database.write_result<Stored>([&](storage::Session& session) -> Result<Stored> {
        session.lock(organisation);
        Batch batch(machinery, organisation, session, by, sight);
        auto done = act(batch);
        if (done.ok()) {
            batch.finish();
            once_committed = batch.once_committed();
        }
        return done;
    });
    if (stored.ok()) once_committed();
    return stored;
}

}  // namespace greffier::records
