#include "compliance/reading.hpp"

#include <algorithm>
#include <set>

#include "schema/diff.hpp"

namespace greffier::compliance {

using records::Change;
using records::Concerned;

namespace {

bool differs(Change const& change, std::string_view field)
{
    return schema::get(*change.schema, *change.before->row, field) != schema::get(*change.schema, *change.after->row, field);
}

bool matters(Reading const& reading, Change const& change)
{
    if (!change.before || !change.after) return change.before || change.after;
    if (reading.status && change.before->status != change.after->status) return true;
    if (reading.reference && change.before->reference != change.after->reference) return true;
    return std::ranges::any_of(reading.fields, [&](auto const& field) { return differs(change, field); });
}

/// Whoever was named and whoever is: a link that went changes as much as one that came.
std::set<Uuid> named(Change const& change, std::string_view field)
{
    std::set<Uuid> all;
    for (auto const* face : {&change.before, &change.after})
        for (auto const& id : named_in(change, *face, field)) all.insert(id);
    return all;
}

void follow_links(Reading const& reading, Change const& change, records::Surroundings& around, Concerned& concerned)
{
    auto add_those_naming = [&](Uuid target) {
        for (auto const& id : around.naming(reading.judged, reading.naming, target)) concerned.records.push_back(id);
    };
    if (reading.through.empty()) {
        if (!change.born) add_those_naming(change.id.uuid);
        return;
    }
    for (auto const& target : named(change, reading.through)) {
        if (reading.naming.empty()) concerned.records.push_back({target});
        else add_those_naming(target);
    }
}

}  // namespace

std::vector<Uuid> named_in(Change const& change, std::optional<Change::Face> const& face, std::string_view field)
{
    std::vector<Uuid> ids;
    if (!face) return ids;
    for (auto const& link : schema::links_of(*change.schema, *face->row))
        if (link.field == field)
            if (auto const id = Uuid::parse(link.target)) ids.push_back(*id);
    return ids;
}

void concern(std::span<Reading const> readings, Change const& change, records::Surroundings& around, std::vector<Concerned>& concerned)
{
    for (auto const& reading : readings) {
        if (reading.read != change.register_slug || !matters(reading, change)) continue;
        Concerned found{std::string{reading.judged}};
        if (reading.found) reading.found(change, around, found);
        else if (reading.through.empty() && reading.naming.empty()) found.everyone = true;
        else follow_links(reading, change, around, found);
        if (found.everyone || !found.records.empty()) concerned.push_back(std::move(found));
    }
}

}  // namespace greffier::compliance
