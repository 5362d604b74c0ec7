// Imports that were run, with their undo, and the saved mappings.
#include "core/text.hpp"
#include "exchange/import_steps.hpp"
#include "exchange/mapping_form.hpp"
#include "exchange/report_page.hpp"
#include "web/frame.hpp"

namespace greffier::exchange {

using namespace web::literals;
using accounts::Context;
using web::Html;
using web::Method;
using web::Permission;
using web::Request;
using web::Response;
using Answer = Result<Response>;

namespace {

constexpr int runs_shown = 50;

std::string imports_address(Context const& context, Place const& place) { return context.address("/" + std::string(place.kind->slug) + "/imports"); }

void head(Html& out, Locale const& locale, std::initializer_list<char const*> columns)
{
    out << "<div class=\"g-tablewrap mb-4\"><table class=\"g-table g-table--cards\" role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\">"_h;
    for (auto const* key : columns) out << "<th role=\"columnheader\" scope=\"col\">"_h << locale.text(key) << "</th>"_h;
    out << "<th role=\"columnheader\" scope=\"col\"><span class=\"g-hidden\">"_h << locale.text("import.runs.actions") << "</span></th></tr></thead><tbody role=\"rowgroup\">\n"_h;
}

void cell(Html& out, Locale const& locale, char const* key, std::string_view text)
{
    out << "<td role=\"cell\""_h;
    out.attr("data-label"_h, locale.text(key));
    out << ">"_h << text << "</td>"_h;
}

std::string state_words(records::ImportRun const& run, Locale const& locale)
{
    if (run.act && run.act->undone_at)
        return locale.plural("import.runs.undone", run.act->undone) + (run.act->not_undone > 0 ? " " + locale.plural("import.runs.not_undone", run.act->not_undone) : std::string{});
    return locale.text(run.finished ? "import.runs.done" : "import.runs.stopped");
}

void run_row(Html& out, Context const& context, records::ImportRun const& run)
{
    auto const& locale = context.locale;
    out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><div><a class=\"g-title\""_h;
    out.url("href"_h, context.address("/" + run.register_slug + "/import?run=" + run.id.text()));
    out << ">"_h << run.source << "</a></div></th>"_h;
    cell(out, locale, "import.runs.when", locale.instant(run.created_at));
    cell(out, locale, "import.runs.written", run.act ? locale.number(run.act->done) : "");
    cell(out, locale, "import.runs.state", state_words(run, locale));
    out << "<td role=\"cell\">"_h;
    undo_link(out, context, run, true);
    out << "</td></tr>\n"_h;
}

void mapping_row(Html& out, Context const& context, Place const& place, SavedMapping const& saved)
{
    auto const& locale = context.locale;
    auto const address = imports_address(context, place) + "/mappings/" + saved.id.text();
    std::int64_t mapped = 0;
    for (auto const& column : saved.mapping.columns) mapped += !column.target.empty();
    out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><div><a class=\"g-title\""_h;
    out.url("href"_h, address);
    out << ">"_h << saved.mapping.name << "</a></div></th>"_h;
    cell(out, locale, "mapping.columns_mapped", locale.number(mapped));
    cell(out, locale, "mapping.changed_on", locale.instant(saved.updated_at));
    out << "<td role=\"cell\"><a class=\"btn btn-danger-outline btn-sm\""_h;
    out.url("href"_h, address + "/delete");
    out << ">"_h << locale.text("mapping.delete") << "<span class=\"g-hidden\"> "_h << saved.mapping.name << "</span></a></td></tr>\n"_h;
}

Answer list_runs(ExchangeServices const& services, Context& context, Request const& request)
{
    auto const place = TRY(place_of(services, context, request));
    if (place.kind->single) return Error::not_found();
    auto const& locale = context.locale;
    auto const runs = records::import_runs(place.records, place.kind->slug, 1, runs_shown);
    frame_of(context, *place.kind, locale.text("import.runs.title"));
    Html out;
    web::page_head(out, context.frame, locale.text("import.runs.title"), locale.text("import.runs.lead"), Html{});
    if (runs.items.empty()) {
        out << "<p class=\"g-muted\">"_h << locale.text("import.runs.none") << "</p>"_h;
    } else {
        head(out, locale, {"import.runs.file", "import.runs.when", "import.runs.written", "import.runs.state"});
        for (auto const& run : runs.items) run_row(out, context, run);
        out << "</tbody></table></div>"_h;
    }
    out << "<h2 class=\"mb-2\">"_h << locale.text("mapping.saved_ones") << "</h2>"_h;
    if (auto const all = place.mappings().all(); all.empty()) {
        out << "<p class=\"g-muted\">"_h << locale.text("mapping.saved_none") << "</p>"_h;
    } else {
        head(out, locale, {"mapping.name", "mapping.columns_mapped", "mapping.changed_on"});
        for (auto const& saved : all) mapping_row(out, context, place, saved);
        out << "</tbody></table></div>"_h;
    }
    return Response::html(web::page(context.frame, out));
}

Answer show_mapping(Context& context, Place const& place, SavedMapping const& saved, std::vector<FieldError> const& problems)
{
    auto const& locale = context.locale;
    frame_of(context, *place.kind, locale.text("mapping.edit"));
    context.frame.refused = !problems.empty();
    Html out;
    web::page_head(out, context.frame, locale.text("mapping.edit"), saved.mapping.name, Html{});
    write_problems(out, locale, problems);
    out << "<form method=\"post\""_h;
    out.url("action"_h, imports_address(context, place) + "/mappings/" + saved.id.text());
    out << ">"_h;
    web::csrf_field(out, context.frame);
    for (auto const& [name, value] : {std::pair{"sheet", saved.mapping.sheet}, std::pair{"encoding", saved.mapping.encoding}, std::pair{"csv_separator", saved.mapping.separator}, std::pair{"header_row", std::to_string(saved.mapping.header_row)}}) {
        out << "<input type=\"hidden\""_h;
        out.attr("name"_h, name);
        out.attr("value"_h, value);
        out << ">"_h;
    }
    out << "<section class=\"g-section\"><div class=\"g-field\"><label class=\"form-label\" for=\"save_as\">"_h << locale.text("mapping.name") << "</label><input class=\"form-control\" type=\"text\" id=\"save_as\" name=\"save_as\" required maxlength=\"100\""_h;
    out.attr("value"_h, saved.mapping.name);
    out << "></div></section>"_h;
    write_columns(out, locale, {*place.kind, saved.mapping, nullptr, problems});
    out << "<p class=\"g-inline mt-4\"><button class=\"btn btn-primary\" type=\"submit\">"_h << locale.text("mapping.save") << "</button><a class=\"btn btn-outline\""_h;
    out.url("href"_h, imports_address(context, place));
    out << ">"_h << locale.text("act.cancel") << "</a></p></form>"_h;
    return Response::html(web::page(context.frame, out), problems.empty() ? 200 : 422);
}

Answer edit_mapping(ExchangeServices const& services, Context& context, Request const& request)
{
    auto const place = TRY(place_of(services, context, request));
    return show_mapping(context, place, TRY(mapping_of(place, request)), {});
}

Answer change_mapping(ExchangeServices const& services, Context& context, Request const& request)
{
    auto const place = TRY(place_of(services, context, request));
    auto saved = TRY(mapping_of(place, request));
    saved.mapping = mapping_of_form(request.form);
    auto problems = check_mapping(*place.kind->schema, place.kind->title_field, saved.mapping);
    if (problems.empty()) {
        auto const changed = place.mappings().change(saved.id, saved.mapping, place.by.actor, place.by.now);
        if (changed.ok()) return Response::redirect(imports_address(context, place) + "?done=mapping_saved");
        if (changed.error().fields.empty()) return changed.error();
        problems = changed.error().fields;
    }
    return show_mapping(context, place, saved, problems);
}

Answer ask_to_delete(ExchangeServices const& services, Context& context, Request const& request)
{
    auto const place = TRY(place_of(services, context, request));
    auto const saved = TRY(mapping_of(place, request));
    auto const& locale = context.locale;
    frame_of(context, *place.kind, locale.text("mapping.delete_title"));
    context.frame.crumbs.push_back({locale.text("import.runs.title"), imports_address(context, place)});
    Html out;
    web::page_top(out, context.frame);
    out << "<form class=\"g-confirm\" method=\"post\""_h;
    out.url("action"_h, request.path);
    out << "><h1>"_h << locale.text("mapping.delete_title") << "</h1><p>"_h << locale.text("mapping.delete_lead", {{"name", saved.mapping.name}}) << "</p>"_h;
    web::csrf_field(out, context.frame);
    out << "<div class=\"g-confirm-foot\"><button class=\"btn btn-danger\" type=\"submit\">"_h << locale.text("mapping.delete") << "</button><a class=\"btn btn-outline\""_h;
    out.url("href"_h, imports_address(context, place));
    out << ">"_h << locale.text("act.cancel") << "</a></div></form>"_h;
    return Response::html(web::page(context.frame, out));
}

Answer delete_mapping(ExchangeServices const& services, Context& context, Request const& request)
{
    auto const place = TRY(place_of(services, context, request));
    TRY(place.mappings().remove(TRY(mapping_of(place, request)).id));
    return Response::redirect(imports_address(context, place) + "?done=mapping_deleted");
}

} // namespace

std::vector<accounts::Route> runs_routes(ExchangeServices const& services)
{
    auto const with = handlers_of(services);
    std::string const here = "/o/{organisation}/{register}/imports";
    return {
        {Method::Get, here, Permission::ImportRecords, with(list_runs), "imports that were run, saved mappings"},
        {Method::Get, here + "/mappings/{mapping}", Permission::ImportRecords, with(edit_mapping), "a saved mapping"},
        {Method::Post, here + "/mappings/{mapping}", Permission::ImportRecords, with(change_mapping), "change a saved mapping"},
        {Method::Get, here + "/mappings/{mapping}/delete", Permission::ImportRecords, with(ask_to_delete), "ask before a saved mapping is deleted"},
        {Method::Post, here + "/mappings/{mapping}/delete", Permission::ImportRecords, with(delete_mapping), "delete a saved mapping"},
    };
}

} // namespace greffier::exchange
