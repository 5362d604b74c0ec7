#pragma once
// SchemaInfo: a register's declaration with its C++ type taken away. Everything that reads a record
// without knowing its law (form, check, storage, JSON, diff, export, documentation) reads this.
//
// Names are stable and public (they are the API's). Labels are locale keys derived from the names:
//   "<schema>.<field>"            label            "<schema>.<field>.help"   one plain sentence of why
//   "<schema>.section.<section>"  heading          "<list>.<code>"           label of a choice or term

#include <array>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "schema/value.hpp"

namespace greffier::schema {

enum class Kind {
    String,      ///< one line                                 std::string
    Text,        ///< several lines                            std::string
    Email,       Phone, Url,                                   // std::string, checked
    Country,     ///< ISO 3166-1 alpha-2, or "EPO"             std::string
    Decimal,     ///< canonical decimal text such as "12.50"   std::string
    Duration,    ///< ISO 8601: P5Y, P18M, P30D                std::string
    Choice,      ///< code of a closed list                    std::string
    Term,        ///< code of an open list                     std::string
    Link,        ///< id of a record                           std::string
    Bool,        Integer,                                      // bool, int64
    Percent,     ///< 0..100                                   int64
    Money,       ///< cents of euro                            int64
    Date,        Timestamp,                                    // Date, Timestamp
    Choices,     Terms, Links, Strings,                        // Texts
    Localised,   ///< {fr, en}                                 one Row
    Contact,     ///< a person or body without account         one Row
    Attachment,  ///< {id, name, size, type, sha256}           one Row
    Attachments, ///< several                                  Rows
    Object,      ///< one part with a schema of its own        one Row
    Rows,        ///< owned rows with a schema of their own    Rows
};
std::string_view name_of(Kind kind);   ///< "string", "owned_rows"… for the reference documentation
bool has_row_id(Kind kind);            ///< parts that are followed by an id: owned rows and attachments

/// A closed list (the law's) or the shipped part of an open one. Codes are retired, never deleted.
struct ListEntry {
    std::string_view code;
    std::string_view iri = {};        ///< W3C DPV, where it has one
    std::string_view flags = {};      ///< space-separated words, such as "special" or "vulnerable"
    bool retired = false;             ///< readable for ever, no longer offered
    std::string_view label_fr = {}, label_en = {};   ///< of a term somebody added; shipped codes have locale keys
    [[nodiscard]] bool is_added() const { return !label_fr.empty(); }
    [[nodiscard]] bool has_flag(std::string_view flag) const;
};
struct List {
    std::string_view name;            ///< "legal_basis"; label key of a code is "<name>.<code>"
    bool open = false;                ///< a DPO or an organisation may add terms
    std::span<ListEntry const> entries;
    [[nodiscard]] ListEntry const* find(std::string_view code) const;
};

struct SchemaInfo;

struct FieldInfo {
    std::string name;
    Kind kind = Kind::String;
    bool required = false;            ///< a record cannot be saved without it
    int max_length = 0;               ///< in characters; 0 = the kind's default (200 a line, 10,000 a text)
    std::string article;              ///< source: "30(1)(b)"; shown as "RGPD, article 30…"
    bool mandatory = false;           ///< the law demands an answer (counts in completeness), yet a draft may lack it
    bool personal_data = false;       ///< sealed at rest in registers that ask for it
    bool in_list = false;             ///< a column of the list, by default
    bool title = false;               ///< names an owned row
    bool searchable = false;
    bool facet = false;               ///< a Bool by which lists are filtered when it is yes ("everywhere:yes"); lists and countries always are
    bool material = false;            ///< rules or notices read it: an edit asks "does it change what was validated?"
    bool read_only = false;           ///< set by acts, never by a form or an import
    bool tristate = false;            ///< a Bool that may be unanswered (std::optional<bool>)
    std::string section;
    std::string suggest;              ///< name of a list of suggestions, empty for none
    std::string link_register;        ///< slug of the register a Link points to; empty = any
    List const* list = nullptr;       ///< Choice(s), Term(s)
    SchemaInfo const* rows = nullptr; ///< Rows, Contact, Localised, Attachment(s): the parts
    int since = 1;                    ///< schema version that brought the field
    std::vector<std::string> was;     ///< former names, still read in old bodies
    /// Gets what the old body's JSON holds (a date is its text); the version is the record's, in owned rows too.
    struct Conversion { int from; std::function<Value(Value const&)> convert; };
    std::vector<Conversion> conversions;   ///< value of schema versions <= from -> value of the next
    struct Condition { std::string field; std::vector<std::string> values; };
    std::optional<Condition> shown_when;   ///< enhancement in forms: only when another field holds one of these
    bool custom = false;              ///< declared by an organisation: named "custom.<code>", held in the object `custom`
    bool retired = false;             ///< a custom field no longer asked; what was answered stays readable
    std::string label_fr, label_en, help_fr, help_en;   ///< words of a custom field; shipped ones have locale keys
};

struct SchemaInfo {
    std::string name;                 ///< "processing", "purpose": prefix of locale keys
    int version = 1;
    std::vector<FieldInfo> fields;
    std::vector<std::string> sections;   ///< in order of first use

    [[nodiscard]] int index_of(std::string_view field) const;          ///< -1 when there is none
    [[nodiscard]] FieldInfo const* find(std::string_view field) const; ///< nullptr when there is none
};

/// The list of that name that a field of the schema, or a part of one, is answered from; nullptr when there is none.
List const* find_list(SchemaInfo const& info, std::string_view name);

/// Kinds whose parts every register shares.
SchemaInfo const& contact_info();
SchemaInfo const& localised_info();
SchemaInfo const& attachment_info();

/// The value of a field by name; a static absent value when the schema has no such field.
Value const& get(SchemaInfo const& info, Row const& row, std::string_view field);
void set(SchemaInfo const& info, Row& row, std::string_view field, Value value);   ///< unknown field throws
/// Text of a text-shaped field; empty when absent.
std::string const& text_of(SchemaInfo const& info, Row const& row, std::string_view field);
bool truth_of(SchemaInfo const& info, Row const& row, std::string_view field);

}  // namespace greffier::schema
