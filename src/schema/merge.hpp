#pragma once
// merge: two people changed one record from the same state; their changes come together field by field. What only
// one of them changed is taken; what both changed, differently, is a Conflict that somebody must settle.
// Pure; thread-safe.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/diff.hpp"

namespace greffier::schema {

struct Conflict {
    enum class What {
        Changed,       ///< both gave another answer
        TheyRemoved,   ///< the owned row that I changed, they removed
        IRemoved,      ///< the owned row that they changed, I removed
    } what{};
    FieldInfo const* field = nullptr;   ///< the record's field
    FieldInfo const* part = nullptr;    ///< the part inside an owned row or an object, when there is one
    std::string row_id;                 ///< of the owned row
    Value base, theirs, mine;           ///< of the part or the field; of a row that is asked about: that one row, or absent

    /// Names the place while the record is merged: "name", "owner.city", "purposes.<row id>.text", "purposes.<row id>".
    [[nodiscard]] std::string path() const;
};

struct Merged {
    Row row;                             ///< all changes together; where there is a conflict, mine
    std::vector<Conflict> conflicts;     ///< in the order of the fields
    std::vector<Change> theirs, mine;    ///< what each of the two brought, conflicts apart
};

/// Choices, terms and links are sets: what each added or took away is done. Owned rows are followed by their id: rows
/// added by both are all kept, a row that one removed and the other changed is asked about. Read-only fields are
/// theirs: no form changes them. New rows of `mine` need an id (normalise gives them) to be listed rightly.
Merged merge(SchemaInfo const& info, Row const& base, Row const& theirs, Row const& mine);

/// Puts an answer at the place of a conflict of `row` (Merged::row): one of its three values, or another one.
void settle(SchemaInfo const& info, Row& row, Conflict const& conflict, Value answer);

/// Both changes of one text, word by word; nothing when they touch the same words, or for a text of more than 2,000
/// words. Two insertions at one place both stand. A proposal: somebody must read it.
std::optional<std::string> merge_text(std::string_view base, std::string_view theirs, std::string_view mine);

}  // namespace greffier::schema
