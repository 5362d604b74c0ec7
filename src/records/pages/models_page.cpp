// "Start from a model": the models of a register, each with what it is for; choosing one opens the form of a new record.
#include "core/text.hpp"
#include "records/pages/model_marks.hpp"
#include "records/pages/shared.hpp"
#include "records/vocabulary.hpp"
#include "web/frame.hpp"

namespace greffier::records::pages {

using namespace web::literals;
using web::Html;
using web::Response;

namespace {

void write_search(Html& out, Context const& context, std::string const& here, std::string const& text)
{
    auto const& locale = context.locale;
    out << "<form class=\"g-filters g-noprint\" method=\"get\" role=\"search\""_h;
    out.url("action"_h, here);
    out << "><div class=\"g-filterbar\"><label class=\"form-label mb-0\" for=\"q\">"_h << locale.text("model.search") << "</label><input class=\"form-control w-auto\" type=\"search\" id=\"q\" name=\"q\" maxlength=\"100\""_h;
    out.attr("value"_h, text);
    out << "><button class=\"btn btn-outline btn-sm\" type=\"submit\">"_h << locale.text("list.filter") << "</button>"_h;
    if (!text.empty()) {
        out << "<a"_h;
        out.url("href"_h, here);
        out << ">"_h << locale.text("list.clear") << "</a>"_h;
    }
    out << "</div></form>"_h;
}

void write_model(Html& out, Context const& context, Register const& kind, RecordModel const& model, bool writes)
{
    auto const& locale = context.locale;
    out << "<li><div><h2 class=\"g-h3 mb-1\">"_h << model.title << "</h2><p class=\"mb-1\">"_h << model.summary << "</p><p class=\"g-xs g-muted mb-0\">"_h
        << locale.text("model.sources", {{"day", locale.date(model.written_on)}, {"sources", sources_of(model, locale)}}) << "</p></div>"_h;
    if (writes) {
        out << "<a class=\"btn btn-outline\""_h;
        out.url("href"_h, address(context, kind) + "/new?model=" + model.code);
        out << ">"_h;
        web::icon(out, "copy");
        out << " "_h << locale.text("model.adopt") << "<span class=\"g-hidden\">"_h << locale.text("punctuation.colon") << model.title << "</span></a>"_h;
    }
    out << "</li>"_h;
}

Result<Response> show_models(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& locale = context.locale;
    auto const& kind = *TRY(register_of(services, context, request));
    auto const all = models_of(kind.slug, locale.language());
    if (all.empty()) return Error::not_found();
    auto const text = shorten(request.query.get("q"), 100);
    auto const found = matching(all, text);
    begin(context, kind, locale.text("model.title"));
    Html out;
    web::page_head(out, context.frame, locale.text("model.title"), locale.text("model.lead", {{"register", locale.text("register." + std::string{kind.slug})}}), {});
    out << "<p class=\"g-alert g-alert--warn\">"_h;
    web::icon(out, "alert-triangle");
    out << "<span class=\"g-alert-text\">"_h << locale.text("model.no_advice") << "</span></p>"_h;
    write_search(out, context, address(context, kind) + "/models", text);
    bool const writes = can(context, web::Permission::WriteRecords) && !context.seeing_as && !context.where().archived;
    if (found.empty()) {
        out << "<p role=\"status\">"_h << locale.text("model.none") << "</p>"_h;
        return Response::html(web::page(context.frame, out));
    }
    out << "<p class=\"g-small g-muted\" role=\"status\">"_h << locale.plural("model.count", static_cast<std::int64_t>(found.size())) << "</p><ul class=\"g-models\">"_h;
    for (auto const* model : found) write_model(out, context, kind, *model, writes);
    out << "</ul>"_h;
    return Response::html(web::page(context.frame, out));
}

}  // namespace

std::vector<accounts::Route> model_routes(PageServices const& services)
{
    return {{web::Method::Get, "/o/{organisation}/{register}/models", web::Permission::ReadRecords,
             [&services](Context& context, web::Request const& request) { return show_models(services, context, request); }}};
}

}  // namespace greffier::records::pages
