#pragma once
// Value and Row: what a record is between the edges.
//
// A Row is a list of values in the order of its SchemaInfo's fields; a Value is one of eight shapes,
// whatever the field's kind: nothing, truth, integer, text, date, instant, list of texts, rows.
// Kinds with parts (Contact, Localised, Attachment) are one nested Row; owned rows are several, each
// with a stable id. So forms, checks, JSON, diffs, search and exports are ordinary code over few shapes.

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "core/time.hpp"

namespace greffier::schema {

struct Row;
using Texts = std::vector<std::string>;
using Rows = std::vector<Row>;

using Value = std::variant<std::monostate, bool, std::int64_t, std::string, Date, Timestamp, Texts, Rows>;

struct SchemaInfo;

struct Row {
    std::string id;              ///< stable id of an owned row; empty for a record's own Row
    std::vector<Value> values;   ///< one per SchemaInfo::fields, same order

    Row() = default;
    explicit Row(SchemaInfo const& info);   ///< all values absent
    bool operator==(Row const&) const = default;
};

/// Absent, an empty text, an empty list: all mean "not answered".
bool is_empty(Value const& value);

}  // namespace greffier::schema
