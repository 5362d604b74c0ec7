#include "records/pages/shared.hpp"

#include "records/pages/panel.hpp"
#include "records/pages/treatment.hpp"

#include <charconv>

#include "records/comments.hpp"
#include "records/favourites.hpp"
#include "records/list_query.hpp"
#include "records/pages/controls.hpp"
#include "records/vocabulary.hpp"
#include "web/frame.hpp"

namespace greffier::records::pages {

using namespace web::literals;
using web::Html;

Result<Register const*> register_of(PageServices const& services, Context& context, web::Request const& request)
{
    return register_of_path(services.machinery, context, request);
}

Result<RecordId> id_of(web::Request const& request)
{
    auto const id = RecordId::parse(request.param("id"));
    if (!id) return Error::not_found();
    return *id;
}

Result<std::optional<Timestamp>> instant_of(Context const& context, web::Request const& request)
{
    auto const at = request.query.find("at");
    if (!at || at->empty()) return std::optional<Timestamp>{};
    return std::optional{TRY(parse_at(*at, context.locale.zone(), context.now))};
}

By by(Context const& context) { return {context.who().id, context.now, context.where().zone}; }

Records store(PageServices const& services, Context const& context) { return {services.machinery, context.where().id, context.who().sight}; }

std::string address(Context const& context, Register const& kind) { return context.address("/" + std::string{kind.slug}); }

std::string address(Context const& context, Register const& kind, RecordId id, std::string_view rest)
{
    return address(context, kind) + "/" + id.text() + std::string{rest};
}

bool can(Context const& context, web::Permission permission) { return accounts::may(context.who(), permission); }

void begin(Context& context, Register const& kind, std::string title)
{
    auto& frame = context.frame;
    frame.crumbs.clear();
    if (!kind.single) frame.crumbs.push_back({context.locale.text("register." + std::string{kind.slug}), address(context, kind)});
    frame.title = std::move(title);
}

Counts counts_of(Register const& kind, Stored const& stored, Records const& records)
{
    Counts counts;
    counts.findings = records.findings(stored.head.id).size();
    counts.links = records.links_to(stored.head.id).size();
    counts.versions = stored.head.version;
    counts.comments = Comments{records.machinery().database, records.organisation(), records.sight()}.count(stored.head.id).comments;
    if (auto const* files = std::get_if<schema::Rows>(&schema::get(*kind.schema, stored.row, "attachments"))) counts.attachments = files->size();
    return counts;
}

namespace {

void write_tab(Html& out, std::string const& href, std::string_view words, std::optional<std::int64_t> count, bool current)
{
    out << "<li><a"_h;
    out.url("href"_h, href);
    if (current) out.attr("aria-current"_h, "page");
    out << ">"_h << words;
    if (count) out << "<span class=\"g-count\">"_h << *count << "</span>"_h;
    out << "</a></li>"_h;
}

void export_menu(Html& out, Context const& context, PageServices const& services, Register const& kind, Stored const& stored)
{
    if (!can(context, web::Permission::ExportRecords)) return;
    out << "<details class=\"g-menu\"><summary class=\"btn btn-outline\">"_h;
    web::icon(out, "download");
    out << " "_h << context.locale.text("act.export") << " "_h;
    web::icon(out, "chevron-down");
    out << "</summary><div class=\"g-menu-panel g-menu-panel--end\"><ul class=\"g-menu-list\">"_h;
    for (auto const& format : services.export_formats(kind)) {
        out << "<li><a"_h;
        out.url("href"_h, address(context, kind) + "/export?format=" + format + "&id=" + stored.head.id.text());
        out << ">"_h << context.locale.text("format." + format) << "</a></li>"_h;
    }
    out << "</ul></div></details>"_h;
}

void acts_menu(Html& out, Context const& context, PageServices const& services, Register const& kind, Stored const& stored)
{
    auto const here = address(context, kind, stored.head.id);
    std::vector<std::tuple<std::string, std::string, std::string_view>> acts;   // address, words, icon
    for (auto const& step : kind.transitions)
        if (step.from == stored.head.status && can(context, step.permission))
            acts.emplace_back(here + "/status?to=" + std::string{step.to}, context.locale.text("transition." + std::string{step.to}),
                              step.to == "archived" ? "archive" : step.to == "suspended" ? "player-pause" : step.to == "draft" ? "arrow-back-up" : "check");
    if (!kind.reviewed_field.empty() && !kind.is_closed(stored.head.status) && can(context, web::Permission::WriteRecords))
        acts.emplace_back(here + "/review", context.locale.text("act.review"), "refresh");
    if (!kind.single && can(context, web::Permission::WriteRecords)) acts.emplace_back(here + "/duplicate", context.locale.text("act.duplicate"), "copy");
    if (auto action = new_action_address(services.machinery.registers, context, kind, stored.head, service_of_row(kind, stored.row)); !action.empty())
        acts.emplace_back(std::move(action), context.locale.text("treatment.make"), "list-check");
    if (!kind.single && can(context, web::Permission::WriteRecords)) acts.emplace_back(here + "/delete", context.locale.text("act.delete"), "trash");
    if (can(context, web::Permission::RestrictRecords)) acts.emplace_back(here + "/access", context.locale.text("act.access"), "lock");
    if (kind.sealed && stored.destroyed.empty() && can(context, web::Permission::DecideRecords)) acts.emplace_back(here + "/destroy", context.locale.text("act.destroy"), "lock");
    if (acts.empty()) return;
    out << "<details class=\"g-menu\"><summary class=\"btn btn-outline\">"_h << context.locale.text("act.more") << " "_h;
    web::icon(out, "chevron-down");
    out << "</summary><div class=\"g-menu-panel g-menu-panel--end\"><ul class=\"g-menu-list\">"_h;
    for (auto const& [href, words, icon] : acts) {
        out << "<li><a"_h;
        out.url("href"_h, href);
        out << ">"_h;
        web::icon(out, icon);
        out << " "_h << words << "</a></li>"_h;
    }
    out << "</ul></div></details>"_h;
}

}  // namespace

/// A star pressed or not; the page comes back to where it was.
static void favourite_button(Html& out, Context const& context, PageServices const& services, Register const& kind, Stored const& stored)
{
    auto const& person = context.who().person;
    if (!person) return;
    bool const kept = Favourites{services.machinery.database, context.where().id, context.who().sight}.has(*person, stored.head.id);
    auto const words = context.locale.text(kept ? "favourites.drop" : "favourites.keep");
    out << "<form method=\"post\""_h;
    out.url("action"_h, address(context, kind, stored.head.id, "/favourite"));
    out << ">"_h;
    web::csrf_field(out, context.frame);
    out << "<input type=\"hidden\" name=\"next\""_h;
    out.attr("value"_h, context.frame.path);
    out << "><button type=\"submit\" name=\"on\""_h;
    out.attr("value"_h, kept ? "no" : "yes").attr("class"_h, kept ? "btn btn-outline g-star g-star--on" : "btn btn-outline g-star").attr("aria-pressed"_h, kept ? "true" : "false");
    out.attr("aria-label"_h, context.locale.text("favourites.favourite")).attr("title"_h, words);
    out << ">"_h;
    web::icon(out, "star");
    out << "</button></form>"_h;
}

void record_head(Html& out, Context const& context, PageServices const& services, Register const& kind, Stored const& stored, Tab current, Counts const& counts)
{
    auto const& locale = context.locale;
    web::page_top(out, context.frame);
    out << "<div class=\"g-head\"><div class=\"g-head-text\"><h1>"_h << stored.head.title << "</h1><div class=\"g-head-meta\"><span class=\"g-ref\">"_h
        << stored.head.reference << "</span>"_h;
    if (!kind.single) status_badge(out, stored.head.status, locale);
    if (stored.head.restricted) restricted_badge(out, locale);
    if (stored.head.worst_finding && !context.frame.past) severity_badge(out, *stored.head.worst_finding, locale);
    out << "</div></div><div class=\"g-head-actions\">"_h;
    if (!context.frame.past && !stored.head.deleted_at) favourite_button(out, context, services, kind, stored);
    if (!context.frame.past && !stored.head.deleted_at) {
        export_menu(out, context, services, kind, stored);
        acts_menu(out, context, services, kind, stored);
        if (can(context, web::Permission::WriteRecords) && !kind.is_closed(stored.head.status)) {
            out << "<a class=\"btn btn-primary\""_h;
            out.url("href"_h, address(context, kind, stored.head.id, "/edit"));
            out << ">"_h;
            web::icon(out, "pencil");
            out << " "_h << locale.text("act.edit") << "</a>"_h;
        }
    }
    out << "</div></div><nav"_h;
    out.attr("aria-label"_h, locale.text("record.tabs"));
    out << "><ul class=\"g-tabs\">"_h;
    auto const here = address(context, kind, stored.head.id);
    auto count = [&](auto number) { return context.frame.past ? std::optional<std::int64_t>{} : std::optional{static_cast<std::int64_t>(number)}; };   // of today, not of then
    write_tab(out, here, locale.text("record.tab_sheet"), {}, current == Tab::Sheet);
    write_tab(out, here + "/findings", locale.text("record.tab_findings"), count(counts.findings), current == Tab::Findings);
    write_tab(out, here + "/links", locale.text("record.tab_links"), count(counts.links), current == Tab::Links);
    if (kind.schema->find("attachments")) write_tab(out, here + "/attachments", locale.text("record.tab_attachments"), count(counts.attachments), current == Tab::Attachments);
    write_tab(out, here + "/comments", locale.text("record.tab_comments"), count(counts.comments), current == Tab::Comments);
    write_tab(out, here + "/history", locale.text("record.tab_history"), count(counts.versions), current == Tab::History);
    out << "</ul></nav>"_h;
}

std::int64_t sent_version(web::Pairs const& form, std::string_view name)
{
    auto const text = form.get(name);
    std::int64_t number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() && number > 0 ? number : 0;
}

web::Response done(std::string location, std::string_view act)
{
    location += location.find('?') == std::string::npos ? "?done=" : "&done=";
    return web::Response::redirect(location + std::string{act});
}

void write_act_errors(Html& out, Locale const& locale, std::vector<FieldError> const& errors)
{
    if (errors.empty()) return;
    out << "<div class=\"g-errors\" role=\"alert\" aria-labelledby=\"err-t\" tabindex=\"-1\"><h2 id=\"err-t\">"_h << locale.plural("form.errors_title", static_cast<std::int64_t>(errors.size())) << "</h2><ul>"_h;
    for (auto const& error : errors) {
        out << "<li><a"_h;
        out.attr("href"_h, "#" + error.field);
        out << ">"_h << locale.text("field." + error.field) << locale.text("punctuation.colon") << locale.text("error." + error.code, error.arguments) << "</a></li>"_h;
    }
    out << "</ul></div>"_h;
}

}  // namespace greffier::records::pages

namespace greffier::records {

law::Place legal_place(Machinery const& machinery, accounts::Context const& context)
{
    law::Place place;
    if (auto const* says = machinery.registers.of_place())
        if (auto const profile = Records(machinery, context.where().id, context.who().sight).only(*says); profile.ok()) place = says->place(profile.value().row);
    place.zone = context.where().zone;
    return place;
}

}  // namespace greffier::records
