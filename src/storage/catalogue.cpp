#include "storage/catalogue.hpp"

#include <algorithm>
#include <mutex>

namespace greffier::storage {

SqlText CatalogueText::keep(std::string text)
{
    static std::mutex mutex;
    static std::set<std::string> kept;
    std::lock_guard const held(mutex);
    auto const& one = *kept.insert(std::move(text)).first;
    return {one, one};
}

namespace {

char kind_of(std::string_view type) { return type == "INTEGER" || type == "int8" ? 'i' : type == "TEXT" || type == "text" ? 't' : 'b'; }

}  // namespace

bool Table::has(std::string_view column) const { return std::ranges::any_of(columns, [&](Column const& one) { return one.name == column; }); }

std::string quoted(std::string const& name) { return "\"" + name + "\""; }

std::vector<Table> tables_of(Session& session)
{
    std::vector<Table> tables;
    auto rows = session.query(SqlText{
        "SELECT m.name, p.name, p.type FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type='table' AND m.name<>'schema_migration' "
        "AND substr(m.name, 1, 10)<>'record_fts' AND substr(m.name, 1, 7)<>'sqlite_' ORDER BY m.name, p.cid",
        "SELECT c.relname, a.attname, t.typname FROM pg_attribute a JOIN pg_class c ON c.oid=a.attrelid JOIN pg_type t ON t.oid=a.atttypid "
        "WHERE c.relnamespace=to_regnamespace(current_schema()) AND c.relkind='r' AND a.attnum>0 AND NOT a.attisdropped AND a.attgenerated='' "
        "AND c.relname<>'schema_migration' ORDER BY c.relname, a.attnum"});
    while (rows.next()) {
        if (tables.empty() || tables.back().name != rows.view(0)) tables.push_back({rows.text(0), {}, {}, {}, {}});
        tables.back().columns.push_back({rows.text(1), kind_of(rows.view(2))});
    }
    return tables;
}

void note_references(Session& session, std::vector<Table>& tables)
{
    auto rows = session.query(SqlText{"SELECT m.name, f.\"table\", f.\"from\", f.\"to\" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type='table' AND f.seq=0",
                                      "SELECT c.relname, f.relname, a.attname, b.attname FROM pg_constraint k JOIN pg_class c ON c.oid=k.conrelid JOIN pg_class f ON f.oid=k.confrelid "
                                      "JOIN pg_attribute a ON a.attrelid=k.conrelid AND a.attnum=k.conkey[1] JOIN pg_attribute b ON b.attrelid=k.confrelid AND b.attnum=k.confkey[1] "
                                      "WHERE k.contype='f' AND k.connamespace=to_regnamespace(current_schema())"});
    while (rows.next()) {
        auto const table = std::ranges::find(tables, rows.view(0), &Table::name);
        if (table == tables.end()) continue;
        if (rows.view(1) != rows.view(0)) {
            table->needs.insert(rows.text(1));
            table->references.push_back({rows.text(2), rows.text(1), rows.text(3)});
        } else table->parent = static_cast<std::size_t>(std::ranges::find(table->columns, rows.view(2), &Column::name) - table->columns.begin());
    }
}

std::vector<Table> in_order(std::vector<Table> tables)
{
    std::vector<Table> ordered;
    std::set<std::string> placed;
    while (!tables.empty()) {
        auto const next = std::ranges::find_if(tables, [&](Table const& table) { return std::ranges::includes(placed, table.needs); });
        if (next == tables.end()) throw std::logic_error("tables refer to each other in a circle");
        placed.insert(next->name);
        ordered.push_back(std::move(*next));
        tables.erase(next);
    }
    return ordered;
}

}  // namespace greffier::storage
