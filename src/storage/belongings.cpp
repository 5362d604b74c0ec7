#include "storage/belongings.hpp"

#include <algorithm>
#include <ranges>

#include "storage/catalogue.hpp"
#include "storage/sqlite/connection.hpp"

namespace greffier::storage {

namespace {

constexpr std::string_view root = "organisation", owner = "organisation_id";

/// Conditions with one "?" each, the organisation's id, that together meet all its rows of a table.
std::map<std::string, std::vector<std::string>> conditions_of(std::vector<Table> const& ordered)
{
    std::map<std::string, std::vector<std::string>> conditions;
    conditions[std::string{root}] = {"\"id\"=?"};
    for (auto const& table : ordered) {
        if (table.name == root) continue;
        auto& mine = conditions[table.name];
        if (table.has(owner)) mine.push_back(quoted(std::string{owner}) + "=?");
        for (auto const& reference : table.references) {
            if (table.has(owner) && (reference.column == owner || reference.table != root)) continue;
            auto const above = conditions.find(reference.table);
            if (above == conditions.end()) continue;
            for (auto const& condition : above->second)
                mine.push_back(quoted(reference.column) + " IN (SELECT " + quoted(reference.target) + " FROM " + quoted(reference.table) + " WHERE " + condition + ")");
        }
        if (mine.empty()) conditions.erase(table.name);
    }
    return conditions;
}

std::vector<Table> all_in_order(Session& session)
{
    auto tables = tables_of(session);
    note_references(session, tables);
    return in_order(std::move(tables));
}

}  // namespace

std::map<std::string, std::vector<std::string>> tables_of_organisations(Session& session)
{
    auto const ordered = all_in_order(session);
    auto const conditions = conditions_of(ordered);
    std::map<std::string, std::vector<std::string>> found;
    for (auto const& table : ordered)
        if (conditions.contains(table.name))
            for (auto const& column : table.columns) found[table.name].push_back(column.name);
    return found;
}

std::map<std::string, std::int64_t> remove_belongings(Session& session, OrganisationId const& organisation, Words words)
{
    auto const ordered = all_in_order(session);
    auto const conditions = conditions_of(ordered);
    std::map<std::string, std::int64_t> removed;
    for (auto const& table : ordered | std::views::reverse) {
        auto const mine = conditions.find(table.name);
        if (mine == conditions.end()) continue;
        for (auto const& condition : mine->second)
            removed[table.name] += session.execute(CatalogueText::keep("DELETE FROM " + quoted(table.name) + " WHERE " + condition), organisation);
    }
    // The index of words keeps what was deleted until its pieces are merged.
    if (words == Words::Merged) session.execute(SqlText{"INSERT INTO record_fts(record_fts) VALUES('optimize')", "SELECT 1"});
    return removed;
}

void remove_person(Session& session, PersonId const& person)
{
    for (auto const& table : all_in_order(session) | std::views::reverse) {
        std::set<std::string> columns;
        if (table.has("person_id")) columns.insert("person_id");
        for (auto const& reference : table.references)
            if (reference.table == "person") columns.insert(reference.column);
        for (auto const& column : columns) session.execute(CatalogueText::keep("DELETE FROM " + quoted(table.name) + " WHERE " + quoted(column) + "=?"), person);
    }
    session.execute(SqlText{"DELETE FROM person WHERE id=?"}, person);
}

bool compact_file(std::string const& path)
{
    try {
        Connection connection{path, Connection::Use::Copying};
        auto& session = static_cast<Session&>(connection);
        session.execute(SqlText{"VACUUM"});
        auto emptied = session.query(SqlText{"PRAGMA wal_checkpoint(TRUNCATE)"});
        return emptied.next() && emptied.integer(0) == 0;
    } catch (Unavailable const&) {
        return false;
    }
}

}  // namespace greffier::storage
