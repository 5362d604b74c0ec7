// The history: every version, who changed what from what to what, the state at any instant, and the proof of each.
#include <algorithm>

#include "records/link_words.hpp"
#include "core/phone.hpp"
#include "records/pages/controls.hpp"
#include "records/pages/shared.hpp"
#include "schema/diff.hpp"
#include "schema/show.hpp"
#include "web/frame.hpp"

namespace greffier::records::pages {

using namespace web::literals;
using schema::Change;
using web::Html;
using web::Response;

namespace {

struct HistoryView {
    Context const& context;
    PageServices const& services;
    Register const& kind;
    Stored const& stored;
    std::vector<Version> const& versions;    ///< newest first
    Version const* shown;
    Version const* against;                  ///< what it is compared with; nullptr for the first version
};

std::string act_words(HistoryView const& view, Version const& version)
{
    auto const& locale = view.context.locale;
    if (version.action == "status") return locale.text("history.act_status", {{"status", locale.text("status." + version.status)}});
    return locale.text("history.act_" + version.action);
}

void write_versions(Html& out, HistoryView const& view)
{
    auto const& locale = view.context.locale;
    out << "<nav aria-labelledby=\"vers-t\"><h2 id=\"vers-t\" class=\"mb-2\">"_h << locale.text("history.versions") << "</h2><ol class=\"g-versions\" reversed>"_h;
    for (auto const& version : view.versions) {
        out << "<li><a"_h;
        out.url("href"_h, address(view.context, view.kind, view.stored.head.id, "/history?version=" + std::to_string(version.number)));
        if (version.number == view.shown->number) out.attr("aria-current"_h, "page");
        out << "><strong>"_h << locale.text("history.version", {{"n", locale.number(version.number)}}) << "</strong>"_h << act_words(view, version) << "<span>"_h
            << view.services.actor_name(view.context.where().id, version.actor, locale) << ", "_h << locale.instant(version.recorded_at) << "</span></a></li>"_h;
    }
    out << "</ol></nav>"_h;
}

void write_proof(Html& out, HistoryView const& view)
{
    auto const& locale = view.context.locale;
    auto const proof = view.services.machinery.ledger.entry_of(view.context.where().id, view.stored.head.id, view.shown->number);
    out << "<section class=\"g-proof\" aria-labelledby=\"proof-t\">"_h;
    bool const holds = proof && ledger::leaf_hash(proof->entry) == proof->leaf;
    web::icon(out, holds ? "rosette-discount-check" : "alert-triangle");
    out << "<div><h2 id=\"proof-t\" class=\"g-h3\">"_h << locale.text(holds ? "history.in_ledger" : "history.not_in_ledger") << "</h2>"_h;
    if (holds) {
        auto const head = view.services.machinery.ledger.head(view.context.where().id);
        out << "<p>"_h << locale.text("history.entry", {{"n", locale.number(static_cast<std::int64_t>(proof->sequence) + 1)}, {"size", locale.number(static_cast<std::int64_t>(head.size))}});
        if (head.checkpoint_at) out << " "_h << locale.text("history.checkpoint", {{"when", locale.instant(*head.checkpoint_at)}});
        out << "</p><p class=\"g-hash\">sha256 "_h << to_hex(proof->leaf) << "</p>"_h;
    }
    out << "</div></section>"_h;
}

std::string row_words(HistoryView const& view, Change const& change)
{
    auto const* key = change.what == Change::What::RowAdded ? "history.row_added" : change.what == Change::What::RowRemoved ? "history.row_removed"
                    : change.what == Change::What::RowMoved ? "history.row_moved" : "form.line";
    return view.context.locale.text(key, {{"n", std::to_string(change.row_index + 1)}});
}

void write_side(Html& out, HistoryView const& view, Change const& change, bool after)
{
    auto const& locale = view.context.locale;
    auto const& value = after ? change.after : change.before;
    out << "<td role=\"cell\""_h;
    auto const* heading = !after ? "history.before" : view.against ? "history.after" : "history.written";
    if (view.against) out.attr("class"_h, after ? "g-now" : "g-was");
    out.attr("data-label"_h, locale.text(heading));
    out << "><div>"_h;
    if (change.what == Change::What::RowMoved) out << locale.text("form.line", {{"n", std::to_string(std::get<std::int64_t>(value) + 1)}});
    else if (schema::is_empty(value)) out << "<span class=\"g-muted\">"_h << locale.text("history.absent") << "</span>"_h;
    else {
        bool const compared = view.against != nullptr;   // nothing is struck or added where nothing stood
        if (compared) after ? out << "<ins>"_h : out << "<del>"_h;
        auto const& field = change.part ? *change.part : *change.field;
        auto const words = schema::show(field, value, locale);
        out.lines(field.kind == schema::Kind::Phone ? phone_words(words) : words);
        if (compared) after ? out << "</ins>"_h : out << "</del>"_h;
    }
    out << "</div></td>"_h;
}

void write_diff(Html& out, HistoryView const& view)
{
    auto const& locale = view.context.locale;
    auto const& shown = *view.shown;
    auto const before = view.against ? view.against->row : schema::Row(*view.kind.schema);
    auto const records = store(view.services, view.context);
    auto in_words = [&](schema::Row const& row, Timestamp at) { return with_link_words(*view.kind.schema, row, link_words(records, *view.kind.schema, row, at)); };
    auto const changes = schema::diff(*view.kind.schema, in_words(before, view.against ? view.against->recorded_at : shown.recorded_at), in_words(shown.row, shown.recorded_at));
    out << "<h2 class=\"mb-2\">"_h
        << (view.against ? locale.text("history.between", {{"a", locale.number(view.against->number)}, {"b", locale.number(shown.number)}}) : locale.text("history.first_version")) << "</h2>"_h;
    out << "<p>"_h << act_words(view, shown) << ", "_h << view.services.actor_name(view.context.where().id, shown.actor, locale) << ", "_h << locale.instant(shown.recorded_at) << "."_h;
    if (!shown.reason.empty()) out << " "_h << locale.text("history.reason", {{"reason", shown.reason}});
    if (!shown.decision.empty()) out << " "_h << locale.text("history.decision", {{"who", shown.decision.by}, {"when", shown.decision.on ? locale.date(*shown.decision.on) : ""}});
    out << "</p>"_h;
    if (view.against && view.against->status != shown.status)
        out << "<p>"_h << locale.text("history.status_change", {{"from", locale.text("status." + view.against->status)}, {"to", locale.text("status." + shown.status)}}) << "</p>"_h;
    for (auto const& name : shown.destroyed)
        if (auto const* field = view.kind.schema->find(name))
            out << "<p>"_h << schema::short_label(*view.kind.schema, *field, locale) << locale.text("punctuation.colon") << locale.text("record.destroyed") << "</p>"_h;
    if (shown.erased) { out << "<p>"_h << locale.text("history.erased") << "</p>"_h; return; }
    if (changes.empty()) { out << "<p class=\"g-muted\">"_h << locale.text("history.no_field") << "</p>"_h; return; }
    out << "<div class=\"g-tablewrap\" tabindex=\"0\" role=\"region\""_h;
    out.attr("aria-label"_h, locale.text("history.differences"));
    out << "><table class=\"g-table g-table--cards g-diff\" role=\"table\"><caption>"_h << locale.plural(view.against ? "history.changes" : "history.answers", static_cast<std::int64_t>(changes.size()))
        << "</caption><thead role=\"rowgroup\"><tr role=\"row\">"_h;
    // Before the first version there was nothing: a column of "no answer" would hide what was written.
    std::vector<char const*> headings{"history.field", "history.before", "history.after"};
    if (!view.against) headings = {"history.field", "history.written"};
    for (auto const* heading : headings) out << "<th role=\"columnheader\" scope=\"col\">"_h << locale.text(heading) << "</th>"_h;
    out << "</tr></thead><tbody role=\"rowgroup\">"_h;
    for (auto const& change : changes) {
        out << "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">"_h << (change.part ? schema::short_label(*change.field->rows, *change.part, locale) : schema::short_label(*view.kind.schema, *change.field, locale));
        out << "<br><span class=\"g-muted g-xs\">"_h << locale.text(view.kind.schema->name + ".section." + change.field->section);
        if (change.part) out << ", "_h << schema::short_label(*view.kind.schema, *change.field, locale);
        if (change.row_index >= 0) out << ", "_h << row_words(view, change);
        out << "</span></th>"_h;
        if (view.against) write_side(out, view, change, false);
        write_side(out, view, change, true);
        out << "</tr>"_h;
    }
    out << "</tbody></table></div>"_h;
}

void write_compare(Html& out, HistoryView const& view)
{
    if (view.versions.size() < 2) return;
    auto const& locale = view.context.locale;
    out << "<form class=\"g-inline mb-3\" method=\"get\""_h;
    out.url("action"_h, address(view.context, view.kind, view.stored.head.id, "/history"));
    out << ">"_h;
    auto select = [&](char const* name, std::string const& words, std::int64_t chosen) {
        out << "<div><label class=\"form-label g-small\""_h;
        out.attr("for"_h, std::string{"v-"} + name);
        out << ">"_h << words << "</label><select class=\"form-select\""_h;
        out.attr("id"_h, std::string{"v-"} + name).attr("name"_h, name);
        out << ">"_h;
        for (auto const& version : view.versions) {
            out << "<option"_h;
            out.attr("value"_h, version.number).flag("selected"_h, version.number == chosen);
            out << ">"_h << locale.text("history.version", {{"n", locale.number(version.number)}}) << ", "_h << locale.date(local_date(version.recorded_at, locale.zone())) << "</option>"_h;
        }
        out << "</select></div>"_h;
    };
    select("against", locale.text("history.compare"), view.against ? view.against->number : view.versions.back().number);
    select("version", locale.text("history.with"), view.shown->number);
    out << "<button class=\"btn btn-outline\" type=\"submit\">"_h << locale.text("history.show") << "</button></form>"_h;
}

void write_past(Html& out, HistoryView const& view)
{
    auto const& locale = view.context.locale;
    out << "<section class=\"g-alert g-alert--info\" aria-labelledby=\"past-t\">"_h;
    web::icon(out, "history");
    out << "<div class=\"g-alert-text\"><h2 id=\"past-t\">"_h << locale.text("history.past_title") << "</h2><p>"_h << locale.text("history.past_lead") << "</p></div><form class=\"g-inline\" method=\"get\""_h;
    out.url("action"_h, address(view.context, view.kind, view.stored.head.id));
    out << "><div><label class=\"form-label g-small\" for=\"at\">"_h << locale.text("history.state_at") << "</label><input class=\"form-control\" id=\"at\" name=\"at\" type=\"date\" required"_h;
    out.attr("value"_h, to_text(local_date(view.shown->recorded_at, locale.zone()))).attr("max"_h, to_text(local_date(view.context.now, locale.zone())));
    out << "></div><button class=\"btn btn-outline\" type=\"submit\">"_h << locale.text("history.show") << "</button></form></section>"_h;
}

Version const* version_numbered(std::vector<Version> const& versions, std::string const& text)
{
    for (auto const& version : versions)
        if (std::to_string(version.number) == text) return &version;
    return nullptr;
}

Result<Response> show_history(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const id = TRY(id_of(request));
    auto const records = store(services, context);
    auto const stored = TRY(records.find(kind, id, true));
    auto const versions = TRY(records.versions(kind, id));
    auto const wanted = request.query.get("version");
    auto const* shown = wanted.empty() ? &versions.front() : version_numbered(versions, wanted);
    if (!shown) return Error::not_found();
    auto const* against = version_numbered(versions, request.query.get("against"));
    if (!against) against = version_numbered(versions, std::to_string(shown->number - 1));
    begin(context, kind, context.locale.text("record.tab_history") + context.locale.text("punctuation.colon") + stored.head.title);
    HistoryView const view{context, services, kind, stored, versions, shown, against};
    Html out;
    record_head(out, context, services, kind, stored, Tab::History, counts_of(kind, stored, records));
    write_past(out, view);
    out << "<div class=\"g-history\">"_h;
    write_versions(out, view);
    out << "<div>"_h;
    write_proof(out, view);
    write_compare(out, view);
    write_diff(out, view);
    out << "<p class=\"mt-3\"><a class=\"btn btn-outline\""_h;
    out.url("href"_h, address(context, kind, id, "?at=" + web::encode_component(to_text(shown->recorded_at))));
    out << ">"_h;
    web::icon(out, "eye");
    out << " "_h << context.locale.text("history.see_state", {{"n", context.locale.number(shown->number)}}) << "</a></p></div></div>"_h;
    return Response::html(web::page(context.frame, out));
}

}  // namespace

std::vector<accounts::Route> history_routes(PageServices const& services)
{
    return {{web::Method::Get, "/o/{organisation}/{register}/{id}/history", web::Permission::ReadRecords,
             [&services](Context& context, web::Request const& request) { return show_history(services, context, request); }}};
}

}  // namespace greffier::records::pages
