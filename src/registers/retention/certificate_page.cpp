#include "registers/retention/certificate_page.hpp"

#include "records/link_words.hpp"
#include "records/pages/paper.hpp"
#include "records/vocabulary.hpp"
#include "registers/retention/register.hpp"
#include "registers/retention/retention.hpp"
#include "schema/show.hpp"
#include "web/frame.hpp"

namespace greffier::retention {

using accounts::Context;
using web::Html;
using web::Response;
using namespace web::literals;

namespace {

/// One answer as it stands on the sheet; nothing for what nobody answered.
void write_answer(Html& out, Locale const& locale, schema::Row const& shown, std::string_view name)
{
    auto const& info = retention_run_schema().info();
    auto const& field = *info.find(name);
    auto const& value = schema::get(info, shown, name);
    auto const* texts = std::get_if<schema::Texts>(&value);   // links in words
    auto const words = texts && field.kind == schema::Kind::Links ? [&] { std::string all; for (auto const& one : *texts) all += (all.empty() ? "" : "\n") + one; return all; }() : schema::show(field, value, locale);
    if (words.empty()) return;
    out << "<div><dt>"_h << schema::short_label(info, field, locale) << "</dt><dd>"_h;
    out.lines(words);
    out << "</dd></div>"_h;
}

/// A table of owned rows, one column for each of their named parts.
void write_rows(Html& out, Locale const& locale, schema::Row const& row, std::string_view name, std::initializer_list<std::string_view> parts)
{
    auto const& info = retention_run_schema().info();
    auto const& field = *info.find(name);
    auto const* rows = std::get_if<schema::Rows>(&schema::get(info, row, name));
    if (!rows || rows->empty()) return;
    auto const heading = schema::short_label(info, field, locale);
    out << "<section class=\"mb-4\"><h2 class=\"g-h3 mb-2\">"_h << heading << "</h2><div class=\"g-tablewrap\" tabindex=\"0\" role=\"group\""_h;
    out.attr("aria-label"_h, heading);
    out << "><table class=\"g-table g-table--cards\" role=\"table\"><thead role=\"rowgroup\"><tr role=\"row\">"_h;
    for (auto const part : parts) out << "<th role=\"columnheader\" scope=\"col\">"_h << schema::short_label(*field.rows, *field.rows->find(part), locale) << "</th>"_h;
    out << "</tr></thead><tbody role=\"rowgroup\">"_h;
    for (auto const& one : *rows) {
        out << "<tr role=\"row\">"_h;
        for (auto const part : parts) {
            out << "<td role=\"cell\""_h;
            out.attr("data-label"_h, schema::short_label(*field.rows, *field.rows->find(part), locale));
            out << ">"_h << schema::show(*field.rows->find(part), schema::get(*field.rows, one, part), locale) << "</td>"_h;
        }
        out << "</tr>"_h;
    }
    out << "</tbody></table></div></section>"_h;
}

Result<Response> show_certificate(records::Machinery const& machinery, Context& context, web::Request const& request)
{
    auto const& locale = context.locale;
    auto const* kind = records::known_registers(machinery, context).find(retention_register().slug);
    auto const id = RecordId::parse(request.param("id"));
    if (!kind || !id) return Error::not_found();
    records::Records const store{machinery, context.where().id, context.who().sight};
    auto const stored = TRY(store.find(*kind, *id));
    auto const back = context.address("/retention/" + id->text());
    context.frame.title = locale.text("retention.certificate.title");
    context.frame.crumbs = {{locale.text("register.retention"), context.address("/retention")}, {stored.head.reference + " " + stored.head.title, back}};
    Html out;
    web::page_head(out, context.frame, context.frame.title, stored.head.reference + " · " + stored.head.title,
                   records::paper_actions(locale, back, locale.text("retention.certificate.back"), records::PrintButton::Chief));
    if (stored.head.status != "carried_out" && stored.head.status != "closed") {
        out << "<div class=\"g-alert g-alert--warn mb-3\">"_h;
        web::icon(out, "alert-triangle");
        out << "<div class=\"g-alert-text\"><p>"_h << locale.text("retention.certificate.not_done") << "</p></div></div>"_h;
    }
    out << "<p class=\"mb-3\">"_h << locale.text("retention.certificate.body", {{"organisation", context.where().name}}) << "</p>"_h;
    auto const& info = retention_run_schema().info();
    auto const shown = records::with_link_words(info, stored.row, records::link_words(store, info, stored.row));
    out << "<section class=\"g-sheet mb-3\"><dl class=\"g-fields\">"_h;
    for (auto const* name : {"processings", "system", "service", "done_on", "done_by", "witness", "method", "method_details", "backups_until", "visa_reference", "visa_on", "proof"}) write_answer(out, locale, shown, name);
    out << "</dl></section>"_h;
    write_rows(out, locale, stored.row, "lines", {"category", "details", "cut_off", "outcome", "count"});
    write_rows(out, locale, stored.row, "holds", {"subject", "reason", "until", "ordered_by"});
    out << "<p class=\"mt-4\">"_h << locale.text("retention.certificate.signature") << "</p><p class=\"g-xs g-muted mt-4\">"_h
        << locale.text("retention.certificate.seal", {{"reference", stored.head.reference}, {"version", std::to_string(stored.head.version)}, {"day", locale.date(local_date(context.now, context.where().zone))}}) << "</p>"_h;
    return Response::html(web::page(context.frame, out));
}

}  // namespace

std::vector<accounts::Route> certificate_routes(records::Machinery const& machinery)
{
    return {{web::Method::Get, "/o/{organisation}/retention/{id}/certificate", web::Permission::ReadRecords,
             [&machinery](Context& context, web::Request const& request) { return show_certificate(machinery, context, request); }}};
}

}  // namespace greffier::retention
