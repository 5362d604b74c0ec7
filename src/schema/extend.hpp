#pragma once
// Extension: a shipped declaration with what an organisation adds to it. Terms join their open lists, also those of
// owned rows; custom fields follow the shipped ones, so that a Row of the shipped declaration is the beginning of a Row
// of the extended one, and rules over the struct read either. Everything over (SchemaInfo, Row) then just works.

#include <deque>
#include <string>
#include <vector>

#include "schema/info.hpp"

namespace greffier::schema {

struct AddedTerm {
    std::string list, code, label_fr, label_en;
    bool retired = false;
    bool operator==(AddedTerm const&) const = default;
};

/// A custom field: `field` is complete but for its list, which is made of `options` (kinds Choice and Choices).
struct AddedField {
    FieldInfo field;
    std::vector<AddedTerm> options;    ///< `list` is not read
};

struct Additions {
    std::vector<AddedTerm> terms;
    std::vector<AddedField> fields;
};

/// Owns everything its schema points to; neither copied nor moved. Immutable once built, thread-safe.
class Extension {
public:
    /// `shipped` must outlive it. A term whose code the list has already is left out: what is shipped has its meaning.
    Extension(SchemaInfo const& shipped, Additions const& additions);
    Extension(Extension const&) = delete;
    Extension& operator=(Extension const&) = delete;

    /// The shipped schema itself when nothing concerns it.
    [[nodiscard]] SchemaInfo const& info() const { return *info_; }

private:
    SchemaInfo const* extend(SchemaInfo const& shipped, std::vector<AddedTerm> const& terms);
    List const* extend(List const& shipped, std::vector<AddedTerm> const& terms);
    List const* list_of(std::string name, std::vector<ListEntry> entries);
    std::string_view keep(std::string const& text) { return texts_.emplace_back(text); }

    // Deques: what points into them stays valid as they grow.
    std::deque<std::string> texts_;
    std::deque<std::vector<ListEntry>> entries_;
    std::deque<List> lists_;
    std::deque<SchemaInfo> infos_;
    SchemaInfo const* info_;
};

constexpr std::string_view custom_prefix = "custom.";
[[nodiscard]] bool has_custom_fields(SchemaInfo const& info);
/// The field a path leads into ("purposes[1].basis", "custom.site"); nullptr when there is none. `rest` is what follows
/// the field's name.
FieldInfo const* field_at(SchemaInfo const& info, std::string_view path, std::string_view* rest = nullptr);

/// A Row read under one declaration, as another one of the same register holds it: values follow their field's name;
/// what `to` alone knows keeps the value of `base`.
Row carry(SchemaInfo const& from, Row row, SchemaInfo const& to, Row const& base = {});

}  // namespace greffier::schema
