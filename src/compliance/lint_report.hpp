#pragma once
// The findings of an organisation or of a register file, as text, JSON or SARIF 2.1.0.
// Pure and thread-safe. JSON and the codes in SARIF do not change with the language.

#include <optional>
#include <string>
#include <vector>

#include "core/locale.hpp"
#include "records/rule.hpp"

namespace greffier::compliance {

/// Where a record stands in a workbook.
struct FilePlace {
    std::string sheet;
    std::string cell;   ///< "B12"; empty when only the sheet is known
};

/// One record with what was found in it; also when nothing was.
struct LintItem {
    std::string id;              ///< empty for a record that is only in a file
    std::string reference, title, register_slug;
    std::vector<records::Finding> findings;
    std::optional<FilePlace> place;
    schema::SchemaInfo const* schema = nullptr;   ///< with `row`, places are told in words
    schema::Row const* row = nullptr;
};

/// What was examined: one of the two is set.
struct LintSource {
    std::string organisation;   ///< slug
    std::string file;           ///< path as given on the command line
    bool partial = false;       ///< of an organisation, what the report's author may see: the report says so
};

struct LintCounts {
    std::int64_t records = 0, blocking = 0, major = 0, minor = 0, advice = 0;
};
LintCounts count_findings(std::vector<LintItem> const& items);

/// "Catégories de données, ligne 2 (Santé), Durée de conservation".
std::string place_in_words(records::Place const& place, LintItem const& item, Locale const& locale);
/// Stable code of a place: rows by their id, or by their index for a record that is only in a file, where ids
/// change with each reading.
std::string place_code(records::Place const& place, LintItem const& item);
/// The figures of a finding in a sentence; empty when its rule tells none.
std::string detail_in_words(records::Finding const& finding, Locale const& locale);

std::string lint_text(LintSource const& source, std::vector<LintItem> const& items, Locale const& locale);
std::string lint_json(LintSource const& source, std::vector<LintItem> const& items);
std::string lint_sarif(LintSource const& source, std::vector<LintItem> const& items, Locale const& locale);

}  // namespace greffier::compliance
