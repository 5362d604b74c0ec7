#pragma once
// Terms: what an organisation adds to the open lists (subject categories, data categories, measures…). Labels are data,
// in French and English; a term is retired, never deleted, for old versions and records go on naming it. An organisation
// also offers the terms of those above it in the tree and of the installation; it changes its own alone.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "records/register.hpp"
#include "schema/extend.hpp"
#include "storage/database.hpp"

namespace greffier::records {

/// Whose a term is, seen from the organisation that offers it.
enum class TermOwner { Own, Above, Installation };
std::string_view code_of(TermOwner owner);   ///< own, above, installation

struct OfferedTerm {
    std::string list, code, label_fr, label_en;
    bool retired = false;
    TermOwner owner = TermOwner::Own;
};

struct NewTerm {
    std::string code;                  ///< [a-z][a-z0-9_]{0,39}; empty = made from the French label
    std::string label_fr, label_en;    ///< English empty = the French one
};

struct TermEdit {
    std::optional<std::string> label_fr = {}, label_en = {};
    std::optional<bool> retired = {};
};

class Terms {
public:
    /// `shipped` says which lists are open and which codes they have already. Both must outlive it. Thread-safe.
    Terms(storage::Database& database, Registers const& shipped, OrganisationId organisation) : database_(database), shipped_(shipped), organisation_(organisation) {}

    /// Lists that take terms, in the order in which the registers' fields name them.
    [[nodiscard]] std::vector<schema::List const*> lists() const;
    [[nodiscard]] schema::List const* list(std::string_view name) const;   ///< nullptr when no open list has that name

    /// Added terms of one list, or of all, by label; of two with one code, the nearest owner's alone.
    [[nodiscard]] std::vector<OfferedTerm> offered(std::string_view list = {}) const;

    /// Errors name the fields code, label_fr, label_en; an unknown list is NotFound.
    Result<OfferedTerm> add(std::string_view list, NewTerm wanted) const;
    /// Own terms alone: another's, like an unknown one, is NotFound. A new label is for reword() to spread.
    Result<OfferedTerm> change(std::string_view list, std::string_view code, TermEdit edit) const;

    /// What the organisation's lists gain, in the order forms offer it.
    static std::vector<schema::AddedTerm> added_in(storage::Session& session, OrganisationId organisation);

private:
    [[nodiscard]] std::vector<FieldError> problems(storage::Session& session, schema::List const& list, OfferedTerm const& term) const;

    storage::Database& database_;
    Registers const& shipped_;
    OrganisationId organisation_;
};

struct Machinery;

/// Makes the records that hold a term findable by its present labels, in the organisation and those below it, in
/// groups of 200. Returns how many were looked at.
int reword(Machinery const& machinery, OrganisationId organisation, std::string_view list, std::string_view code, Timestamp now);

}  // namespace greffier::records
