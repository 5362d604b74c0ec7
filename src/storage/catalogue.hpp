#pragma once
// Internal to storage/: the tables that a database itself lists, and statements over them. What must hold for every
// table, those of next year included, is written over these and not over a list that somebody forgets.

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "storage/database.hpp"

namespace greffier::storage {

/// Statements made of names that a catalogue gave, quoted. Kept for ever, as their address keys the prepared ones; there
/// are a few for each table.
class CatalogueText {
public:
    static SqlText keep(std::string text);
};

struct Column {
    std::string name;
    char kind = 'i';   ///< i integer, t text, b bytes
};

struct Reference {
    std::string column, table, target;   ///< the first of each, where several columns refer together
};

struct Table {
    std::string name;
    std::vector<Column> columns;
    std::set<std::string> needs;           ///< other tables its rows refer to
    std::optional<std::size_t> parent;     ///< the column that refers to the first column of another row of this table
    std::vector<Reference> references;     ///< to other tables

    [[nodiscard]] bool has(std::string_view column) const;
};

std::string quoted(std::string const& name);

/// All but schema_migration and what an engine keeps for itself, by name; without references.
std::vector<Table> tables_of(Session& session);
void note_references(Session& session, std::vector<Table>& tables);
/// Those that are referred to first: PostgreSQL checks references at the end of each statement.
std::vector<Table> in_order(std::vector<Table> tables);

}  // namespace greffier::storage
