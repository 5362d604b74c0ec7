#pragma once
// Import: takes what a reader found in a file into a register, in groups of at most 200 records a transaction.
//
// An import that was stopped resumes on the same bytes for the same organisation and register. A refused record
// never stops the others. A dry run computes the same report and writes nothing. What did not change writes no
// version and no ledger entry. A new record comes in as draft; a changed one that was validated goes back to be
// validated.

#include <functional>

#include "records/import_item.hpp"
#include "records/import_report.hpp"
#include "records/store.hpp"

namespace greffier::records {

constexpr int import_group = 200;

struct ImportOptions {
    bool dry_run = false;
    int group = import_group;                                ///< records a transaction, 1 to 200
    std::size_t most_records = 0;        ///< stop after about so many, in whole groups, and say what is left; 0 = go to the end
    std::function<void(std::size_t done, std::size_t total)> progress{};   ///< after each group is durable
};

/// Errors: import.running when the same file is being imported by someone else at this moment.
Result<ImportReport> run_import(Records const& records, Register const& kind, ImportFile const& file, By const& by, ImportOptions const& options = {});

/// The report of a run, kept for 30 days.
std::optional<ImportReport> stored_report(Records const& records, Register const& kind, Uuid run);

/// Reads `export --format json`, an array of records, or one record. `source` is the file's name. A record that is
/// wrong is refused alone; a text that is no JSON is Error unreadable.
Result<ImportFile> read_json_import(Register const& kind, std::string_view text, std::string source);
/// True for what read_json_import understands.
bool looks_like_json(std::string_view text);

}  // namespace greffier::records
