// The pages of an import, step by step: the file, its columns when it is a table, what would become of it, the import.
#include "core/text.hpp"
#include "exchange/import_steps.hpp"
#include "exchange/mapping_form.hpp"
#include "exchange/report_page.hpp"
#include "exchange/waiting_file.hpp"
#include "web/frame.hpp"

namespace greffier::exchange {

using accounts::Context;
using records::Register;
using web::Html;
using web::Method;
using web::Permission;
using web::Request;
using web::Response;
using Answer = Result<Response>;

namespace {

constexpr std::size_t records_a_request = 1000;   // a few seconds; a longer import goes on from one page to the next

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
    auto const id = Uuid::parse(request.query.get("run"));
    if (!id) return show_form(context, *place.kind);
    auto const report = records::stored_report(place.records, *place.kind, *id);
    if (!report) return Error::not_found();
    auto const run = TRY(records::import_run(place.records, *id));
    frame_of(context, *place.kind, context.locale.text("import.report"));
    return Response::html(web::page(context.frame, report_page(context, *place.kind, *report, nullptr, &run)));
}

/// What is wrong beside the control that may mend it, for an error that names no field.
std::vector<FieldError> problems_of(Error const& error, std::string control)
{
    return error.fields.empty() ? std::vector<FieldError>{{std::move(control), error.code, error.arguments}} : error.fields;
}

/// What goes from one step to the next beside the mapping.
struct Waiting {
    std::string word, name;
    std::string bytes;
};

Answer show_columns(Context& context, Place const& place, Waiting const& waiting, TableProposal const& proposal, std::vector<FieldError> const& problems, std::string_view lead = {})
{
    frame_of(context, *place.kind, context.locale.text("mapping.title"));
    context.frame.refused = !problems.empty();
    auto const body = columns_page(context, *place.kind, {waiting.word, waiting.name, {}, {}, nullptr}, proposal, problems, place.mappings().all(), lead);
    return Response::html(web::page(context.frame, body), problems.empty() ? 200 : 422);
}

/// The file's columns as `wish` maps them, or as proposed; a file that cannot be read so gets the form again.
Answer look_again(Context& context, Place const& place, Waiting const& waiting, std::optional<TableMapping> wish, std::vector<FieldError> problems = {}, std::string_view lead = {})
{
    auto proposal = propose_for(*place.kind, waiting.bytes, {waiting.name, wish});
    if (proposal.ok()) return show_columns(context, place, waiting, *proposal, problems, lead);
    auto plain = propose_for(*place.kind, waiting.bytes, {waiting.name, {}});
    if (!plain.ok()) return show_form(context, *place.kind, describe(proposal.error(), context.locale));
    return show_columns(context, place, waiting, *plain, problems_of(proposal.error(), "header_row"));
}

/// The file read anew as the form says; what was decided of a column stays with its heading, new headings get a proposal.
Answer read_again(Context& context, Place const& place, Waiting const& waiting, TableMapping const& typed)
{
    auto reading = typed;
    reading.columns.clear();
    auto proposal = propose_for(*place.kind, waiting.bytes, {waiting.name, reading});
    if (!proposal.ok()) return look_again(context, place, waiting, reading);
    auto const fitted = fit_mapping(*place.kind, proposal->look, typed);
    auto& mapping = proposal->mapping;
    for (std::size_t i = 0; i < mapping.columns.size(); ++i)
        if (typed.find(mapping.columns[i].heading)) mapping.columns[i] = fitted.columns[i];
    mapping.constants = typed.constants;
    if (mapping.find(typed.key)) mapping.key = typed.key, mapping.group = typed.group;
    return show_columns(context, place, waiting, *proposal, {});
}

Answer preview(Context& context, Place const& place, Waiting const& waiting, TableMapping mapping)
{
    if (auto problems = check_mapping(*place.kind->schema, place.kind->title_field, mapping); !problems.empty()) return look_again(context, place, waiting, mapping, std::move(problems));
    Upload const upload{waiting.bytes, waiting.name, "auto"};
    auto file = read_table_file(*place.kind, upload.bytes, {upload.name, mapping});
    if (!file.ok()) return look_again(context, place, waiting, mapping, problems_of(file.error(), "header_row"));
    records::ImportOptions options;
    options.dry_run = true;
    auto const report = records::run_import(place.records, *place.kind, *file, place.by, options);
    if (!report.ok()) return look_again(context, place, waiting, mapping, problems_of(report.error(), "columns"));
    Html first;
    write_first_records(first, context, *place.kind, *file);
    Confirmation const confirm{waiting.word, waiting.name, file->format, to_json(mapping), &first};
    frame_of(context, *place.kind, context.locale.text("import.report"));
    return Response::html(web::page(context.frame, report_page(context, *place.kind, *report, &confirm, nullptr)));
}

Answer load_saved(Context& context, Place const& place, Waiting const& waiting, std::string const& chosen)
{
    auto const id = Uuid::parse(chosen);
    if (!id) return look_again(context, place, waiting, std::nullopt);
    auto const saved = place.mappings().find(*id);
    if (!saved.ok()) return saved.error();
    auto mapping = saved->mapping;
    mapping.of_another_file = true;
    return look_again(context, place, waiting, std::move(mapping), {}, context.locale.text("mapping.loaded", {{"name", saved->mapping.name}}));
}

/// The last step: what was shown is done, some records at a time.
Answer confirm_import(ExchangeServices const& services, Context& context, Place const& place, Waiting const& waiting, std::string const& format, std::optional<TableMapping> const& mapping)
{
    Upload const upload{waiting.bytes, waiting.name, format};
    auto const report = import_upload(context, place, upload, {false, records_a_request, mapping});
    if (!report.ok()) {
        if (mapping) return look_again(context, place, waiting, mapping, problems_of(report.error(), "columns"));
        return show_form(context, *place.kind, describe(report.error(), context.locale));
    }
    if (report->remaining > 0) {
        frame_of(context, *place.kind, context.locale.text("import.running.title"));
        Confirmation const confirm{waiting.word, waiting.name, format, mapping ? to_json(*mapping) : std::string{}, nullptr};
        return Response::html(web::page(context.frame, running_page(context, *place.kind, *report, confirm)));
    }
    if (mapping && !mapping->name.empty()) {
        // The records are in: a name that cannot be used must not make the import look undone.
        auto const saved = place.keep(*mapping);
        static_cast<void>(saved.ok());
    }
    forget_waiting(services.waiting, context.who(), waiting.word);
    return Response::redirect(context.address("/" + std::string(place.kind->slug) + "/import?run=" + report->run));
}

Answer next_step(ExchangeServices const& services, Context& context, Place const& place, Request const& request)
{
    auto const word = request.form.get("waiting");
    auto bytes = read_waiting(services.waiting, context.who(), word);
    if (!bytes) return show_form(context, *place.kind, context.locale.text("import.waited_too_long"));
    Waiting const waiting{word, shorten(request.form.get("name", "import"), 200), *std::move(bytes)};
    auto const step = request.form.get("step");
    std::optional<TableMapping> mapping;
    if (auto const json = request.form.get("mapping"); !json.empty()) mapping = TRY(read_mapping(json));
    else if (request.form.has("c0-heading")) mapping = mapping_of_form(request.form);
    if (step == "load") return load_saved(context, place, waiting, request.form.get("saved"));
    if (step == "preview" && mapping) return preview(context, place, waiting, *mapping);
    if (step == "read" && mapping) return read_again(context, place, waiting, *mapping);
    if (step == "columns" || step == "read" || step == "preview") return look_again(context, place, waiting, mapping);
    return confirm_import(services, context, place, waiting, request.form.get("format", "auto"), mapping);
}

Answer first_step(ExchangeServices const& services, Context& context, Place const& place, Upload upload)
{
    auto const format = format_of(*place.kind, upload.bytes, upload.format);
    if (!format.ok()) return show_form(context, *place.kind, describe(format.error(), context.locale));
    if (is_table_format(*format)) {
        auto proposal = propose_for(*place.kind, upload.bytes, {upload.name, {}});
        if (!proposal.ok()) return show_form(context, *place.kind, describe(proposal.error(), context.locale));
        Waiting waiting{keep_waiting(services.waiting, context.who(), upload.bytes), upload.name, std::move(upload.bytes)};
        if (auto const saved = place.mappings().fitting(proposal->look)) return load_saved(context, place, waiting, saved->id.text());
        return show_columns(context, place, waiting, *proposal, {});
    }
    auto const report = import_upload(context, place, upload, {.dry_run = true});
    if (!report.ok()) return show_form(context, *place.kind, describe(report.error(), context.locale));
    Confirmation const confirm{keep_waiting(services.waiting, context.who(), upload.bytes), upload.name, upload.format, {}, nullptr};
    frame_of(context, *place.kind, context.locale.text("import.report"));
    return Response::html(web::page(context.frame, report_page(context, *place.kind, *report, &confirm, nullptr)));
}

Answer take_import(ExchangeServices const& services, Context& context, Request const& request)
{
    auto const place = TRY(place_of(services, context, request));
    if (place.kind->single) return Error::not_found();
    if (request.form.has("waiting")) return next_step(services, context, place, request);
    auto upload = upload_of(request);
    if (!upload.ok()) return show_form(context, *place.kind, describe(upload.error(), context.locale));
    return first_step(services, context, place, std::move(upload).value());
}

} // namespace

std::vector<accounts::Route> import_routes(ExchangeServices const& services)
{
    auto const with = handlers_of(services);
    return {
        {Method::Get, "/o/{organisation}/{register}/import", Permission::ImportRecords, with(import_page), "import form or report"},
        {Method::Post, "/o/{organisation}/{register}/import", Permission::ImportRecords, with(take_import), "rehearse or run an import"},
    };
}

} // namespace greffier::exchange
