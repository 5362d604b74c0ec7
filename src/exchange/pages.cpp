#include "exchange/pages.hpp"

#include "core/text.hpp"
#include "exchange/export_download.hpp"
#include "exchange/import_steps.hpp"
#include "records/list_columns.hpp"
#include "records/list_query.hpp"

namespace greffier::exchange {

using accounts::Context;
using web::Method;
using web::Permission;
using web::Request;
using web::Response;
using Answer = Result<Response>;

namespace {

bool shows_a_list(web::Pairs const& query)
{
    for (auto const* name : {"q", "status", "filter", "findings", "overdue", "deleted"})
        if (query.has(name)) return true;
    return false;
}

Result<records::ExportQuery> export_query(Context const& context, records::Register const& kind, Request const& request)
{
    auto const& zone = context.where().zone;
    records::ExportQuery query;
    for (auto const& text : request.query.all("id")) {
        auto const id = RecordId::parse(text);
        if (!id) return Error::not_found();
        query.ids.push_back(*id);
    }
    if (auto const at = request.query.find("at"); at && !at->empty()) query.at = TRY(records::parse_at(*at, zone, context.now));
    query.columns = records::parse_columns(kind, request.query);
    if (shows_a_list(request.query)) query.list = TRY(records::parse_list_query(request.query, zone, context.now));
    return query;
}

Answer send_export(ExchangeServices const& services, Context& context, Request const& request)
{
    auto const place = TRY(place_of(services, context, request));
    auto const name = request.query.get("format", "json");
    auto const* format = find_export(name, *place.kind);
    if (!format) return Error{ErrorKind::Invalid, "invalid", {}, {{"format", "unknown_choice", {{"value", shorten(name, 40)}}}}};
    auto language = context.where().language;
    if (auto const wanted = parse_language(request.query.get("lang"))) language = *wanted;
    std::filesystem::create_directories(services.waiting);
    return export_download(*format, {place.records, *place.kind, context.where(), TRY(export_query(context, *place.kind, request)), Locale(language, context.where().zone), context.now, services.waiting});
}

} // namespace

std::vector<accounts::Route> export_routes(ExchangeServices const& services)
{
    auto const send = [&services](Context& context, Request const& request) { return send_export(services, context, request); };
    return {
        {Method::Get, "/o/{organisation}/{register}/export", Permission::ExportRecords, send, "export"},
        {Method::Get, "/api/v1/organisations/{organisation}/{register}/export", Permission::ApiRead, send, "export (API)"},
    };
}

std::vector<accounts::Route> exchange_routes(ExchangeServices const& services)
{
    std::vector<accounts::Route> all;
    for (auto const& rows : {export_routes(services), import_routes(services), runs_routes(services), import_api_routes(services)}) all.insert(all.end(), rows.begin(), rows.end());
    return all;
}

} // namespace greffier::exchange
