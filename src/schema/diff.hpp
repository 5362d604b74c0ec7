#pragma once
// diff: what changed between two states of a record, field by field; owned rows are followed by their id.

#include <string>
#include <vector>

#include "schema/info.hpp"

namespace greffier::schema {

struct Change {
    enum class What { Set, Removed, Changed, RowAdded, RowRemoved, RowMoved } what{};
    FieldInfo const* field = nullptr;   ///< the record's field
    FieldInfo const* part = nullptr;    ///< the part inside an owned row or an object, when there is one
    std::string row_id;                 ///< of the owned row
    int row_index = -1;                 ///< where it stands (after; before when removed), from 0
    Value before, after;                ///< of the part or the field; for added or removed rows, that one row
};

/// A box nobody ticked is unticked, whether the body was written before the box existed or not; empty is absent.
bool same_answer(FieldInfo const& field, Value const& a, Value const& b);

std::vector<Change> diff(SchemaInfo const& info, Row const& before, Row const& after);
/// Names of the fields that changed.
std::vector<std::string> changed_fields(SchemaInfo const& info, Row const& before, Row const& after);
/// True when a change touches a field marked material(), also inside owned rows.
bool touches_material(SchemaInfo const& info, Row const& before, Row const& after);

/// Gives the owned rows of `after` that have no id yet the id of the row they continue in `before`: the same content
/// first, then the same title, then the same place when half of what it says is the same. So an import, a script or
/// an older export that knows no ids still changes rows instead of replacing them.
void keep_row_ids(SchemaInfo const& info, Row const& before, Row& after);

/// Every Link value of a record, those inside owned rows too.
struct LinkValue {
    std::string field;      ///< path without row ids: "purposes.asset"
    int position = 0;
    std::string target;     ///< UUID text
};
std::vector<LinkValue> links_of(SchemaInfo const& info, Row const& row);

/// The text that full-text search reads: words of searchable fields, folded and split, blank-separated.
std::string search_words(SchemaInfo const& info, Row const& row);

}  // namespace greffier::schema
