#pragma once
// Three-way merge of a record with what a file says of it, against what that source said last time. Pure.
//
//   unchanged in the file          ours stays, whatever it has become
//   changed in the file, not here  the file's is taken
//   changed on both sides          ours stays, and both values are reported
//
// Owned rows are followed by content: the file has no ids, ours keep theirs.

#include <optional>
#include <string>
#include <vector>

#include "records/import_item.hpp"

namespace greffier::records {

struct Difference {
    std::string field;             ///< path in the record as it is here
    std::string ours, theirs;      ///< plain text, shortened
    bool changed_there = false;    ///< in the file too, since last time; otherwise only here
};

struct Merged {
    schema::Row row;               ///< ours with what was taken
    schema::Row said;              ///< the file's row, its rows carrying our ids: what to compare with next time
    std::vector<Difference> differences;
};

struct MergeInput {
    schema::SchemaInfo const& info;
    std::vector<Carried> const& carried;
    std::vector<std::string> const& present;
    std::optional<schema::Row> base;        ///< absent: this source never spoke of this record
    schema::Row const& ours;
    schema::Row theirs;                     ///< normalised
    std::function<schema::Row(schema::Row const&)> const& project;
};
Merged merge_import(MergeInput input);

/// Share of the fields the file fills that say what `base` said: to tell an edited record from another one. 0 to 1.
double resemblance(schema::SchemaInfo const& info, std::vector<Carried> const& carried, schema::Row const& base, schema::Row const& theirs);

/// True when both say the same in the carried parts, row ids set aside.
bool says_the_same(schema::SchemaInfo const& info, std::vector<Carried> const& carried, std::vector<std::string> const& present,
                   schema::Row const& a, schema::Row const& b);

/// A value as plain text in no language: codes, ISO dates; at most 200 characters.
std::string plain_text(schema::Value const& value);

}  // namespace greffier::records
