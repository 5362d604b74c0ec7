#pragma once
// Custom fields: the questions an organisation adds to a register, asked of itself and of those below it in the tree.
// Code and kind never change; a field is retired, never deleted, so that old versions stay readable. Answers stand in
// the record's object `custom`, under the field's code; everything over (SchemaInfo, Row) sees a field "custom.<code>".

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "records/register.hpp"
#include "records/terms.hpp"
#include "schema/extend.hpp"
#include "storage/database.hpp"

namespace greffier::records {

struct CustomOption {
    std::string code, label_fr, label_en;   ///< code empty = made from the French label; English empty = the French one
    bool retired = false;
    bool operator==(CustomOption const&) const = default;
};

struct CustomField {
    std::string register_slug, code;
    std::string kind = "string";            ///< one of custom_kinds(); fixed once added
    std::string label_fr, label_en, help_fr, help_en;
    std::string section;                    ///< of the register's schema; empty = its last
    std::string target;                     ///< register a link points to; for kind link alone
    bool required = false, in_list = false, searchable = false, retired = false;
    std::vector<CustomOption> options;      ///< for kinds choice and choices alone
    int position = 0;                       ///< among the fields of its owner
    TermOwner owner = TermOwner::Own;
};

/// Absent members stay as they are. Options that are left out are retired; the order is the one given.
struct CustomFieldEdit {
    std::optional<std::string> label_fr = {}, label_en = {}, help_fr = {}, help_en = {}, section = {};
    std::optional<bool> required = {}, in_list = {}, searchable = {}, retired = {};
    std::optional<std::vector<CustomOption>> options = {};
    std::optional<int> position = {};
    std::optional<std::string> seen = {};   ///< mark_of() the field this edit was made from: another one is Conflict stale_field
};

/// Changes with every word, tick and answer of a field; not with its place among the others.
std::string mark_of(CustomField const& field);

struct CustomKind {
    std::string_view name;
    schema::Kind kind;
};
std::span<CustomKind const> custom_kinds();

class CustomFields {
public:
    /// Both must outlive it. Thread-safe.
    CustomFields(storage::Database& database, Registers const& shipped, OrganisationId organisation) : database_(database), shipped_(shipped), organisation_(organisation) {}

    /// Fields asked here, those of organisations above first; retired ones too. Of one register, or of all.
    [[nodiscard]] std::vector<CustomField> offered(std::string_view register_slug = {}) const;
    /// Errors name the members of CustomField, options as "options[1].label_fr"; an unknown register is NotFound.
    Result<CustomField> add(CustomField wanted) const;
    /// Own fields alone: another's, like an unknown one, is NotFound.
    Result<CustomField> change(std::string_view register_slug, std::string_view code, CustomFieldEdit edit) const;

    /// By register, in the order of pages.
    static std::map<std::string, std::vector<schema::AddedField>, std::less<>> added_in(storage::Session& session, OrganisationId organisation);

private:
    storage::Database& database_;
    Registers const& shipped_;
    OrganisationId organisation_;
};

}  // namespace greffier::records
