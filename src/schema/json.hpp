#pragma once
// JSON of a Row, in two dialects that share every name:
//   stored     compact, declared order, absent members omitted: the exact bytes the ledger commits to;
//   published  every declared member there, null when absent: the API's and the export's one flat object.
// Reading what people send says every problem at once, with its path; unknown members are refused, not dropped.

#include <string>
#include <string_view>
#include <vector>

#include <span>

#include "core/json_writer.hpp"
#include "core/result.hpp"
#include "schema/info.hpp"

namespace greffier::schema {

std::string to_stored(SchemaInfo const& info, Row const& row);
/// Reads a stored body of any schema version up to info.version (was, conversions); throws std::runtime_error
/// on bytes this program never wrote.
Row from_stored(SchemaInfo const& info, std::string_view body, int schema_version);
/// The same, only the named members being read: what a list shows of a body costs a fifth of reading it whole.
/// The other values are absent. Names that are no field are left out.
Row from_stored(SchemaInfo const& info, std::string_view body, int schema_version, std::span<std::string const> wanted);

/// The object `custom`: every field of the organisation, retired ones too, by code, null when absent; "{}" when it has
/// none. Keys are sorted.
std::string custom_json(SchemaInfo const& info, Row const& row);

/// Writes the declared members into an open object, in declared order; `custom` is the caller's to write.
void write_members(JsonWriter& out, SchemaInfo const& info, Row const& row);
/// The same, keys of every object sorted, as exports want it. `extra` are members already written as JSON.
std::string to_sorted(SchemaInfo const& info, Row const& row, std::vector<std::pair<std::string, std::string>> extra);

/// A member of the sent object that is not a declared field (id, version, status …), as raw JSON text.
struct OtherMember { std::string name, json; };

struct ReadRow {
    Row row;
    std::vector<OtherMember> others;
    std::vector<std::string> present;   ///< declared members the object held, null included; "custom.<code>" for custom fields
};

enum class ReadMode {
    Replace,   ///< what is not there becomes absent (POST, PUT, import)
    Merge,     ///< RFC 7396: what is not there keeps `base`; null removes; arrays replace
};
/// `base` is only read in Merge mode. A member sent twice, nesting deeper than 32 or a text that is not JSON is Error unreadable.
Result<ReadRow> read_json(SchemaInfo const& info, std::string_view json, ReadMode mode, Row const& base = {});

/// Raw JSON text of a string member such as "\"draft\"" -> draft; nullopt when it is not a string.
std::optional<std::string> json_string(std::string_view json);

/// OpenAPI 3.1 / JSON Schema of the published object, as JSON text; the record's own members (id, version…) are the caller's.
std::string json_schema(SchemaInfo const& info);

}  // namespace greffier::schema
