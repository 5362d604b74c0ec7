// The sheet of a record: its sections as declared, findings beside their fields, and what to do next on the right.
#include <algorithm>

#include "core/text.hpp"
#include "core/phone.hpp"
#include "records/heavier_words.hpp"
#include "records/link_words.hpp"
#include "records/pages/controls.hpp"
#include "records/pages/form.hpp"
#include "records/pages/panel.hpp"
#include "records/pages/shared.hpp"
#include "records/pages/treatment.hpp"
#include "schema/check.hpp"
#include "schema/show.hpp"
#include "web/frame.hpp"

namespace greffier::records {

using namespace web::literals;
using web::Html;

void write_finding(Html& out, Finding const& finding, Locale const& locale, std::string_view mend, bool in_place)
{
    auto const key = "rule." + finding.rule;
    auto const heavier = heavier_words(finding, locale);
    out << "<div role=\"note\""_h;
    out.attr("class"_h, "g-note g-note--" + std::string{severity_letter(finding.severity)});
    out << ">"_h;
    web::icon(out, severity_icon(finding.severity));
    out << "<div><p><strong>"_h << locale.text("severity." + std::string{code_of(finding.severity)}) << locale.text("punctuation.colon")
        << locale.text(key + ".title", finding.arguments) << "</strong></p><p>"_h << locale.text(key + ".why", finding.arguments) << "</p><p>"_h
        << heavier << (heavier.empty() ? "" : " ") << locale.text(key + ".remedy", finding.arguments) << " <span class=\"g-muted g-xs\">"_h << finding.rule << "</span></p>"_h;
    if (!in_place && !mend.empty()) {
        out << "<p class=\"g-note-act\"><a"_h;
        out.url("href"_h, mend);
        out << ">"_h << locale.text("finding.mend") << "<span class=\"g-hidden\">"_h << locale.text("punctuation.colon") << locale.text(key + ".title", finding.arguments) << "</span></a></p>"_h;
    }
    out << "</div></div>"_h;
}

}  // namespace greffier::records

namespace greffier::records::pages {

using namespace web::literals;
using schema::FieldInfo;
using schema::Kind;
using web::Html;
using web::Response;

namespace {

struct SheetView {
    Context const& context;
    Register const& kind;
    Stored const& stored;
    std::vector<Finding> const& findings;
    bool editable;
    std::string edit;      ///< address of the form
    LinkWords links = {};  ///< linked records, as they are shown
    std::vector<Due> dues = {};   ///< earliest first
};

std::string mend_address(SheetView const& view, Finding const& finding)
{
    if (!view.editable) return {};
    auto place = finding.place;
    if (!place.row.empty()) {
        // The form numbers its rows: find where this one stands.
        if (auto const* rows = std::get_if<schema::Rows>(&schema::get(*view.kind.schema, view.stored.row, place.field)))
            for (std::size_t i = 0; i < rows->size(); ++i)
                if ((*rows)[i].id == place.row) place.row = std::to_string(i);
    }
    return view.edit + "#" + control_id(place.text());
}

/// A number is dialled and an address written to where they are read; anything else is words.
void write_reach(Html& out, FieldInfo const& field, std::string const& words)
{
    auto const address = field.kind == Kind::Phone ? phone_address(words) : field.kind == Kind::Email && is_email(words) ? "mailto:" + words : std::string{};
    if (address.empty()) {
        out.lines(words);
        return;
    }
    out << "<a"_h;
    out.url("href"_h, address);
    out << ">"_h << (field.kind == Kind::Phone ? phone_words(words) : words) << "</a>"_h;
}

/// A contact on one line: its values alone, for their order says what they are.
void write_contact(Html& out, schema::SchemaInfo const& info, schema::Row const& row, Locale const& locale)
{
    bool first = true;
    for (std::size_t i = 0; i < info.fields.size() && i < row.values.size(); ++i) {
        auto const words = schema::show(info.fields[i], row.values[i], locale);
        if (words.empty()) continue;
        if (!first) out << ", "_h;
        first = false;
        write_reach(out, info.fields[i], words);
    }
}

/// The answers of an owned row but the one that names it, each under its noun; a row nobody answered says so.
void write_row_details(Html& out, schema::SchemaInfo const& info, schema::Row const& row, Locale const& locale, std::string const& title)
{
    bool open = false, asked = false;
    for (std::size_t i = 0; i < info.fields.size(); ++i) {
        auto const& part = info.fields[i];
        auto const* truth = std::get_if<bool>(&row.values[i]);
        asked = asked || (!part.title && part.list);
        if (schema::is_empty(row.values[i]) || (truth && !*truth && !part.tristate)) continue;
        auto const words = schema::show(part, row.values[i], locale);
        if (part.title && words == title) continue;
        if (!open) out << "<dl class=\"g-parts\">"_h;
        open = true;
        out << "<div"_h;
        if (part.kind == Kind::Text) out.attr("class"_h, "g-parts-wide");
        out << "><dt>"_h << schema::short_label(info, part, locale) << "</dt><dd>"_h;
        write_reach(out, part, words);
        out << "</dd></div>"_h;
    }
    if (open) out << "</dl>"_h;
    else if (asked) out << "<span class=\"g-muted\">"_h << locale.text("record.unanswered") << "</span>"_h;
}

void write_rows_table(Html& out, SheetView const& view, FieldInfo const& field, schema::Rows const& rows)
{
    auto const& locale = view.context.locale;
    auto const words = schema::short_label(*view.kind.schema, field, locale);
    out << "<div class=\"g-sub\"><div class=\"g-tablewrap\" tabindex=\"0\" role=\"group\""_h;
    out.attr("aria-label"_h, words);
    out << "><table class=\"g-table g-table--cards g-table--parts\" role=\"table\"><caption>"_h << words << "</caption><colgroup><col class=\"g-parts-name\"><col></colgroup><thead role=\"rowgroup\" class=\"g-hidden\"><tr role=\"row\"><th role=\"columnheader\" scope=\"col\">"_h
        << locale.text(field.rows->name + ".one") << "</th><th role=\"columnheader\" scope=\"col\">"_h << locale.text("record.details") << "</th></tr></thead><tbody role=\"rowgroup\">"_h;
    for (auto const& row : rows) {
        auto const title = schema::row_title(*field.rows, row, locale);
        out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><strong>"_h << title << "</strong></th><td role=\"cell\"><div>"_h;
        write_row_details(out, *field.rows, with_link_words(*field.rows, row, view.links), locale, title);
        for (auto const& finding : view.findings)
            if (finding.place.field == field.name && finding.place.row == row.id) write_finding(out, finding, locale, mend_address(view, finding), false);
        out << "</div></td></tr>"_h;
    }
    out << "</tbody></table></div></div>"_h;
}

/// Reference and title, leading to the record when the register is known.
void write_link(Html& out, SheetView const& view, FieldInfo const& field, std::string const& id)
{
    auto const words = view.links.find(id);
    if (words == view.links.end()) {
        out << view.context.locale.text("form.link_unknown");
    } else if (field.link_register.empty()) {
        out << words->second;
    } else {
        out << "<a"_h;
        out.url("href"_h, view.context.address("/" + field.link_register + "/" + id));
        out << ">"_h << words->second << "</a>"_h;
    }
}

void write_value(Html& out, SheetView const& view, FieldInfo const& field, schema::Value const& value)
{
    auto const& locale = view.context.locale;
    auto const* texts = std::get_if<schema::Texts>(&value);
    if (field.kind == Kind::Link) {
        write_link(out, view, field, std::get<std::string>(value));
    } else if (field.kind == Kind::Links && texts) {
        out << "<ul>"_h;
        for (auto const& id : *texts) {
            out << "<li>"_h;
            write_link(out, view, field, id);
            out << "</li>"_h;
        }
        out << "</ul>"_h;
    } else if (texts && texts->size() > 1) {
        out << "<ul>"_h;
        for (auto const& text : *texts) out << "<li>"_h << (field.list ? schema::code_label(*field.list, text, locale) : text) << "</li>"_h;
        out << "</ul>"_h;
    } else if (field.kind == Kind::Url) {
        auto const& address = std::get<std::string>(value);
        out << "<a rel=\"noopener noreferrer\""_h;
        out.url("href"_h, address);
        out << ">"_h << address << "</a>"_h;
    } else if (auto const* rows = std::get_if<schema::Rows>(&value); rows && field.kind == Kind::Object) {
        write_row_details(out, *field.rows, rows->front(), locale, "");
    } else if (rows && field.kind == Kind::Contact) {
        write_contact(out, *field.rows, rows->front(), locale);
    } else {
        write_reach(out, field, schema::show(field, value, locale));
    }
}

void write_section(Html& out, SheetView const& view, std::string const& section, int number)
{
    auto const& locale = view.context.locale;
    auto const& info = *view.kind.schema;
    auto const heading = locale.text(info.name + ".section." + section);
    out << "<section"_h;
    out.attr("aria-labelledby"_h, "sec-" + section);
    out << "><div class=\"g-sheet-head\"><span class=\"g-sheet-no\" aria-hidden=\"true\">"_h << number << "</span><h2"_h;
    out.attr("id"_h, "sec-" + section);
    out << ">"_h << heading << "</h2>"_h;
    if (view.editable) {
        out << "<a"_h;
        out.url("href"_h, view.edit + "#s-" + section);
        out << ">"_h << locale.text("act.edit") << "<span class=\"g-hidden\">"_h << locale.text("punctuation.colon") << heading << "</span></a>"_h;
    }
    out << "</div>"_h;
    bool open = false;
    auto close = [&] { if (open) out << "</dl>"_h; open = false; };
    bool anything = false;
    for (std::size_t i = 0; i < info.fields.size(); ++i) {
        auto const& field = info.fields[i];
        if (field.section != section || field.kind == Kind::Attachments) continue;
        auto const& value = view.stored.row.values[i];
        auto const* truth = std::get_if<bool>(&value);
        bool const has_finding = std::ranges::any_of(view.findings, [&](auto const& finding) { return finding.place.field == field.name; });
        bool const silent = schema::is_empty(value) || (truth && !*truth && !field.tristate);
        bool const destroyed = is_destroyed(view.stored, field.name);
        if (silent && !has_finding && !field.mandatory && !destroyed) continue;
        anything = true;
        auto const* rows = std::get_if<schema::Rows>(&value);
        if (rows && field.kind == Kind::Rows) {
            close();
            write_rows_table(out, view, field, *rows);
            for (auto const& finding : view.findings)
                if (finding.place.field == field.name && finding.place.row.empty()) { out << "<div class=\"g-sub\">"_h; write_finding(out, finding, locale, mend_address(view, finding), false); out << "</div>"_h; }
            continue;
        }
        if (!open) out << "<dl class=\"g-fields\">"_h;
        open = true;
        out << "<div><dt>"_h << schema::short_label(info, field, locale) << "</dt><dd>"_h;
        if (destroyed) out << "<span class=\"g-muted\">"_h << locale.text("record.destroyed") << "</span>"_h;
        else if (schema::is_empty(value)) out << "<span class=\"g-muted\">"_h << locale.text("record.unanswered") << "</span>"_h;
        else write_value(out, view, field, value);
        for (auto const& finding : view.findings)
            if (finding.place.field == field.name) write_finding(out, finding, locale, mend_address(view, finding), false);
        out << "</dd></div>"_h;
    }
    close();
    if (!anything) out << "<p class=\"g-sub g-muted\">"_h << locale.text("record.section_empty") << "</p>"_h;
    out << "</section>"_h;
}

/// A register with deadlines: each, earliest first. How one is counted, its panel tells.
void write_dues(Html& out, SheetView const& view)
{
    if (view.dues.empty()) return;
    auto const& locale = view.context.locale;
    out << "<section><h2>"_h << locale.text("record.deadlines") << "</h2><ul class=\"g-dues\">"_h;
    for (auto const& due : view.dues) {
        out << "<li><span>"_h << locale.text("due." + std::string{due.kind}) << "</span> "_h;
        due_date(out, due.at, view.context.now, locale, !due.day);
        out << "</li>"_h;
    }
    out << "</ul></section>"_h;
}

void write_deadline(Html& out, SheetView const& view)
{
    if (view.kind.review_field.empty()) return;
    auto const* date = std::get_if<Date>(&schema::get(*view.kind.schema, view.stored.row, view.kind.review_field));
    if (!date || view.kind.is_closed(view.stored.head.status)) return;
    auto const& locale = view.context.locale;
    auto const day = *date;
    out << "<section><h2>"_h << locale.text("record.next_deadline") << "</h2><span class=\"g-rail-big\">"_h
        << days_left(day, local_date(view.context.now, locale.zone()), locale) << "</span><p>"_h << locale.text("record.review_due") << " <time"_h;
    out.attr("datetime"_h, to_text(day));
    out << ">"_h << locale.date(day) << "</time></p><details class=\"g-disclose\"><summary>"_h;
    web::icon(out, "chevron-right");
    out << locale.text("record.why_this_date") << "</summary><p>"_h;
    auto const* last = std::get_if<Date>(&schema::get(*view.kind.schema, view.stored.row, view.kind.reviewed_field));
    out << (last ? locale.text("record.why_review", {{"last", locale.date(*last)}, {"next", locale.date(day)}}) : locale.text("record.why_review_set", {{"next", locale.date(day)}}));
    out << "</p></details></section>"_h;
}

void write_completeness(Html& out, SheetView const& view)
{
    auto const& locale = view.context.locale;
    auto const percent = view.stored.head.completeness;
    auto const missing = schema::unanswered(*view.kind.schema, view.stored.row);
    out << "<section><h2>"_h << locale.text("record.completeness") << "</h2><span class=\"g-rail-big\">"_h << locale.percent(percent)
        << "</span><svg class=\"g-bar\" viewBox=\"0 0 200 10\" preserveAspectRatio=\"none\" role=\"img\""_h;
    out.attr("aria-label"_h, locale.text("record.completeness") + locale.text("punctuation.colon") + locale.percent(percent));
    out << "><rect class=\"t\" x=\".5\" y=\".5\" width=\"199\" height=\"9\" rx=\"2\"/><rect class=\"f\" x=\"1\" y=\"1\" height=\"8\" rx=\"2\""_h;
    out.attr("width"_h, static_cast<std::int64_t>(percent * 198 / 100));
    out << "/></svg>"_h;
    if (!missing.empty()) {
        out << "<p>"_h << locale.plural("record.missing", static_cast<std::int64_t>(missing.size())) << "</p><ul>"_h;
        for (std::size_t i = 0; i < missing.size() && i < 6; ++i) {
            out << "<li>"_h;
            if (view.editable) {
                out << "<a"_h;
                out.url("href"_h, view.edit + "#" + control_id(missing[i]));
                out << ">"_h << path_words(*view.kind.schema, missing[i], locale) << "</a>"_h;
            } else {
                out << path_words(*view.kind.schema, missing[i], locale);
            }
            out << "</li>"_h;
        }
        out << "</ul>"_h;
    }
    out << "</section>"_h;
}

void write_rail(Html& out, SheetView const& view, PageServices const& services)
{
    auto const& locale = view.context.locale;
    out << "<aside class=\"g-rail\""_h;
    out.attr("aria-label"_h, locale.text("record.rail"));
    out << ">"_h;
    write_dues(out, view);
    write_deadline(out, view);
    write_completeness(out, view);
    if (auto const* owner = std::get_if<schema::Rows>(&schema::get(*view.kind.schema, view.stored.row, "owner"))) {
        auto const& contact = schema::contact_info();
        auto const& name = schema::text_of(contact, owner->front(), "name");
        out << "<section><h2>"_h << locale.text("record.owner") << "</h2><div class=\"g-person\"><span class=\"g-avatar\" aria-hidden=\"true\">"_h << web::initials(name) << "</span><div>"_h
            << name << "<br><span class=\"g-muted\">"_h << schema::text_of(contact, owner->front(), "function") << "</span></div></div></section>"_h;
    }
    out << "<section><h2>"_h << locale.text("record.last_change") << "</h2><p>"_h
        << locale.text("record.changed_by", {{"who", services.actor_name(view.context.where().id, view.stored.head.updated_by, locale)}, {"when", locale.instant(view.stored.head.updated_at)}}) << "</p></section></aside>"_h;
}

Result<Stored> stored_at(Records const& records, Register const& kind, RecordId id, std::optional<Timestamp> at)
{
    return at ? records.find_at(kind, id, *at) : records.find(kind, id, true);
}

Result<Response> show_sheet(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const id = TRY(id_of(request));
    auto const at = TRY(instant_of(context, request));
    auto const records = store(services, context);
    auto const stored = TRY(stored_at(records, kind, id, at));
    auto const findings = at ? std::vector<Finding>{} : records.findings(id);
    begin(context, kind, stored.head.title);
    if (at) context.frame.past = context.locale.text("record.as_it_stood", {{"instant", context.locale.instant(*at)}});
    SheetView view{context, kind, stored, findings,
                         !at && !stored.head.deleted_at && !kind.is_closed(stored.head.status) && can(context, web::Permission::WriteRecords),
                         address(context, kind, id, "/edit"), link_words(records, *kind.schema, stored.row, at)};
    std::optional<law::Place> place;
    if (kind.dues || kind.panel) place = legal_place(services.machinery, context);
    if (kind.dues && !at && !stored.head.deleted_at && !kind.is_closed(stored.head.status)) {
        view.dues = kind.dues(stored.row, {stored.head.status, context.now, local_date(context.now, place->zone), *place});
        std::ranges::sort(view.dues, {}, &Due::at);
    }
    if (services.recent && context.who().person && !at && !context.seeing_as) services.recent->opened(*context.who().person, context.where().id, id, context.now);
    Html out;
    auto counts = counts_of(kind, stored, records);
    record_head(out, context, services, kind, stored, Tab::Sheet, counts);
    if (stored.head.deleted_at && !at) {
        out << "<section class=\"g-alert g-alert--warn\">"_h;
        web::icon(out, "trash");
        out << "<div class=\"g-alert-text\"><h2>"_h << context.locale.text("record.deleted_title") << "</h2><p>"_h
            << context.locale.text("record.deleted_lead", {{"when", context.locale.instant(*stored.head.deleted_at)}}) << "</p></div>"_h;
        if (can(context, web::Permission::WriteRecords)) {
            out << "<form method=\"post\""_h;
            out.url("action"_h, address(context, kind, id, "/restore"));
            out << ">"_h;
            web::csrf_field(out, context.frame);
            out << "<button class=\"btn btn-outline\" type=\"submit\">"_h << context.locale.text("act.restore") << "</button></form>"_h;
        }
        out << "</section>"_h;
    }
    bool first = true;
    for (auto const& finding : findings)
        if (finding.place.field.empty() || finding.place.field == "reference" || !kind.schema->find(finding.place.field)) {
            if (first) out << "<div class=\"mb-3\">"_h;
            first = false;
            write_finding(out, finding, context.locale, view.editable ? view.edit : "", false);
        }
    if (!first) out << "</div>"_h;
    if (kind.panel) kind.panel(out, {context, services.machinery, kind, stored, findings, view.dues, *place, view.editable, address(context, kind, id), at});
    out << "<div class=\"g-record\"><div class=\"g-sheet\">"_h;
    int number = 0;
    for (auto const& section : kind.schema->sections) write_section(out, view, section, ++number);
    out << "</div>"_h;
    write_rail(out, view, services);
    out << "</div>"_h;
    return Response::html(web::page(context.frame, out));
}

Result<Response> show_findings(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const records = store(services, context);
    auto const stored = TRY(records.find(kind, TRY(id_of(request)), true));
    auto const findings = records.findings(stored.head.id);
    begin(context, kind, stored.head.title);
    SheetView const view{context, kind, stored, findings, !kind.is_closed(stored.head.status) && !stored.head.deleted_at && can(context, web::Permission::WriteRecords),
                         address(context, kind, stored.head.id, "/edit")};
    Html out;
    record_head(out, context, services, kind, stored, Tab::Findings, counts_of(kind, stored, records));
    if (findings.empty()) {
        out << "<div class=\"g-empty\">"_h;
        web::icon(out, "circle-check");
        out << "<h2>"_h << context.locale.text("finding.none") << "</h2><p>"_h << context.locale.text("finding.none_lead") << "</p></div>"_h;
    }
    auto const treatments = findings.empty() || stored.head.deleted_at ? std::nullopt : std::optional<Treatments>(std::in_place, services.machinery, context, std::vector<Treatments::Found>{{stored.head.id, stored.head.reference}});
    for (auto const& finding : findings) {
        if (!finding.place.field.empty()) out << "<h2 class=\"g-h3 mt-3\">"_h << path_words(*kind.schema, [&] {
            auto place = finding.place;
            if (auto const* rows = std::get_if<schema::Rows>(&schema::get(*kind.schema, stored.row, place.field)))
                for (std::size_t i = 0; i < rows->size(); ++i)
                    if ((*rows)[i].id == place.row) place.row = std::to_string(i);
            return place.text();
        }(), context.locale) << "</h2>"_h;
        write_finding(out, finding, context.locale, mend_address(view, finding), false);
        if (treatments) treatments->write(out, kind, stored.head, finding, service_of_row(kind, stored.row));
    }
    return Response::html(web::page(context.frame, out));
}

Result<Response> show_links(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const records = store(services, context);
    auto const stored = TRY(records.find(kind, TRY(id_of(request)), true));
    auto const linked = records.links_to(stored.head.id);
    begin(context, kind, stored.head.title);
    Html out;
    record_head(out, context, services, kind, stored, Tab::Links, counts_of(kind, stored, records));
    if (linked.empty()) {
        out << "<div class=\"g-empty\">"_h;
        web::icon(out, "link");
        out << "<h2>"_h << context.locale.text("links.none") << "</h2><p>"_h << context.locale.text("links.none_lead") << "</p></div>"_h;
    } else {
        out << "<ul class=\"g-list g-panel\">"_h;
        for (auto const& one : linked) {
            out << "<li><a"_h;
            out.url("href"_h, context.address("/" + one.register_slug + "/" + one.id.text()));
            out << ">"_h << one.title << "</a> <span class=\"g-ref\">"_h << one.reference << "</span></li>"_h;
        }
        out << "</ul>"_h;
    }
    return Response::html(web::page(context.frame, out));
}

}  // namespace

std::vector<accounts::Route> record_routes(PageServices const& services)
{
    using web::Method;
    using web::Permission;
    auto route = [&services](auto handler) { return [&services, handler](Context& context, web::Request const& request) { return handler(services, context, request); }; };
    return {
        {Method::Get, "/o/{organisation}/{register}/{id}", Permission::ReadRecords, route(show_sheet)},
        {Method::Get, "/o/{organisation}/{register}/{id}/findings", Permission::ReadRecords, route(show_findings)},
        {Method::Get, "/o/{organisation}/{register}/{id}/links", Permission::ReadRecords, route(show_links)},
    };
}

}  // namespace greffier::records::pages
