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

void SessionSurroundings::each(std::string_view register_slug, std::function<bool(Neighbour const&)> const& visit)
{
    auto known = read_.find(register_slug);
    if (known == read_.end()) {
        std::vector<Neighbour> all;
        if (auto const* kind = registers_.find(register_slug)) {
            auto rows = session_.query(SqlText{"SELECT r.id, r.reference, r.status, b.body, b.schema_version FROM record r JOIN record_body b ON b.rid=r.rid "
                                               "WHERE r.organisation_id=? AND r.register=? AND r.deleted_at IS NULL"},
                                       organisation_, register_slug);
            while (rows.next())
                all.push_back({rows.id<Record>(0), rows.text(1), rows.text(2), schema::from_stored(*kind->schema, rows.view(3), static_cast<int>(rows.integer(4)))});
        }
        known = read_.emplace(std::string{register_slug}, std::move(all)).first;
    }
    for (auto const& one : known->second)
        if (!visit(one)) return;
}

void SessionSurroundings::follow(std::string_view register_slug, Neighbour record, bool live)
{
    if (auto counted = counts_.find(register_slug); counted != counts_.end()) counts_.erase(counted);
    auto known = read_.find(register_slug);
    if (known == read_.end()) return;
    std::erase_if(known->second, [&](Neighbour const& one) { return one.id == record.id; });
    if (live) known->second.push_back(std::move(record));
}

}  // namespace greffier::records
