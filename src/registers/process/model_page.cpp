#include "registers/process/model_page.hpp"

#include "records/vocabulary.hpp"
#include "registers/process/process.hpp"
#include "registers/process/register.hpp"
#include "schema/show.hpp"
#include "web/frame.hpp"

namespace greffier::process {

using accounts::Context;
using web::Html;
using web::Response;
using namespace web::literals;

namespace {

constexpr std::string_view model_key = "model:staff";

struct ModelStep { std::string_view code; Stage stage; };
constexpr ModelStep steps_of_staff[] = {
    {"recruiting", Stage::Collection}, {"joining", Stage::Collection}, {"administration", Stage::Use}, {"payroll", Stage::Use}, {"training", Stage::Use},
    {"health", Stage::Use}, {"declaring", Stage::Sharing}, {"leaving", Stage::Storage}, {"archiving", Stage::Archiving}, {"destroying", Stage::Destruction},
};

Process model(Locale const& locale)
{
    Process process;
    process.name = locale.text("process.model.name");
    process.kind = Kind::Support;
    process.description.value = locale.text("process.model.description");
    for (auto const& step : steps_of_staff) {
        auto const key = "process.model.step." + std::string{step.code};
        auto& row = process.steps.emplace_back();
        row.name = locale.text(key);
        row.stage = step.stage;
        row.description.value = locale.text(key + ".text");
    }
    return process;
}

/// The register as this organisation has it, and its store.
struct Place {
    records::Register const* kind;
    records::Records store;
};

Result<Place> place_of(records::Machinery const& machinery, Context& context)
{
    auto const* kind = records::known_registers(machinery, context).find(process_register().slug);
    if (!kind) return Error::not_found();
    return Place{kind, {machinery, context.where().id, context.who().sight}};
}

void write_adopt(Html& out, Context const& context, Place const& place)
{
    auto const& locale = context.locale;
    if (auto const adopted = place.store.find_by_import_key(*place.kind, model_key)) {
        out << "<p><a"_h;
        out.url("href"_h, context.address("/processes/" + adopted->head.id.text()));
        out << ">"_h << locale.text("process.model.adopted", {{"reference", adopted->head.reference}}) << "</a></p>"_h;
        return;
    }
    if (!accounts::may(context.who(), web::Permission::WriteRecords) || context.seeing_as || context.where().archived) return;
    out << "<form method=\"post\" class=\"mb-3 g-noprint\""_h;
    out.url("action"_h, context.address("/processes/model"));
    out << ">"_h;
    web::csrf_field(out, context.frame);
    out << "<button class=\"btn btn-primary\" type=\"submit\">"_h << locale.text("process.model.adopt") << "</button></form>"_h;
}

Result<Response> show_model(records::Machinery const& machinery, Context& context, web::Request const&)
{
    auto const& locale = context.locale;
    auto const place = TRY(place_of(machinery, context));
    context.frame.title = locale.text("process.model.title");
    context.frame.crumbs = {{locale.text("register.processes"), context.address("/processes")}};
    Html out;
    web::page_head(out, context.frame, context.frame.title, locale.text("process.model.lead"), {});
    write_adopt(out, context, place);
    out << "<ol class=\"g-steps\">"_h;
    for (auto const& step : model(locale).steps)
        out << "<li><div><strong>"_h << step.name << "</strong><p class=\"mb-0\">"_h << step.description.value << "</p></div><span class=\"g-res\">"_h << schema::code_label(choices_of(*step.stage).list, choices_of(*step.stage).code(*step.stage), locale)
            << "</span></li>"_h;
    out << "</ol>"_h;
    return Response::html(web::page(context.frame, out));
}

/// Pressed twice, it leads to what the first press made.
Result<Response> adopt(records::Machinery const& machinery, Context& context, web::Request const&)
{
    auto const place = TRY(place_of(machinery, context));
    if (auto const adopted = place.store.find_by_import_key(*place.kind, model_key)) return Response::redirect(context.address("/processes/" + adopted->head.id.text()));
    auto row = business_process_schema().pack(model(Locale(context.where().language, context.where().zone)));
    row.values.resize(place.kind->schema->fields.size());
    auto const made = TRY(place.store.create(*place.kind, {.row = std::move(row), .import_key = std::string{model_key}}, {context.who().id, context.now, context.where().zone}));
    return Response::redirect(context.address("/processes/" + made.head.id.text() + "?done=created"));
}

}  // namespace

std::vector<accounts::Route> process_model_routes(records::Machinery const& machinery)
{
    return {
        {web::Method::Get, "/o/{organisation}/processes/model", web::Permission::ReadRecords, [&machinery](Context& context, web::Request const& request) { return show_model(machinery, context, request); }},
        {web::Method::Post, "/o/{organisation}/processes/model", web::Permission::WriteRecords, [&machinery](Context& context, web::Request const& request) { return adopt(machinery, context, request); }},
    };
}

}  // namespace greffier::process
