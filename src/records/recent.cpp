#include "records/recent.hpp"

#include <set>
#include <utility>

#include "core/log.hpp"

namespace greffier::records {

using storage::Session;
using storage::SqlText;

namespace {

constexpr std::size_t waiting_at_most = 4096;

}  // namespace

void Recent::opened(PersonId person, OrganisationId organisation, RecordId record, Timestamp now)
{
    bool many = false;
    {
        std::lock_guard const held(mutex_);
        waiting_[{person, organisation, record}] = now;
        many = waiting_.size() >= waiting_at_most;
    }
    if (many) flush();
}

void Recent::flush()
{
    std::map<Key, Timestamp> taken;
    {
        std::lock_guard const held(mutex_);
        taken.swap(waiting_);
    }
    if (taken.empty()) return;
    try {
        [[maybe_unused]] auto const done = database_.write([&](Session& session) -> Status {
            session.lock_nothing();
            std::set<std::pair<PersonId, OrganisationId>> touched;
            for (auto const& [key, at] : taken) {
                auto const& [person, organisation, record] = key;
                // A person erased meanwhile must not take everybody's notes down with them.
                session.execute(SqlText{"INSERT INTO record_opened(person_id, organisation_id, record_id, opened_at) SELECT id, ?, ?, ? FROM person WHERE id=? "
                                        "ON CONFLICT(person_id, organisation_id, record_id) DO UPDATE SET opened_at=excluded.opened_at"},
                                organisation, record, at, person);
                touched.emplace(person, organisation);
            }
            for (auto const& [person, organisation] : touched)
                session.execute(SqlText{"DELETE FROM record_opened WHERE person_id=? AND organisation_id=? AND record_id NOT IN (SELECT record_id FROM record_opened "
                                        "WHERE person_id=? AND organisation_id=? ORDER BY opened_at DESC, record_id LIMIT ?)"},
                                person, organisation, person, organisation, recent_kept);
            return Nothing{};
        });
    } catch (storage::StorageFailure const& failure) {
        log(LogLevel::Warning, "recent_not_kept", {{"reason", std::string_view{failure.what()}}});
    }
}

}  // namespace greffier::records
