#include "records/due_keeper.hpp"

#include "records/notifications.hpp"

namespace greffier::records {

using storage::SqlText;

DueKeeper::OfRecord DueKeeper::read(std::int64_t rid)
{
    if (known_) {
        auto const found = known_->find(rid);
        return found == known_->end() ? OfRecord{} : found->second;
    }
    OfRecord kept;
    auto rows = session_.query(SqlText{"SELECT kind, place, at, day, legal, owner_id FROM due WHERE rid=?"}, rid);
    while (rows.next())
        kept[{rows.text(0), rows.text(1)}] = {rows.timestamp(2), rows.text(3), rows.integer(4) != 0, rows.is_null(5) ? std::nullopt : std::optional{rows.uuid(5)}};
    return kept;
}

void DueKeeper::read_all(Register const& kind)
{
    known_.emplace();
    auto rows = session_.query(SqlText{"SELECT rid, kind, place, at, day, legal, owner_id FROM due WHERE organisation_id=? AND register=?"}, organisation_, kind.slug);
    while (rows.next())
        (*known_)[rows.integer(0)][{rows.text(1), rows.text(2)}] = {rows.timestamp(3), rows.text(4), rows.integer(5) != 0, rows.is_null(6) ? std::nullopt : std::optional{rows.uuid(6)}};
}

std::optional<Uuid> DueKeeper::owner_of(Of const& record)
{
    auto const email = owner_email(record.kind, record.row);
    if (email.empty()) return std::nullopt;
    auto const known = people_.find(email);
    if (known != people_.end()) return known->second;
    auto const person = reader_with_email(session_, organisation_, email);
    return people_[email] = person ? std::optional{person->uuid} : std::nullopt;
}

void DueKeeper::keep(Of const& record, std::vector<Due> const& dues, Timestamp now, bool born, bool moved)
{
    auto was = born ? OfRecord{} : read(record.rid);
    OfRecord wanted;
    std::optional<Uuid> owner;
    if (!dues.empty()) owner = owner_of(record);
    for (auto const& due : dues) {
        Kept kept{due.at, due.day ? to_text(*due.day) : std::string{}, due.legal, owner};
        auto const [there, added] = wanted.try_emplace({std::string{due.kind}, due.place.text()}, kept);
        if (!added && due.at < there->second.at) there->second = kept;   // the earlier of two that nothing tells apart
    }
    for (auto const& [key, kept] : was)
        if (!wanted.contains(key)) session_.execute(SqlText{"DELETE FROM due WHERE rid=? AND kind=? AND place=?"}, record.rid, key.first, key.second);
    std::optional<Timestamp> moved_at;
    if (moved) moved_at = now;
    for (auto const& [key, due] : wanted) {
        auto const& [kind, place] = key;
        auto const legal = due.legal ? 1 : 0;
        auto const before = was.find(key);
        if (before == was.end())
            session_.execute(SqlText{"INSERT INTO due(organisation_id, rid, record_id, register, kind, place, at, day, legal, owner_id, moved_at, changed_at, revision, next_at) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,0,?)"},
                             organisation_, record.rid, record.id, record.kind.slug, kind, place, due.at, due.day, legal, due.owner, moved_at, now, now);
        else if (before->second.at != due.at || before->second.day != due.day || before->second.legal != due.legal)
            session_.execute(SqlText{"UPDATE due SET at=?, day=?, legal=?, owner_id=?, changed_at=?, revision=revision+1, next_at=? WHERE rid=? AND kind=? AND place=?"},
                             due.at, due.day, legal, due.owner, now, now, record.rid, kind, place);
        else if (before->second.owner != due.owner)
            session_.execute(SqlText{"UPDATE due SET owner_id=? WHERE rid=? AND kind=? AND place=?"}, due.owner, record.rid, kind, place);
        if (moved && before != was.end()) session_.execute(SqlText{"UPDATE due SET moved_at=? WHERE rid=? AND kind=? AND place=?"}, now, record.rid, kind, place);
    }
}

}  // namespace greffier::records
