#include "records/surroundings.hpp"

#include <algorithm>
#include <limits>

#include "accounts/modules.hpp"
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

JudgedHouse const& SessionSurroundings::house()
{
    if (!house_) {
        house_.emplace();
        auto row = session_.query(SqlText{"SELECT archived_at, modules_off FROM organisation WHERE id=?"}, organisation_);
        if (row.next()) *house_ = {!row.is_null(0), row.text(1)};
    }
    return *house_;
}

bool SessionSurroundings::keeps(std::string_view register_slug) { return !accounts::is_off(house().modules_off, register_slug); }

std::int64_t SessionSurroundings::count(std::string_view register_slug) { return keeps(register_slug) ? counted(register_slug) : 0; }

std::int64_t SessionSurroundings::counted(std::string_view register_slug)
{
    auto const known = counts_.find(register_slug);
    if (known != counts_.end()) return known->second;
    auto rows = session_.query(SqlText{"SELECT count(*) FROM record WHERE organisation_id=? AND register=? AND deleted_at IS NULL"}, organisation_, register_slug);
    rows.next();
    return counts_[std::string{register_slug}] = rows.integer(0);
}

std::int64_t SessionSurroundings::total()
{
    auto rows = session_.query(SqlText{"SELECT register, count(*) FROM record WHERE organisation_id=? AND deleted_at IS NULL GROUP BY register"}, organisation_);
    std::int64_t sum = 0;
    while (rows.next()) sum += rows.integer(1);
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

// ("+": the order must not tempt the engine to walk the records of all organisations.)

SessionSurroundings::Neighbours SessionSurroundings::read_bodies(Register const& kind, std::span<std::string const> fields)
{
    Neighbours all;
    auto rows = session_.query(SqlText{"SELECT r.id, r.reference, r.status, r.version, r.updated_at, b.body, b.schema_version, r.rid FROM record r JOIN record_body b ON b.rid=r.rid "
                                       "WHERE r.organisation_id=? AND r.register=? AND r.deleted_at IS NULL ORDER BY +r.rid"},
                               organisation_, kind.slug);
    while (rows.next()) all.push_back({rows.integer(7), neighbour_of(kind, rows, fields)});
    return all;
}

/// The heads, and the bodies of those alone whose digest nobody remembers: all bodies at once where these are many.
SessionSurroundings::Neighbours SessionSurroundings::read_new_bodies(Register const& kind, std::span<std::string const> fields)
{
    constexpr std::ptrdiff_t few = 10;
    Neighbours all;
    std::vector<Digested> heads;
    {
        auto rows = session_.query(SqlText{"SELECT r.id, r.reference, r.status, r.version, r.updated_at, r.rid FROM record r WHERE r.organisation_id=? AND r.register=? AND r.deleted_at IS NULL ORDER BY +r.rid"},
                                   organisation_, kind.slug);
        while (rows.next()) {
            heads.push_back({rows.id<Record>(0), rows.integer(3), rows.timestamp(4)});
            all.push_back({rows.integer(5), {heads.back().id, rows.text(1), rows.text(2), {}}});
        }
    }
    recall_digests(heads);
    if (std::ranges::count(heads, nullptr, &Digested::digest) > few) return read_bodies(kind, fields);
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto& [rid, one] = all[i];
        one.digest = heads[i].digest;
        if (one.digest) continue;
        auto row = session_.query(SqlText{"SELECT r.id, r.reference, r.status, r.version, r.updated_at, b.body, b.schema_version FROM record r JOIN record_body b ON b.rid=r.rid WHERE r.rid=?"}, rid);
        if (row.next()) one = neighbour_of(kind, row, fields);
    }
    return all;
}

/// The live records of a register; without `fields`, whole.
SessionSurroundings::Neighbours SessionSurroundings::read(std::string_view register_slug, std::span<std::string const> fields)
{
    auto const* kind = registers_.find(register_slug);
    if (!kind || !keeps(register_slug)) return {};
    auto all = fields.empty() ? read_bodies(*kind, fields) : read_new_bodies(*kind, fields);
    if (next_ && next_->register_slug == register_slug) apply(*next_, all);
    return all;
}

void SessionSurroundings::each(std::string_view register_slug, std::function<bool(Neighbour const&)> const& visit)
{
    auto known = read_.find(register_slug);
    if (known == read_.end()) known = read_.emplace(std::string{register_slug}, read(register_slug, {})).first;
    for (auto const& held : known->second)
        if (!visit(held.one)) return;
}

void SessionSurroundings::each_brief(std::string_view register_slug, std::span<std::string const> fields, std::function<bool(Neighbour const&)> const& visit)
{
    auto known = briefly_read_.find(register_slug);
    if (known == briefly_read_.end()) known = briefly_read_.emplace(std::string{register_slug}, read(register_slug, fields)).first;
    for (auto const& held : known->second)
        if (!visit(held.one)) return;
}

void SessionSurroundings::apply(Next const& next, Neighbours& known)
{
    met_.erase(next.id.uuid);   // what stands in the list from now on is not what was read
    if (next.was_live) std::erase_if(known, [&](Held const& held) { return held.one.id == next.id; });
    if (!next.live) return;
    auto const rid = next.rid.value_or(std::numeric_limits<std::int64_t>::max());
    auto const place = std::ranges::upper_bound(known, rid, {}, &Held::rid);
    known.insert(place, {rid, as_written(next)});
}

SessionSurroundings::Neighbour SessionSurroundings::as_written(Next const& next) { return {next.id, std::string{next.reference}, std::string{next.status}, next.open_row}; }

std::optional<SessionSurroundings::Neighbour> SessionSurroundings::find(std::string_view register_slug, RecordId id)
{
    constexpr int few = 10;
    auto const* kind = registers_.find(register_slug);
    if (!kind || !keeps(register_slug)) return std::nullopt;
    if (read_.contains(register_slug) || looked_up_[std::string{register_slug}] >= few) return Surroundings::find(register_slug, id);
    if (next_ && next_->id == id) return next_->live && next_->register_slug == register_slug ? std::optional{as_written(*next_)} : std::nullopt;
    if (auto const known = alone_.find(id.uuid); known != alone_.end()) return known->second;
    ++looked_up_[std::string{register_slug}];
    auto row = session_.query(SqlText{"SELECT r.id, r.reference, r.status, r.version, r.updated_at, b.body, b.schema_version FROM record r JOIN record_body b ON b.rid=r.rid "
                                      "WHERE r.organisation_id=? AND r.id=? AND r.register=? AND r.deleted_at IS NULL"},
                              organisation_, id, register_slug);
    return alone_[id.uuid] = row.next() ? std::optional{neighbour_of(*kind, row, {})} : std::nullopt;
}

void SessionSurroundings::each_naming(std::string_view register_slug, std::string_view field, Uuid target, std::function<bool(Neighbour const&)> const& visit)
{
    auto const* kind = registers_.find(register_slug);
    if (!kind || !keeps(register_slug)) return;
    bool const overlaid = next_ && next_->register_slug == register_slug;
    if (overlaid && next_->live && !visit(as_written(*next_))) return;
    auto rows = session_.stream(SqlText{"SELECT r.id, r.reference, r.status, r.version, r.updated_at, b.body, b.schema_version FROM record_link l JOIN record r ON r.rid=l.rid JOIN record_body b ON b.rid=r.rid "
                                        "WHERE l.target=? AND l.field=? AND l.to_version IS NULL AND r.organisation_id=? AND r.register=? AND r.deleted_at IS NULL"},
                                target, field, organisation_, register_slug);
    while (rows.next())
        if (!(overlaid && rows.id<Record>(0) == next_->id) && !visit(neighbour_of(*kind, rows, {}))) return;
}

std::vector<RecordId> SessionSurroundings::naming(std::string_view register_slug, std::string_view field, Uuid target)
{
    std::vector<RecordId> ids;
    if (!keeps(register_slug)) return ids;
    auto rows = session_.query(SqlText{"SELECT r.id FROM record_link l JOIN record r ON r.rid=l.rid "
                                       "WHERE l.target=? AND l.field=? AND l.to_version IS NULL AND r.organisation_id=? AND r.register=? AND r.deleted_at IS NULL"},
                               target, field, organisation_, register_slug);
    while (rows.next()) ids.push_back(rows.id<Record>(0));
    return ids;
}

void SessionSurroundings::follow(Next const& next)
{
    if (next.was_live != next.live) {
        auto const before = counted(next.register_slug);
        counts_.find(next.register_slug)->second = before + (next.live ? 1 : -1);
    }
    alone_.erase(next.id.uuid);
    next_.emplace(next);
    for (auto* known : {&read_, &briefly_read_})
        if (auto const there = known->find(next.register_slug); there != known->end()) apply(next, there->second);
}

std::vector<Digested> SessionSurroundings::made() const
{
    std::vector<Digested> all;
    for (auto const& [slug, neighbours] : briefly_read_)
        for (auto const& [rid, one] : neighbours)
            if (auto const met = met_.find(one.id.uuid); one.digest && met != met_.end()) {
                all.push_back(met->second);
                all.back().digest = one.digest;
            }
    return all;
}

}  // namespace greffier::records
