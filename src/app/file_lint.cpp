#include "app/file_lint.hpp"

#include "compliance/linter.hpp"
#include "compliance/listed_records.hpp"
#include "exchange/formats.hpp"

namespace greffier::app {

namespace {

/// "Fiche 2!C12" -> sheet and cell; a name without cell is the sheet.
std::optional<compliance::FilePlace> place_of(std::string const& place)
{
    if (place.empty()) return std::nullopt;
    auto const mark = place.rfind('!');
    if (mark == std::string::npos) return compliance::FilePlace{place, ""};
    return compliance::FilePlace{place.substr(0, mark), place.substr(mark + 1)};
}

}  // namespace

Result<FileLint> lint_file(std::filesystem::path const& file, records::Registers const& registers, Date today)
{
    auto read = TRY(exchange::read_register_file(file, registers, today));
    auto const* kind = registers.find(read.register_slug);
    if (!kind) return Error::not_found("unknown_register", {{"value", read.register_slug}});
    // A sheet kept in a register is no draft; whether it was validated, and when, a file does not say.
    std::string const status{kind->settled.empty() ? kind->first_status() : kind->settled.front()};
    FileLint lint;
    lint.records = std::move(read.items);
    compliance::ListedRecords around;
    around.profile_row = std::move(read.profile);
    std::vector<RecordId> ids;
    for (auto const& item : lint.records) {
        ids.push_back(RecordId::make());
        if (!item.refused && !item.skipped) around.registers[std::string{kind->slug}].push_back({ids.back(), item.reference, status, item.row});
    }
    compliance::Linter const linter(compliance::Linter::compare_all);
    for (std::size_t i = 0; i < lint.records.size(); ++i) {
        auto const& record = lint.records[i];
        if (record.refused) lint.refused.push_back(&record);
        if (record.refused || record.skipped) continue;
        records::Subject const subject{{}, std::string{kind->slug}, ids[i], kind->schema, &record.row, {today, status, record.reference}};
        auto findings = linter.examine(subject, around);
        lint.items.push_back({"", record.reference, schema::text_of(*kind->schema, record.row, kind->title_field), std::string{kind->slug}, std::move(findings),
                              place_of(record.place), kind->schema, &record.row});
    }
    return lint;
}

}  // namespace greffier::app
