#pragma once
// Imports that were run, newest first, and the undo of one within 24 hours. A run is noted as an act (acts.hpp) under the
// same id. The tenant is that of Records; another organisation's run is NotFound.

#include <vector>

#include "records/acts.hpp"

namespace greffier::records {

struct ImportRun {
    Uuid id;
    std::string register_slug, source, format;
    bool finished = false;                 ///< false: stopped half-way; the same file goes on
    std::int64_t taken = 0;                ///< records of the file dealt with
    Timestamp created_at{}, updated_at{};
    Uuid actor;
    std::optional<Act> act;                ///< absent for runs of before acts were noted
};

struct ImportRuns {
    std::vector<ImportRun> items;
    std::int64_t total = 0;
};
/// `register_slug` empty: all registers. Runs are kept for 30 days.
ImportRuns import_runs(Records const& records, std::string_view register_slug, int page, int per_page);
Result<ImportRun> import_run(Records const& records, Uuid run);

/// What the run made goes to the bin, what it changed becomes again what it was; what somebody changed since stays, and is
/// counted in not_undone. Errors: NotFound, and those of Acts::why_not_undone.
Result<Act> undo_import(Records const& records, Uuid run, By const& by, accounts::Actor const& actor, std::string const& reason);
/// The records that stayed as they are, with why.
std::vector<ActStep> not_undone(Records const& records, Uuid run);

/// {"id":…, "register":…, "file":…, "format":…, "state":"done", "records":…, "created_at":…, "undone":…, "not_undone":…}
std::string to_json(ImportRun const& run);

}  // namespace greffier::records
