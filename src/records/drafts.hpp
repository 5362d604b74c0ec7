#pragma once
// Drafts: what a person has typed in a form and not saved, kept by the server so that it survives a closed browser, an
// expired session, another device. A draft is the raw form, invalid values included: never checked, never searched, in
// no ledger and no export. One per register and record (or new record) of an organisation; only its author reads it.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/sight.hpp"
#include "core/crypto.hpp"
#include "core/id.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "storage/database.hpp"
#include "web/message.hpp"

namespace greffier::records {

struct Machinery;

struct Draft {
    std::string register_slug;
    std::optional<RecordId> record;      ///< absent for a new record
    Uuid form;                           ///< the page it was typed in
    std::int64_t version = 0;            ///< of the record when the page was opened; 0 for a new one
    std::string title;                   ///< for lists; at most 200 characters
    Timestamp saved_at{};
    web::Pairs fields;                   ///< as a browser sends them
};

/// A draft in a list, with what became of its record.
struct DraftLine {
    Draft draft;                         ///< without fields
    std::string reference;               ///< of the record, empty for a new one
    std::int64_t version_now = 0;        ///< of the record, 0 for a new one
    bool in_bin = false;                 ///< the record was deleted meanwhile
    [[nodiscard]] bool changed_since() const { return version_now != draft.version; }
};

/// Drafts of one person in one organisation. Thread-safe.
class Drafts {
public:
    // A draft of a sealed register is kept sealed by the key of the organisation, which `machinery` knows.
    static constexpr std::size_t max_bytes = 512 * 1024;   ///< of one form, names and values
    static constexpr int max_count = 50;                   ///< of one person in one organisation
    static constexpr std::chrono::days kept_for{30};       ///< since it was last saved

    Drafts(storage::Database& database, OrganisationId organisation, PersonId person, accounts::Sight const& sight, Machinery const* machinery = nullptr)
        : database_(database), organisation_(organisation), person_(person), sight_(sight), machinery_(machinery) {}

    [[nodiscard]] std::optional<Draft> find(std::string_view register_slug, std::optional<RecordId> record) const;
    [[nodiscard]] std::vector<DraftLine> all() const;      ///< last saved first
    [[nodiscard]] std::int64_t count() const;

    enum class Other { Stays, Replaced };
    /// Keeps a draft in place of the one this page kept before. One that another page typed stays (Conflict
    /// draft_elsewhere) or is replaced. Errors: draft_too_large (413), too_many_drafts (409).
    Status keep(Draft const& draft, Other other = Other::Stays) const;
    /// Forgets a draft; with `form`, only the one that page typed. False when there was none.
    bool discard(std::string_view register_slug, std::optional<RecordId> record, std::optional<Uuid> form = {}) const;

private:
    [[nodiscard]] bool is_sealed(std::string_view register_slug) const;

    storage::Database& database_;
    OrganisationId organisation_;
    PersonId person_;
    accounts::Sight sight_;
    Machinery const* machinery_;
};

/// What the seal of a draft is bound to.
Bytes draft_place(OrganisationId organisation, PersonId person, std::string_view register_slug, RecordId record);

/// Drafts not touched for Drafts::kept_for go. For the daily job.
void forget_old_drafts(storage::Database& database, Timestamp now);

}  // namespace greffier::records
