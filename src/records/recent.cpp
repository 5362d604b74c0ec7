#include "records/recent.hpp"

#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "core/log.hpp"

namespace greffier::records {

using storage::Session;
using storage::SqlText;

namespace {

constexpr std::size_t waiting_at_most = 4096;

/// Puts each person's openings in the order they happened in, whatever the clock said: the last one's time is believed.
/// Returns the first instant of each person.
template <class Waiting>
std::map<PersonId, Timestamp> straighten(Waiting& waiting)
{
    using Opening = typename Waiting::mapped_type;
    std::map<PersonId, std::vector<Opening*>> by_person;
    for (auto& [key, opening] : waiting) by_person[std::get<0>(key)].push_back(&opening);
    std::map<PersonId, Timestamp> first;
    for (auto& [person, openings] : by_person) {
        std::ranges::sort(openings, std::greater{}, &Opening::order);
        for (std::size_t i = 1; i < openings.size(); ++i) openings[i]->at = std::min(openings[i]->at, openings[i - 1]->at - std::chrono::milliseconds{1});
        first[person] = openings.back()->at;
    }
    return first;
}

/// What a clock noted that has been set back since stands before what is noted now, in its own order. Another process may
/// have written later openings than these, and rightly: they are left where they stand.
void make_older(Session& session, PersonId person, Timestamp since, Timestamp now)
{
    std::optional<Timestamp> newest;
    {
        auto row = session.query(SqlText{"SELECT max(opened_at) FROM record_opened WHERE person_id=?"}, person);
        if (row.next()) newest = row.optional_timestamp(0);
    }
    if (!newest || *newest <= now) return;
    session.execute(SqlText{"UPDATE record_opened SET opened_at=opened_at-? WHERE person_id=?"}, to_millis(*newest) - to_millis(since) + 1, person);
}

}  // namespace

void Recent::opened(PersonId person, OrganisationId organisation, RecordId record, Timestamp now)
{
    bool many = false;
    {
        std::lock_guard const held(mutex_);
        waiting_[{person, organisation, record}] = {now, ++openings_};
        many = waiting_.size() >= waiting_at_most;
    }
    if (many) flush(now);
}

void Recent::flush(Timestamp now)
{
    std::lock_guard const writing(writing_);
    std::map<Key, Opening> taken;
    {
        std::lock_guard const held(mutex_);
        taken.swap(waiting_);
    }
    if (taken.empty()) return;
    try {
        [[maybe_unused]] auto const done = database_.write([&](Session& session) -> Status {
            session.lock_nothing();
            std::set<std::pair<PersonId, OrganisationId>> touched;
            for (auto const& [person, since] : straighten(taken)) make_older(session, person, since, now);
            for (auto const& [key, opening] : taken) {
                auto const& [person, organisation, record] = key;
                // A person erased meanwhile must not take everybody's notes down with them.
                session.execute(SqlText{"INSERT INTO record_opened(person_id, organisation_id, record_id, opened_at) SELECT id, ?, ?, ? FROM person WHERE id=? "
                                        "ON CONFLICT(person_id, organisation_id, record_id) DO UPDATE SET opened_at=excluded.opened_at"},
                                organisation, record, opening.at, person);
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
