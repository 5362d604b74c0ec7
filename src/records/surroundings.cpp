#include "records/surroundings.hpp"

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

/// The live records of a register; without `fields`, whole.
SessionSurroundings::Neighbours SessionSurroundings::read(std::string_view register_slug, std::span<std::string const> fields)
{
    Neighbours all;
    auto const* kind = registers_.find(register_slug);
    if (!kind) return all;
    auto rows = session_.query(SqlText{"SELECT r.id, r.reference, r.status, b.body, b.schema_version FROM record r JOIN record_body b ON b.rid=r.rid "
                                       "WHERE r.organisation_id=? AND r.register=? AND r.deleted_at IS NULL"},
                               organisation_, register_slug);
    while (rows.next()) {
        auto const version = static_cast<int>(rows.integer(4));
        all.push_back({rows.id<Record>(0), rows.text(1), rows.text(2),
                       fields.empty() ? schema::from_stored(*kind->schema, rows.view(3), version) : schema::from_stored(*kind->schema, rows.view(3), version, fields)});
    }
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
    if (next.was_live) std::erase_if(known, [&](Neighbour const& one) { return one.id == next.id; });
    if (next.live) known.push_back({next.id, std::string{next.reference}, std::string{next.status}, next.row});
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

}  // namespace greffier::records
