#include "registers/archival/panel.hpp"

#include "records/link_words.hpp"
#include "records/pages/paper.hpp"
#include "records/vocabulary.hpp"
#include "registers/archival/archived_file.hpp"
#include "registers/archival/register.hpp"
#include "schema/show.hpp"
#include "web/frame.hpp"

namespace greffier::archival {

using accounts::Context;
using records::PanelView;
using web::Html;
using web::Response;
using namespace web::literals;

namespace {

/// What must be on the paper before somebody signs it.
std::vector<std::string_view> missing_of(ArchivedFile const& file)
{
    std::vector<std::string_view> missing;
    if (!file.destroyed_on) missing.push_back("destroyed_on");
    if (!file.destruction) missing.push_back("destruction");
    if (file.destroyed_by.empty()) missing.push_back("destroyed_by");
    if (file.public_archives && !file.visa_given_on) missing.push_back("visa_given_on");
    return missing;
}

void write_facts(Html& out, schema::SchemaInfo const& info, schema::Row const& row, Locale const& locale)
{
    out << "<dl class=\"g-fields\">"_h;
    for (auto const* name : {"contents", "processings", "oldest", "newest", "medium", "shelf_mark", "location", "retention_rule", "visa_reference", "visa_given_on", "destroyed_on", "destruction", "destroyed_volume", "destroyed_by", "witness"}) {
        auto const& field = *info.find(name);
        auto const& value = schema::get(info, row, name);
        if (schema::is_empty(value)) continue;
        out << "<div><dt>"_h << schema::short_label(info, field, locale) << "</dt><dd>"_h;
        auto const* texts = std::get_if<schema::Texts>(&value);
        if (field.kind == schema::Kind::Link || field.kind == schema::Kind::Links) {
            if (texts)
                for (auto const& text : *texts) out << "<p class=\"mb-0\">"_h << text << "</p>"_h;
        } else {
            out.lines(schema::show(field, value, locale));
        }
        out << "</dd></div>"_h;
    }
    out << "</dl>"_h;
}

void write_missing(Html& out, Context const& context, ArchivedFile const& file)
{
    auto const missing = missing_of(file);
    if (missing.empty()) return;
    auto const& locale = context.locale;
    out << "<section class=\"g-alert g-alert--warn g-screen\"><div class=\"g-alert-text\"><h2>"_h << locale.text("archived_file.certificate.missing") << "</h2><ul>"_h;
    for (auto const name : missing) out << "<li>"_h << schema::short_label(archive_schema().info(), *archive_schema().info().find(name), locale) << "</li>"_h;
    out << "</ul></div></section>"_h;
}

Result<Response> show_certificate(records::Machinery const& machinery, Context& context, web::Request const& request)
{
    auto const* kind = records::known_registers(machinery, context).find(archive_register().slug);
    auto const id = RecordId::parse(request.param("id"));
    if (!kind || !id) return Error::not_found();
    records::Records const store(machinery, context.where().id, context.who().sight);
    auto const stored = TRY(store.find(*kind, *id));
    auto const file = TRY(archive_schema().unpack(stored.row));
    auto const& locale = context.locale;
    auto const& info = archive_schema().info();
    auto const back = context.address("/archives/" + stored.head.id.text());
    context.frame.title = locale.text("archived_file.certificate");
    context.frame.crumbs = {{locale.text("register.archives"), context.address("/archives")}, {stored.head.reference + " " + stored.head.title, back}};
    Html out;
    web::page_head(out, context.frame, context.frame.title, stored.head.reference + " · " + stored.head.title,
                   records::paper_actions(locale, back, locale.text("archived_file.certificate.back"), records::PrintButton::Chief));
    write_missing(out, context, file);
    out << "<article class=\"g-letter\"><p>"_h << locale.text("archived_file.certificate.opening", {{"organisation", context.where().name}, {"reference", stored.head.reference}, {"name", stored.head.title}}) << "</p>"_h;
    write_facts(out, info, records::with_link_words(info, stored.row, records::link_words(store, info, stored.row)), locale);
    out << "<p>"_h << locale.text("archived_file.certificate.closing") << "</p><p class=\"g-letter-signature\">"_h << locale.text("archived_file.certificate.signature") << "</p></article>"_h;
    return Response::html(web::page(context.frame, out));
}

}  // namespace

void write_panel(Html& out, PanelView const& view)
{
    auto const file = archive_schema().unpack(view.stored.row);
    if (!file.ok() || view.at) return;
    auto const& locale = view.context.locale;
    bool const waits = file->public_archives && file->fate != Fate::KeepForEver && !file->visa_given_on && view.stored.head.status == "kept";
    out << "<section class=\"g-panel mb-4\"><div class=\"g-panel-head\"><h2 class=\"g-h3\">"_h << locale.text("archived_file.certificate") << "</h2><a class=\"btn btn-outline\""_h;
    out.url("href"_h, view.address + "/certificate");
    out << ">"_h;
    web::icon(out, "printer");
    out << " "_h << locale.text("archived_file.certificate.open") << "</a></div>"_h;
    if (waits) {
        out << "<div class=\"g-panel-body\"><p class=\"mb-0\">"_h;
        web::icon(out, "alert-triangle");
        out << " "_h << locale.text("archived_file.visa_needed") << "</p></div>"_h;
    }
    out << "</section>"_h;
}

std::vector<accounts::Route> certificate_routes(records::Machinery const& machinery)
{
    return {{web::Method::Get, "/o/{organisation}/archives/{id}/certificate", web::Permission::ReadRecords,
             [&machinery](Context& context, web::Request const& request) { return show_certificate(machinery, context, request); }}};
}

}  // namespace greffier::archival
