#include "records/surroundings.hpp"

#include <algorithm>

#include "records/sealing.hpp"
#include "schema/json.hpp"

namespace greffier::records {

using storage::SqlText;

std::optional<schema::Row> SessionSurroundings::profile()
{
    std::optional<schema::Row> found;
    each("profile", [&](Neighbour const& one) {
        found = one.row;
        return false;
    });
    return found;
}

std::int64_t SessionSurroundings::count(std::string_view register_slug)
{
    auto const known = counts_.find(register_slug);
    if (known != counts_.end()) return known->second;
    auto rows = session_.query(SqlText{"SELECT count(*) FROM record WHERE organisation_id=? AND register=? AND deleted_at IS NULL"}, organisation_, register_slug);
    rows.next();
    return counts_[std::string{register_slug}] = rows.integer(0);
}

std::int64_t SessionSurroundings::total()
{
    std::int64_t sum = 0;
    for (auto const* kind : registers_.all()) sum += count(kind->slug);
    return sum;
}

/// A row of: id, reference, status, version, instant of the change, body, version of its schema.
SessionSurroundings::Neighbour SessionSurroundings::neighbour_of(Register const& kind, storage::Cursor const& row, std::span<std::string const> fields)
{
    auto const id = row.id<Record>(0);
    auto const schema_version = static_cast<int>(row.integer(6));
    std::string const open = kind.sealed ? parts_of(row.view(5)).open : std::string{};   // of its neighbours, an examiner sees what is not sealed
    auto const body = kind.sealed ? std::string_view{open} : row.view(5);
    if (fields.empty()) return {id, row.text(1), row.text(2), schema::from_stored(*kind.schema, body, schema_version)};
    met_[id.uuid] = {id, row.integer(3), row.timestamp(4)};
    return {id, row.text(1), row.text(2), schema::from_stored(*kind.schema, body, schema_version, fields)};
}

// In the order of their making, whoever is read from where: the first that an examiner names stays the same. ("+": the order
// must not tempt the engine to walk the records of all organisations.)

SessionSurroundings::Neighbours SessionSurroundings::read_bodies(Register const& kind, std::span<std::string const> fields)
{
    Neighbours all;
    auto rows = session_.query(SqlText{"SELECT r.id, r.reference, r.status, r.version, r.updated_at, b.body, b.schema_version FROM record r JOIN record_body b ON b.rid=r.rid "
                                       "WHERE r.organisation_id=? AND r.register=? AND r.deleted_at IS NULL ORDER BY +r.rid"},
                               organisation_, kind.slug);
    while (rows.next()) all.push_back(neighbour_of(kind, rows, fields));
    return all;
}

/// The heads, and the bodies of those alone whose digest nobody remembers: all bodies at once where these are many.
SessionSurroundings::Neighbours SessionSurroundings::read_new_bodies(Register const& kind, std::span<std::string const> fields)
{
    constexpr std::ptrdiff_t few = 10;
    Neighbours all;
    std::vector<Digested> heads;
    std::vector<std::int64_t> rids;
    {
        auto rows = session_.query(SqlText{"SELECT r.id, r.reference, r.status, r.version, r.updated_at, r.rid FROM record r WHERE r.organisation_id=? AND r.register=? AND r.deleted_at IS NULL ORDER BY +r.rid"},
                                   organisation_, kind.slug);
        while (rows.next()) {
            heads.push_back({rows.id<Record>(0), rows.integer(3), rows.timestamp(4)});
            all.push_back({heads.back().id, rows.text(1), rows.text(2), {}});
            rids.push_back(rows.integer(5));
        }
    }
    recall_digests(heads);
    if (std::ranges::count(heads, nullptr, &Digested::digest) > few) return read_bodies(kind, fields);
    for (std::size_t i = 0; i < all.size(); ++i) {
        all[i].digest = heads[i].digest;
        if (all[i].digest) continue;
        auto row = session_.query(SqlText{"SELECT r.id, r.reference, r.status, r.version, r.updated_at, b.body, b.schema_version FROM record r JOIN record_body b ON b.rid=r.rid WHERE r.rid=?"}, rids[i]);
        if (row.next()) all[i] = neighbour_of(kind, row, fields);
    }
    return all;
}

/// The live records of a register; without `fields`, whole.
SessionSurroundings::Neighbours SessionSurroundings::read(std::string_view register_slug, std::span<std::string const> fields)
{
    auto const* kind = registers_.find(register_slug);
    if (!kind) return {};
    auto all = fields.empty() ? read_bodies(*kind, fields) : read_new_bodies(*kind, fields);
    if (next_ && next_->register_slug == register_slug) apply(*next_, all);
    return all;
}

void SessionSurroundings::each(std::string_view register_slug, std::function<bool(Neighbour const&)> const& visit)
{
    auto known = read_.find(register_slug);
    if (known == read_.end()) known = read_.emplace(std::string{register_slug}, read(register_slug, {})).first;
    for (auto const& one : known->second)
        if (!visit(one)) return;
}

void SessionSurroundings::each_brief(std::string_view register_slug, std::span<std::string const> fields, std::function<bool(Neighbour const&)> const& visit)
{
    auto known = briefly_read_.find(register_slug);
    if (known == briefly_read_.end()) known = briefly_read_.emplace(std::string{register_slug}, read(register_slug, fields)).first;
    for (auto const& one : known->second)
        if (!visit(one)) return;
}

void SessionSurroundings::apply(Next const& next, Neighbours& known)
{
    met_.erase(next.id.uuid);   // what stands in the list from now on is not what was read
    if (next.was_live) std::erase_if(known, [&](Neighbour const& one) { return one.id == next.id; });
    if (next.live) known.push_back({next.id, std::string{next.reference}, std::string{next.status}, next.open_row});
}

void SessionSurroundings::follow(Next const& next)
{
    if (next.was_live != next.live) {
        auto const counted = count(next.register_slug);
        counts_.find(next.register_slug)->second = counted + (next.live ? 1 : -1);
    }
    next_.emplace(next);
    for (auto* known : {&read_, &briefly_read_})
        if (auto const there = known->find(next.register_slug); there != known->end()) apply(next, there->second);
}

std::vector<Digested> SessionSurroundings::made() const
{
    std::vector<Digested> all;
    for (auto const& [slug, neighbours] : briefly_read_)
        for (auto const& one : neighbours)
            if (auto const met = met_.find(one.id.uuid); one.digest && met != met_.end()) {
                all.push_back(met->second);
                all.back().digest = one.digest;
            }
    return all;
}

}  // namespace greffier::records
