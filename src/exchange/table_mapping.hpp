#pragma once
// How the columns of a spreadsheet become fields of a register: a value that is proposed, corrected by a person,
// saved under a name, sent by the API. Knows no file and no law.
//
// A target is written as people read it:
//   ""                               left out
//   "reference"                      the record's own reference
//   "name", "notes"                  a field; several columns of one text field stand one under the other
//   "owner.email"                    a part of a field
//   "recipients.name"                a part of an owned row: one row per value of the cell
//   "recipients.name[type=processor]"   the same, with what the row says beside

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/locale.hpp"
#include "core/result.hpp"
#include "schema/info.hpp"

namespace greffier::exchange {

/// Words of the file -> code of a choice; "" leaves the word out, absent means that nobody decided.
using WordChoices = std::map<std::string, std::optional<std::string>, std::less<>>;

struct TableColumn {
    std::string heading;        ///< of the file; a repeated one has its number: "Destinataire (2)"
    std::string target;
    std::string separator;      ///< between the values of a cell: "" one value, "auto" lines, ";" and bullets, or the text itself
    std::string unit;           ///< of a duration that is a bare number: Y M W D
    std::string date_order;     ///< "dmy", "mdy"; "" = as the column shows
    WordChoices choices;        ///< keys folded, see word_key
    bool operator==(TableColumn const&) const = default;
};

struct TableConstant {
    std::string target, value;
    bool operator==(TableConstant const&) const = default;
};

struct TableMapping {
    std::string name;           ///< under which it is saved; empty = not saved
    std::string sheet;          ///< of a workbook; empty = the one that looks most like a register
    std::string encoding;       ///< of a CSV; empty = looked for
    std::string separator;      ///< of a CSV, one character; empty = looked for
    int header_row = 0;         ///< counted from 1; 0 = looked for, -1 = there is none
    std::string key;            ///< heading of the column that names a record from one file to the next; "" = reference, else name
    bool group = false;         ///< lines of one key are one record
    bool of_another_file = false;   ///< saved from one: how this file is read is looked for anew, its sheet too when it is not there; not kept
    std::vector<TableColumn> columns;
    std::vector<TableConstant> constants;

    [[nodiscard]] TableColumn const* find(std::string_view heading) const;
    bool operator==(TableMapping const&) const = default;
};

/// {"name":…, "sheet":…, "header_row":…, "key":…, "group":…, "columns":[{"heading":…, "target":…}], "constants":[…]}
std::string to_json(TableMapping const& mapping);
/// Errors: mapping.unreadable, or invalid with the place of each unknown member.
Result<TableMapping> read_mapping(std::string_view json);

/// A target understood.
struct Target {
    bool reference = false;
    int field = -1, part = -1;                             ///< indexes in the schema and in the field's parts
    std::vector<std::pair<int, std::string>> with;         ///< parts and codes that each row gets
    schema::FieldInfo const* leaf = nullptr;               ///< what the words become; nullptr for the reference
    schema::FieldInfo const* owner = nullptr;              ///< the field that has the part
    [[nodiscard]] bool in_rows() const { return owner && owner->kind == schema::Kind::Rows; }
};
/// Nothing for a target that the schema has not, or that no import may fill.
std::optional<Target> parse_target(schema::SchemaInfo const& info, std::string_view text);

/// Every target of a schema, in the order of its fields: custom fields join by being in the SchemaInfo.
struct TargetChoice {
    std::string target, label, section;                    ///< words for people
};
std::vector<TargetChoice> targets_of(schema::SchemaInfo const& info, Locale const& locale);
/// "recipients.name[type=processor]" -> "Destinataires : nom (Sous-traitant)".
std::string target_words(schema::SchemaInfo const& info, std::string_view target, Locale const& locale);

/// The problems of a mapping for a register: unknown targets, twice the reference, no column that names a record.
std::vector<FieldError> check_mapping(schema::SchemaInfo const& info, std::string_view title_field, TableMapping const& mapping);

/// The form in which words of choices are compared: folded, blanks collapsed.
std::string word_key(std::string_view words);

} // namespace greffier::exchange
