// The import by API: what the pages do, a script does.
#include <algorithm>
#include <charconv>

#include "core/json_writer.hpp"
#include "core/text.hpp"
#include "exchange/import_steps.hpp"

namespace greffier::exchange {

using accounts::Context;
using web::Method;
using web::Permission;
using web::Request;
using web::Response;
using Answer = Result<Response>;

namespace {

constexpr int per_page = 50, most_pages = 100'000;

/// A register that imports, for one who may: writing tokens of contributors do not.
Result<Place> importing_place(ExchangeServices const& services, Context const& context, Request const& request)
{
    if (!accounts::may(context.who(), Permission::ImportRecords)) return Error::forbidden();
    auto place = TRY(place_of(services, context, request));
    if (place.kind->single) return Error::not_found();
    return place;
}

/// The form field `mapping` (JSON), or the query's `mapping` (the name of a saved one).
Result<std::optional<TableMapping>> wished_mapping(Place const& place, Request const& request)
{
    if (auto const json = request.form.get("mapping"); !json.empty()) return std::optional{TRY(read_mapping(json))};
    if (auto const name = request.query.get("mapping"); !name.empty()) {
        auto mapping = TRY(place.mappings().named(name)).mapping;
        mapping.of_another_file = true;
        return std::optional{std::move(mapping)};
    }
    return std::optional<TableMapping>{};
}

Answer api_import(ExchangeServices const& services, Context& context, Request const& request)
{
    auto const place = TRY(importing_place(services, context, request));
    auto const dry_run = request.query.get("dry_run", request.form.get("dry_run", "no"));
    if (dry_run != "yes" && dry_run != "no") return Error{ErrorKind::Invalid, "invalid", {}, {{"dry_run", "unknown_choice", {{"value", shorten(dry_run, 40)}}}}};
    auto mapping = TRY(wished_mapping(place, request));
    auto const report = TRY(import_upload(context, place, TRY(upload_of(request)), {dry_run == "yes", 0, std::move(mapping)}));
    return Response::json(to_json(report));
}

Answer api_propose(ExchangeServices const& services, Context& context, Request const& request)
{
    auto const place = TRY(importing_place(services, context, request));
    auto mapping = TRY(wished_mapping(place, request));
    auto const upload = TRY(upload_of(request));
    auto proposal = TRY(propose_for(*place.kind, upload.bytes, {upload.name, mapping}));
    if (!mapping)
        if (auto const saved = place.mappings().fitting(proposal.look)) {
            auto wish = saved->mapping;
            wish.of_another_file = true;
            proposal = TRY(propose_for(*place.kind, upload.bytes, {upload.name, wish}));
        }
    return Response::json(to_json(proposal, upload.name));
}

template <class Items, class Write>
Response list_of(Items const& items, std::int64_t page, std::int64_t total, Write const& write)
{
    JsonWriter out;
    out.begin_object().key("items").begin_array();
    for (auto const& item : items) out.raw(write(item));
    out.end_array().member("page", page).member("per_page", per_page).member("total", total).end_object();
    return Response::json(std::move(out).take());
}

Answer api_mappings(ExchangeServices const& services, Context& context, Request const& request)
{
    auto const place = TRY(importing_place(services, context, request));
    auto const all = place.mappings().all();
    return list_of(all, 1, static_cast<std::int64_t>(all.size()), [&](SavedMapping const& saved) { return to_json(saved, place.kind->slug); });
}

Answer api_save_mapping(ExchangeServices const& services, Context& context, Request const& request)
{
    auto const place = TRY(importing_place(services, context, request));
    auto mapping = TRY(read_mapping(request.body));
    if (auto problems = check_mapping(*place.kind->schema, place.kind->title_field, mapping); !problems.empty()) return Error{ErrorKind::Invalid, "invalid", {}, std::move(problems)};
    auto const saved = TRY(place.keep(std::move(mapping)));
    auto response = Response::json(to_json(saved, place.kind->slug), 201);
    response.header("Location", request.path + "/" + saved.id.text());
    return response;
}

Answer api_mapping(ExchangeServices const& services, Context& context, Request const& request)
{
    auto const place = TRY(importing_place(services, context, request));
    return Response::json(to_json(TRY(mapping_of(place, request)), place.kind->slug));
}

Answer api_delete_mapping(ExchangeServices const& services, Context& context, Request const& request)
{
    auto const place = TRY(importing_place(services, context, request));
    TRY(place.mappings().remove(TRY(mapping_of(place, request)).id));
    return Response::no_content();
}

Answer api_runs(ExchangeServices const& services, Context& context, Request const& request)
{
    auto const place = TRY(importing_place(services, context, request));
    auto const wanted = request.query.get("page", "1");
    int page = 0;
    auto const [end, failure] = std::from_chars(wanted.data(), wanted.data() + wanted.size(), page);
    if (failure != std::errc{} || end != wanted.data() + wanted.size() || page < 1 || page > most_pages) return Error{ErrorKind::Invalid, "invalid", {}, {{"page", "not_a_number", {{"value", shorten(wanted, 40)}}}}};
    auto const runs = records::import_runs(place.records, place.kind->slug, page, per_page);
    return list_of(runs.items, page, runs.total, [](records::ImportRun const& run) { return records::to_json(run); });
}

/// The report of a run.
Answer api_run(ExchangeServices const& services, Context& context, Request const& request)
{
    auto const place = TRY(importing_place(services, context, request));
    auto const run = TRY(run_of(place, request));
    auto const report = records::stored_report(place.records, *place.kind, run.id);
    if (!report) return Error::not_found();
    return Response::json(records::to_json(*report));
}

Answer api_undo(ExchangeServices const& services, Context& context, Request const& request)
{
    auto const place = TRY(importing_place(services, context, request));
    auto const run = TRY(run_of(place, request));
    TRY(records::undo_import(place.records, run.id, place.by, context.who(), context.locale.text("import.undo.reason", {{"file", run.source}})));
    return Response::json(records::to_json(TRY(records::import_run(place.records, run.id))));
}

} // namespace

std::vector<accounts::Route> import_api_routes(ExchangeServices const& services)
{
    auto const with = handlers_of(services);
    std::string const here = "/api/v1/organisations/{organisation}/{register}";
    return {
        {Method::Post, here + "/import", Permission::ApiWrite, with(api_import), "import (API)"},
        {Method::Post, here + "/import/proposal", Permission::ApiWrite, with(api_propose), "proposed mapping of a file (API)"},
        {Method::Get, here + "/imports", Permission::ApiRead, with(api_runs), "imports that were run (API)"},
        {Method::Get, here + "/imports/{run}", Permission::ApiRead, with(api_run), "report of an import (API)"},
        {Method::Post, here + "/imports/{run}/undo", Permission::ApiWrite, with(api_undo), "undo an import (API)"},
        {Method::Get, here + "/mappings", Permission::ApiRead, with(api_mappings), "saved mappings (API)"},
        {Method::Post, here + "/mappings", Permission::ApiWrite, with(api_save_mapping), "save a mapping (API)"},
        {Method::Get, here + "/mappings/{mapping}", Permission::ApiRead, with(api_mapping), "a saved mapping (API)"},
        {Method::Delete, here + "/mappings/{mapping}", Permission::ApiWrite, with(api_delete_mapping), "delete a saved mapping (API)"},
    };
}

} // namespace greffier::exchange
