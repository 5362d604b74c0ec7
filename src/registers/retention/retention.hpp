#pragma once
// Runs of deletion, anonymisation or archiving (art. 5(1)(e)): planned, then done, with their proof.

#include <optional>
#include <string>
#include <vector>

#include "registers/retention/lists.hpp"
#include "registers/ids.hpp"
#include "schema/schema.hpp"

namespace greffier::retention {

/// One category of data and what became of it.
struct RetentionLine {
    std::string id;
    schema::Term<DataCategories> category;
    std::string details;
    std::optional<Date> cut_off;
    std::optional<Outcome> outcome;
    std::optional<std::int64_t> count;
};

/// What is kept although its time has come.
struct RetentionHold {
    std::string id;
    std::string subject;
    std::optional<HoldReason> reason;
    schema::Text details;
    std::string ordered_by;
    std::optional<Date> since;
    std::optional<Date> until;
    std::optional<Date> lifted_on;

    [[nodiscard]] bool stands(Date today) const { return !(lifted_on && *lifted_on <= today) && !(until && *until < today); }
};

struct RetentionRun {
    // run
    std::string name;
    std::vector<ProcessingId> processings;
    std::string system;
    std::optional<AssetId> asset;
    std::string service;
    schema::Contact owner;
    std::optional<Date> planned_on;
    // content
    std::vector<RetentionLine> lines;
    // proof
    std::optional<Date> done_on;
    std::string done_by;
    std::string witness;
    std::optional<Method> method;
    schema::Text method_details;
    std::optional<Date> backups_until;
    std::optional<bool> visa_needed;
    std::string visa_reference;
    std::optional<Date> visa_on;
    std::string proof;
    // exceptions
    std::vector<RetentionHold> holds;
    // next
    std::optional<schema::Duration> frequency;
    std::optional<Date> next_run;
    schema::Text notes;
    std::vector<schema::Attachment> attachments;
};

/// What the lines of a run add up to.
struct Totals {
    std::int64_t deleted = 0, anonymised = 0, archived = 0;
};
Totals totals_of(RetentionRun const& run);
/// The day of the run after this one: the date somebody set, else counted from the day it was done.
std::optional<Date> next_run_of(RetentionRun const& run);

schema::Schema<RetentionLine> const& schema_of(RetentionLine const*);
schema::Schema<RetentionHold> const& schema_of(RetentionHold const*);
schema::Schema<RetentionRun> const& schema_of(RetentionRun const*);
inline schema::Schema<RetentionRun> const& retention_run_schema() { return schema_of(static_cast<RetentionRun const*>(nullptr)); }

}  // namespace greffier::retention
