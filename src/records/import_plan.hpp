#pragma once
// Internal to the import: what would become of each record of a file. Reads, never writes.

#include <set>

#include "records/import_merge.hpp"
#include "records/importing.hpp"

namespace greffier::records {

struct Plan {
    Outcome outcome = Outcome::Unchanged;
    std::optional<Stored> ours;            ///< the record it is, absent for a new one
    schema::Row row;                       ///< what it becomes
    schema::Row said;                      ///< to compare with next time
    std::string reference;                 ///< of a new record; empty = generated
    bool sent_back = false;                ///< was validated: goes back to be validated
    std::vector<ImportNote> notes;
    std::optional<Error> refused;
};

/// Which record each item is; remembers what was taken in this run.
class Planner {
public:
    Planner(Records const& records, Register const& kind, ImportFile const& file) : records_(records), kind_(kind), file_(file) {}
    /// The same place of the same source, under one column of the record.
    [[nodiscard]] std::string import_key(ImportItem const& item) const;
    /// `batch` reads only.
    Plan plan(Batch& batch, ImportItem const& item);
    /// Marks a record as met, in a run that resumes.
    void claim(std::string record) { claimed_.insert(std::move(record)); }

private:
    std::optional<Stored> match(Batch& batch, ImportItem const& item, schema::Row const& theirs, std::optional<schema::Row>& base);
    std::optional<Stored> by_reference(Batch& batch, ImportItem const& item, std::optional<schema::Row>& base);
    std::optional<Stored> by_place(Batch& batch, ImportItem const& item, schema::Row const& theirs, std::optional<schema::Row>& base);
    std::optional<Stored> by_title(Batch& batch, ImportItem const& item, schema::Row const& theirs, std::optional<schema::Row>& base);
    std::optional<schema::Row> base_of(Batch& batch, ImportItem const& item, Stored const& ours);
    [[nodiscard]] bool free(Stored const& stored) const { return !claimed_.contains(stored.head.id.text()); }
    void note_read_only(ImportItem const& item, schema::Row const& theirs, Plan& plan) const;
    void plan_new(Batch& batch, ImportItem const& item, schema::Row theirs, Plan& plan);
    void plan_update(ImportItem const& item, schema::Row theirs, std::optional<schema::Row> base, Plan& plan);
    void add_unseen_links(Plan const& plan, std::vector<FieldError>& problems) const;
    void check(ImportItem const& item, Plan& plan) const;

    Records const& records_;
    Register const& kind_;
    ImportFile const& file_;
    std::set<std::string, std::less<>> claimed_, references_;
};

}  // namespace greffier::records
