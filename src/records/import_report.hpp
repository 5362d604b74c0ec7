#pragma once
// The report of an import: what became of each record, and what deserves a look, each with its place in the file.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/locale.hpp"
#include "records/import_item.hpp"

namespace greffier::records {

struct ReportEntry {
    Outcome outcome{};
    std::string place, reference, title;
    std::string field, code;              ///< see ImportNote; code is empty for a record that simply came in
    Arguments arguments{};
    std::string record{};                 ///< id, when there is one
    std::string item{};                   ///< where the record begins in the file
};

struct ImportReport {
    std::string format, source, register_slug, run;
    bool dry_run = false, resumed = false;
    std::vector<ReportEntry> entries;
    std::int64_t remaining = 0;           ///< records of the file still to be dealt with: the same file goes on

    /// Entries of that outcome; of Refused, the records: one may have several reasons.
    [[nodiscard]] std::int64_t count(Outcome outcome) const;
    /// 1 when a record was refused, else 0.
    [[nodiscard]] int exit_code() const { return count(Outcome::Refused) > 0 ? 1 : 0; }
};

/// {format, file, register, dry_run, resumed, counts{…}, created[], updated[] …}; each entry has place, reference,
/// title, id, field, code, arguments. The same whatever the language.
std::string to_json(ImportReport const& report);
/// Reads back what to_json wrote; throws std::runtime_error on anything else.
ImportReport parse_report(std::string_view json);
/// The sentence of an entry; empty when there is nothing to say beyond its outcome.
std::string words_of(ReportEntry const& entry, schema::SchemaInfo const& info, Locale const& locale);
/// "data_categories[1].retention_text" -> "Données, 2 : durée": the label of a path for people.
std::string field_words(schema::SchemaInfo const& info, std::string_view path, Locale const& locale);

}  // namespace greffier::records
