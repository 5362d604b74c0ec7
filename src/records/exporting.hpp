#pragma once
// Exports of one register: of some records, of a list as shown, of everything; as it stands or as it stood.
//
// A format is a row {name, extension, type, function}; those every register has are in common_export_formats(),
// those of one register's own (cnil-ods) are added in exchange/formats.cpp. What is written goes to a sink piece
// by piece, so that the command line never holds a whole register in memory.

#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/organisation.hpp"
#include "core/locale.hpp"
#include "records/store.hpp"

namespace greffier::records {

struct ExportQuery {
    std::vector<RecordId> ids;               ///< these records; empty = `list`, or all of them
    std::optional<ListQuery> list;           ///< the records a list shows, on all its pages
    std::optional<Timestamp> at;             ///< as they stood
    std::vector<std::string> columns = {};   ///< those of a list as shown (list_columns.hpp), title and reference before them; empty = every field
};

struct ExportJob {
    Records const& records;
    Register const& kind;
    accounts::OrganisationInfo organisation;
    ExportQuery query;
    Locale locale{Language::French};         ///< of labels; machine formats do not read it
    Timestamp now{};                         ///< day of export, stated by the formats for people
    std::filesystem::path scratch{};         ///< for passing files; empty = where the system keeps them
};

using Sink = std::function<void(std::string_view)>;

struct ExportFormat {
    std::string_view name;                   ///< "json": word of commands and addresses
    std::string_view extension;              ///< "json", without dot
    std::string_view content_type;
    std::string_view only_for = "";          ///< slug of the one register that has it; empty = all
    Status (*write)(ExportJob const& job, Sink const& sink) = nullptr;

    [[nodiscard]] bool serves(Register const& kind) const { return only_for.empty() || only_for == kind.slug; }
};

/// json and csv.
std::span<ExportFormat const> common_export_formats();

/// Calls `visit` for each record of the selection, by reference then id. Errors: not_found for an id that is not
/// there (then), whatever the list's own filters refuse.
Status each_selected(Records const& records, Register const& kind, ExportQuery const& query, std::function<void(Stored const&)> const& visit);

/// The whole export in one string.
Result<std::string> export_text(ExportFormat const& format, ExportJob const& job);
/// "mairie-processings-2026-03-14.json": the day is that of the state shown, of `now` otherwise.
std::string export_file_name(ExportFormat const& format, ExportJob const& job);

/// The organisation's profile as it stands, or stood; nothing when it has none.
std::optional<schema::Row> profile_of(Records const& records, std::optional<Timestamp> at);

/// One record as the published flat object, keys sorted: what the API answers, in the order exports want.
std::string published_sorted(Register const& kind, Stored const& stored);

}  // namespace greffier::records
