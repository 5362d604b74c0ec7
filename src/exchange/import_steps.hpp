#pragma once
// Internal to the pages and the API of the import: what each handler begins with.

#include "exchange/formats.hpp"
#include "exchange/mapping_store.hpp"
#include "exchange/pages.hpp"
#include "records/import_runs.hpp"
#include "records/vocabulary.hpp"
#include "web/message.hpp"

namespace greffier::exchange {

/// Makes the handler of a route from an act that asks for the services too.
inline auto handlers_of(ExchangeServices const& services)
{
    using Act = Result<web::Response> (*)(ExchangeServices const&, accounts::Context&, web::Request const&);
    return [&services](Act act) { return [&services, act](accounts::Context& context, web::Request const& request) { return act(services, context, request); }; };
}

/// One register of one organisation, as a request names it.
struct Place {
    records::Vocabulary::Held registers;   ///< what `kind` belongs to
    records::Register const* kind;
    records::Records records;
    records::By by;

    [[nodiscard]] Mappings mappings() const { return {records.machinery().database, records.organisation(), kind->slug}; }
    /// Kept for other files, without what it would write into a sealed field.
    [[nodiscard]] Result<SavedMapping> keep(TableMapping mapping) const;
};
Result<Place> place_of(ExchangeServices const& services, accounts::Context const& context, web::Request const& request);

/// The run and the saved mapping a path names, of this register. Errors: NotFound.
Result<records::ImportRun> run_of(Place const& place, web::Request const& request);
Result<SavedMapping> mapping_of(Place const& place, web::Request const& request);

struct Upload {
    std::string bytes, name, format = "auto";
};
/// A multipart file, or the body itself. Errors: field file required; those of read_bytes.
Result<Upload> upload_of(web::Request const& request);

/// `most_records`: see records::ImportOptions.
struct ImportWish {
    bool dry_run = false;
    std::size_t most_records = 0;
    std::optional<TableMapping> mapping{};
};
Result<records::ImportFile> read_upload(accounts::Context const& context, Place const& place, Upload const& upload, std::optional<TableMapping> mapping);
Result<records::ImportReport> import_upload(accounts::Context const& context, Place const& place, Upload const& upload, ImportWish const& wish);

/// Crumbs and title of a page of the import.
void frame_of(accounts::Context& context, records::Register const& kind, std::string title);

std::vector<accounts::Route> export_routes(ExchangeServices const& services);
std::vector<accounts::Route> import_routes(ExchangeServices const& services);
std::vector<accounts::Route> runs_routes(ExchangeServices const& services);
std::vector<accounts::Route> import_api_routes(ExchangeServices const& services);

} // namespace greffier::exchange
