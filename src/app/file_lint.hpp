#pragma once
// The linter over a register file that no installation knows: no database, no data directory.

#include <filesystem>
#include <vector>

#include "compliance/lint_report.hpp"
#include "records/import_item.hpp"
#include "records/register.hpp"

namespace greffier::app {

struct FileLint {
    std::vector<records::ImportItem> records;       ///< hold the rows that `items` point into
    std::vector<compliance::LintItem> items;        ///< those that could be read
    std::vector<records::ImportItem const*> refused;
};
/// `today` is what rules that read the clock compare with. Errors: those of the reader.
Result<FileLint> lint_file(std::filesystem::path const& file, records::Registers const& registers, Date today);

}  // namespace greffier::app
