#pragma once
// Records: the store of one organisation. The tenant is a constructor argument, put in every statement; another
// organisation's record is NotFound, never Forbidden.
//
// One write = one transaction = record + version + links + search text + ledger entry + findings, all judged on the
// state the transaction sees. Batch does many in one transaction.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "accounts/actor.hpp"
#include "accounts/sight.hpp"
#include "core/result.hpp"
#include "records/ledger_keeper.hpp"
#include "records/record.hpp"
#include "records/register.hpp"
#include "records/rule.hpp"
#include "schema/check.hpp"
#include "storage/database.hpp"

namespace greffier::records {

class BodyReader;
class Sealing;
class Vocabulary;

/// What every store needs; made once by app/, outlives all stores.
struct Machinery {
    storage::Database& database;
    Registers const& registers;
    Examiner const& examiner;
    LedgerKeeper& ledger;
    schema::KnowsTerm knows_term = {};
    Vocabulary const* vocabulary = nullptr;   ///< absent: everyone knows the shipped registers alone
    Sealing const* sealing = nullptr;         ///< absent: no register seals
};

/// Who writes, when, and in which zone a day begins.
struct By {
    Uuid actor;
    Timestamp now{};
    std::string zone = "Europe/Paris";
    [[nodiscard]] Date today() const { return local_date(now, zone); }
};

struct NewRecord {
    schema::Row row;
    std::string reference = {};        ///< empty = generated
    std::string status = {};           ///< empty = the register's first
    std::string action = "create";     ///< or "import"
    std::string import_key = {};       ///< what an importer finds it by again
    std::string reason = {};           ///< kept with the first version
};

struct Edit {
    RecordId id;
    std::int64_t version = 0;          ///< the one the editor saw
    schema::Row row;
    std::optional<std::string> reference = {};
    /// Answer to "does this change what was validated?"; asked when a material field changes in a settled status.
    std::optional<bool> changes_validated = {};
    std::string action = "update";
    std::string reason = {};
};

struct StatusChange {
    RecordId id;
    std::int64_t version = 0;          ///< 0 = whatever it is now
    std::string status, reason;
    Decision decision;
};

/// Who sees one record: restricted, those who answer for data protection and the people named; otherwise the roles that
/// see its service, and the people named.
struct AccessChange {
    RecordId id;
    std::int64_t version = 0;          ///< 0 = whatever it is now
    bool restricted = false;
    std::vector<PersonId> named;       ///< all of them; each with a role in the organisation
    std::string reason;                ///< needed when `restricted` changes
};

struct ListQuery {
    std::string text;                          ///< free search, any characters
    std::vector<std::string> statuses;
    std::vector<std::string> facets;           ///< "tags:hr": coded values anywhere in the record
    std::optional<Severity> at_least;          ///< worst finding at or above
    bool review_overdue = false;
    bool deleted = false;                      ///< the bin instead of the register
    std::string sort = "title";                ///< title reference status updated review completeness findings
    bool descending = false;
    int page = 1, per_page = 50;
    std::string after;                         ///< keyset cursor of the page before; wins over page
    std::optional<Timestamp> at;               ///< as it stood
    Timestamp now{};                           ///< what "overdue" is measured against
    bool with_rows = false;                    ///< bodies too
    std::optional<std::int64_t> known_total = {};   ///< the caller counted already: spares a statement
    std::vector<std::string> fields = {};      ///< of the bodies, these alone ("custom.<code>" for an own field); empty = all
};

struct Listed {
    Head head;
    std::optional<schema::Row> row;
    std::vector<std::string> destroyed = {};   ///< as in Stored
};
struct ListPage {
    std::vector<Listed> items;
    std::int64_t total = 0;
    bool total_capped = false;                 ///< there are more than `total`
    std::string next;                          ///< cursor for `after`, empty on the last page
};
constexpr std::int64_t total_cap = 10'000;

struct LinkedRecord {
    RecordId id;
    std::string register_slug, reference, title, field;
};

class Records {
public:
    /// `sight`: what is hidden from it is NotFound, in no list and in no count.
    Records(Machinery const& machinery, OrganisationId organisation, accounts::Sight const& sight) : machinery_(machinery), organisation_(organisation), sight_(sight) {}

    // reading ------------------------------------------------------------------------------------------
    Result<Stored> find(Register const& kind, RecordId id, bool deleted_too = false) const;
    Result<Stored> find_at(Register const& kind, RecordId id, Timestamp at) const;
    std::optional<Stored> find_by_reference(Register const& kind, std::string_view reference) const;
    /// What an importer, or an adopted model, finds it by again; not in the bin.
    std::optional<Stored> find_by_import_key(Register const& kind, std::string_view key) const;
    /// The one record of a `single` register.
    Result<Stored> only(Register const& kind) const;
    Result<Stored> only_at(Register const& kind, Timestamp at) const;
    Result<ListPage> list(Register const& kind, ListQuery const& query) const;
    /// Calls `visit` for each live record with its row, in reference order, in groups: for exports and lint.
    void each(Register const& kind, std::optional<Timestamp> at, std::function<void(Stored const&)> const& visit) const;
    std::vector<std::pair<std::string, std::int64_t>> count_by_status(Register const& kind) const;
    Result<std::vector<Version>> versions(Register const& kind, RecordId id) const;      ///< newest first
    Result<Version> version(Register const& kind, RecordId id, std::int64_t number) const;
    std::vector<Finding> findings(RecordId id) const;                                    ///< worst first
    std::vector<LinkedRecord> links_to(RecordId id) const;                               ///< who points here now
    /// Live records of a sealed register by what a sealed field holds (Sealing::find).
    std::vector<RecordId> find_by_sealed(Register const& kind, std::string_view field, std::string_view value) const;

    // writing ------------------------------------------------------------------------------------------
    Result<Stored> create(Register const& kind, NewRecord record, By const& by) const;
    Result<Stored> update(Register const& kind, Edit edit, By const& by) const;
    Result<Stored> change_status(Register const& kind, StatusChange change, By const& by, accounts::Actor const& actor) const;
    /// The act "nothing changed": sets the review fields and keeps the status.
    Result<Stored> review(Register const& kind, RecordId id, std::int64_t version, std::string reviewer, std::optional<Date> next, By const& by) const;
    Result<Stored> remove(Register const& kind, RecordId id, std::int64_t version, By const& by) const;
    Result<Stored> restore(Register const& kind, RecordId id, By const& by) const;
    /// Who sees it. A version, with its reason, when it becomes restricted or no longer is.
    Result<Stored> set_access(Register const& kind, AccessChange change, By const& by) const;
    /// The sealed fields of every version become unreadable for ever; the rest of the record and its proof stand.
    /// Errors: not_sealed, already_destroyed.
    Result<Stored> destroy(Register const& kind, RecordId id, std::int64_t version, std::string reason, By const& by) const;

    [[nodiscard]] OrganisationId organisation() const { return organisation_; }
    [[nodiscard]] Machinery const& machinery() const { return machinery_; }
    [[nodiscard]] accounts::Sight const& sight() const { return sight_; }
    /// To read by: statements over what hangs on records go through it and through nothing else.
    [[nodiscard]] accounts::Seen seen() const { return {machinery_.database, organisation_, sight_}; }

private:
    [[nodiscard]] BodyReader bodies_of(storage::Session& session, Register const& kind) const;

    Machinery const& machinery_;
    OrganisationId organisation_;
    accounts::Sight sight_;
};

/// Several writes in one transaction: for imports and demonstration data. Lives inside Database::write.
class Batch {
public:
    Batch(Machinery const& machinery, OrganisationId organisation, storage::Session& session, By by, accounts::Sight const& sight);
    ~Batch();
    Result<Stored> create(Register const& kind, NewRecord record);
    Result<Stored> update(Register const& kind, Edit edit);
    Result<Stored> change_status(Register const& kind, StatusChange const& change);
    Result<Stored> review(Register const& kind, RecordId id, std::int64_t version, std::string reviewer, std::optional<Date> next);
    Result<Stored> remove(Register const& kind, RecordId id, std::int64_t version);
    Result<Stored> restore(Register const& kind, RecordId id);
    Result<Stored> set_access(Register const& kind, AccessChange const& change);
    Result<Stored> destroy(Register const& kind, RecordId id, std::int64_t version, std::string reason);
    std::optional<Stored> find(Register const& kind, RecordId id, bool deleted_too = false);
    std::optional<Stored> find_by_reference(Register const& kind, std::string_view reference);
    std::optional<Stored> find_by_import_key(Register const& kind, std::string_view key);
    /// The row as the last import brought it, to tell their changes from ours.
    std::optional<schema::Row> import_base(Register const& kind, RecordId id, std::string_view source);
    void keep_import_base(Register const& kind, RecordId id, std::string_view source, schema::Row const& row);
    /// The place of a source this record came from last; taken from any other record that had it.
    void keep_import_key(Register const& kind, RecordId id, std::string_view key);
    /// Live records of that title, whatever its case and accents; at most 20.
    std::vector<RecordId> ids_by_title(Register const& kind, std::string_view title);
    /// Part of one act on many records: whom the writes concern is told once of all of them, with a link to the act.
    void tell_together(Uuid act);
    /// Judges again the records that other writes of this batch concern. Call once, before the commit.
    void finish();
    /// After finish(): to be run once the transaction is committed, and only then. What was read is remembered for the next.
    std::function<void()> once_committed();
    void set_now(Timestamp now);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Judges every live record of the organisation again (rules that read the clock, a new program). Returns how many
/// records' findings changed.
int examine_all(Machinery const& machinery, OrganisationId organisation, Timestamp now, std::string const& zone);

}  // namespace greffier::records
