#include "exchange/pages.hpp"

#include "core/text.hpp"
#include "exchange/export_download.hpp"
#include "exchange/formats.hpp"
#include "exchange/report_page.hpp"
#include "exchange/waiting_file.hpp"
#include "records/list_columns.hpp"
#include "records/list_query.hpp"
#include "records/vocabulary.hpp"
#include "web/frame.hpp"
#include "web/problem.hpp"

namespace greffier::exchange {

using accounts::Context;
using records::Register;
using web::Method;
using web::Permission;
using web::Request;
using web::Response;
using Answer = Result<Response>;

namespace {

/// One register of one organisation, as a request names it.
struct Place {
    records::Vocabulary::Held registers;   ///< what `kind` belongs to
    Register const* kind;
    records::Records records;
    records::By by;
};

Result<Place> place_of(ExchangeServices const& services, Context const& context, Request const& request)
{
    auto registers = records::known_registers(services.machinery, context.where().id);
    auto const* kind = registers->find(request.param("register"));
    if (!kind) return Error::not_found();
    return Place{std::move(registers), kind, {services.machinery, context.where().id}, {context.who().id, context.now, context.where().zone}};
}

// ---- export ----------------------------------------------------------------------------------------------

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

// ---- import ----------------------------------------------------------------------------------------------

struct Upload {
    std::string bytes, name, format = "auto";
};

/// A multipart file, or the body itself.
Result<Upload> upload_of(Request const& request)
{
    Upload upload;
    upload.format = request.form.get("format", request.query.get("format", "auto"));
    if (upload.format.empty()) upload.format = "auto";
    if (!request.files.empty()) {
        auto const& file = request.files.front();
        upload.name = file.name.empty() ? request.query.get("name") : file.name;
        upload.bytes = TRY(read_bytes(file.path));
    } else {
        upload.name = request.query.get("name");
        upload.bytes = request.body;
    }
    if (upload.name.empty()) upload.name = "import";
    upload.name = shorten(squeeze(upload.name), 200);
    if (upload.bytes.empty()) return Error{ErrorKind::Invalid, "invalid", {}, {{"file", "required", {}}}};
    return upload;
}

Result<records::ImportReport> import_upload(Context const& context, Place const& place, Upload const& upload, bool dry_run)
{
    auto const file = TRY(read_import(*place.kind, upload.bytes, {upload.format, upload.name, local_date(context.now, context.where().zone), records::profile_of(place.records, std::nullopt)}));
    records::ImportOptions options;
    options.dry_run = dry_run;
    return records::run_import(place.records, *place.kind, file, place.by, options);
}

void frame_of(Context& context, Register const& kind, std::string title)
{
    context.frame.crumbs = {{context.locale.text("nav.registers"), context.address("")},
                            {context.locale.text("register." + std::string(kind.slug)), context.address("/" + std::string(kind.slug))}};
    context.frame.title = std::move(title);
}

Answer show_form(Context& context, Register const& kind, std::string_view problem = {})
{
    frame_of(context, kind, context.locale.text("import.title"));
    context.frame.refused = !problem.empty();
    return Response::html(web::page(context.frame, upload_form(context, kind, problem)), problem.empty() ? 200 : 422);
}

Answer import_page(ExchangeServices const& services, Context& context, Request const& request)
{
    auto const place = TRY(place_of(services, context, request));
    if (place.kind->single) return Error::not_found();
    auto const run = Uuid::parse(request.query.get("run"));
    if (!run) return show_form(context, *place.kind);
    auto const report = records::stored_report(place.records, *place.kind, *run);
    if (!report) return Error::not_found();
    frame_of(context, *place.kind, context.locale.text("import.report"));
    return Response::html(web::page(context.frame, report_page(context, *place.kind, *report, nullptr)));
}

/// The second step: what was shown is done.
Answer confirm_import(ExchangeServices const& services, Context& context, Place const& place, Request const& request)
{
    auto const path = waiting_file(services.waiting, context.who(), request.form.get("waiting"));
    if (!path) return show_form(context, *place.kind, context.locale.text("import.waited_too_long"));
    Upload const upload{TRY(read_bytes(*path)), shorten(request.form.get("name", "import"), 200), request.form.get("format", "auto")};
    auto const report = import_upload(context, place, upload, false);
    if (!report.ok()) return show_form(context, *place.kind, describe(report.error(), context.locale));
    std::error_code ignored;
    std::filesystem::remove(*path, ignored);
    return Response::redirect(context.address("/" + std::string(place.kind->slug) + "/import?run=" + report->run));
}

Answer take_import(ExchangeServices const& services, Context& context, Request const& request)
{
    auto const place = TRY(place_of(services, context, request));
    if (request.form.has("waiting")) return confirm_import(services, context, place, request);
    auto const upload = upload_of(request);
    if (!upload.ok()) return show_form(context, *place.kind, describe(upload.error(), context.locale));
    auto const report = import_upload(context, place, *upload, true);
    if (!report.ok()) return show_form(context, *place.kind, describe(report.error(), context.locale));
    Confirmation const confirm{keep_waiting(services.waiting, context.who(), upload->bytes), upload->name, upload->format};
    frame_of(context, *place.kind, context.locale.text("import.report"));
    return Response::html(web::page(context.frame, report_page(context, *place.kind, *report, &confirm)));
}

Answer api_import(ExchangeServices const& services, Context& context, Request const& request)
{
    if (!accounts::may(context.who(), Permission::ImportRecords)) return Error::forbidden();
    auto const place = TRY(place_of(services, context, request));
    auto const dry_run = request.query.get("dry_run", request.form.get("dry_run", "no"));
    if (dry_run != "yes" && dry_run != "no") return Error{ErrorKind::Invalid, "invalid", {}, {{"dry_run", "unknown_choice", {{"value", shorten(dry_run, 40)}}}}};
    auto const report = TRY(import_upload(context, place, TRY(upload_of(request)), dry_run == "yes"));
    return Response::json(to_json(report));
}

} // namespace

std::vector<accounts::Route> exchange_routes(ExchangeServices const& services)
{
    auto with = [&services](Answer (*act)(ExchangeServices const&, Context&, Request const&)) {
        return [&services, act](Context& context, Request const& request) { return act(services, context, request); };
    };
    return {
        {Method::Get, "/o/{organisation}/{register}/export", Permission::ExportRecords, with(send_export), "export"},
        {Method::Get, "/o/{organisation}/{register}/import", Permission::ImportRecords, with(import_page), "import form or report"},
        {Method::Post, "/o/{organisation}/{register}/import", Permission::ImportRecords, with(take_import), "rehearse or run an import"},
        {Method::Get, "/api/v1/organisations/{organisation}/{register}/export", Permission::ApiRead, with(send_export), "export (API)"},
        {Method::Post, "/api/v1/organisations/{organisation}/{register}/import", Permission::ApiWrite, with(api_import), "import (API)"},
    };
}

} // namespace greffier::exchange
