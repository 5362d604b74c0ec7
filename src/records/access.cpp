#include "records/access.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace greffier::records {

using storage::SqlText;

std::vector<Nameable> nameable_on(Records const& records, RecordId record)
{
    std::vector<Nameable> people;
    auto const session = records.seen();
    auto rows = session->query(SqlText{"SELECT p.id, p.name, p.email_shown, m.role, EXISTS(SELECT 1 FROM record_reader w WHERE w.organisation_id=m.organisation_id AND w.record_id=? AND w.person_id=p.id) "
                                       "FROM membership m JOIN person p ON p.id=m.person_id WHERE m.organisation_id=? AND m.revoked_at IS NULL AND p.disabled_at IS NULL ORDER BY p.id"},
                               record, records.organisation());
    while (rows.next()) {
        auto const person = rows.id<Person>(0);
        if (people.empty() || people.back().person != person) people.push_back({person, rows.text(1), rows.text(2), rows.integer(4) != 0, false});
        auto const role = accounts::parse_role(rows.view(3));
        if (role && accounts::sees_restricted(*role)) people.back().sees_restricted = true;
    }
    std::ranges::stable_sort(people, {}, [](Nameable const& one) { return sort_key(one.name); });
    return people;
}

std::optional<AccessChange> access_of_copy(Records const& records, Head const& source)
{
    if (!source.restricted) return std::nullopt;
    AccessChange access{{}, 0, true, {}, {}};
    for (auto const& one : nameable_on(records, source.id))
        if (one.named) access.named.push_back(one.person);
    return access;
}

Result<Stored> create_copy(Batch& batch, Register const& kind, NewRecord record, std::optional<AccessChange> access)
{
    auto const reason = record.reason;
    auto made = TRY(batch.create(kind, std::move(record)));
    if (!access) return made;
    access->id = made.head.id;
    access->reason = reason;
    return batch.set_access(kind, *access);
}

}  // namespace greffier::records
