#pragma once
// Internal to the import of tables: the cells of one line as owned rows of a field.

#include <set>
#include <string>
#include <vector>

#include "exchange/table_convert.hpp"
#include "exchange/table_look.hpp"
#include "records/import_item.hpp"

namespace greffier::exchange {

struct PlannedColumn {
    std::size_t index = 0;             ///< in the sheet
    std::string heading;
    Target target;
    std::string separator;
    Manner manner;
};

/// Columns whose values stand side by side in the rows of one field.
struct RowSet {
    int field = -1;
    std::vector<std::pair<int, std::string>> with;
    std::vector<PlannedColumn const*> columns;
};
std::vector<RowSet> row_sets(std::vector<PlannedColumn> const& columns);

/// Where notes go: knows the place of a cell, and stops at a few thousands.
class TableNotes {
public:
    explicit TableNotes(std::vector<records::ImportNote>& into) : into_(&into) {}
    void aim(std::vector<records::ImportNote>& into) { into_ = &into; }
    void add(records::Outcome outcome, std::string place, std::string code, std::string const& words, std::string field);

private:
    std::vector<records::ImportNote>* into_;
    std::size_t told_ = 0;
};

/// The parts a set can fill: what a later import compares.
std::set<int> parts_of_set(schema::SchemaInfo const& parts, RowSet const& set);
/// Parts that follow from another one, when no column fills them: the figure of a period written in words.
struct DerivedPart {
    std::string_view schema, from, part, start;
};
DerivedPart const* derived_of(schema::SchemaInfo const& parts);

/// The same as the merge of a later import wants them.
records::Carried carried_parts(schema::FieldInfo const& field, std::set<int> const& filled);

/// The owned rows of one line, each with the column of its first cell.
struct MadeRow {
    schema::Row row;
    std::size_t column = 0;
};
std::vector<MadeRow> make_rows(schema::SchemaInfo const& info, RowSet const& set, documents::TableRow const& line, TableLook const& look, TableNotes& notes);

/// What is required and follows from nothing in the file: "other", the first purpose as the main one.
void complete_rows(schema::SchemaInfo const& parts, schema::Rows& rows);

/// A text within the length of its field; `cut` when something was left out.
std::string fit_text(schema::FieldInfo const& field, std::string text, bool& cut);
std::size_t room_of(schema::FieldInfo const& field);

} // namespace greffier::exchange
