// Search, filters and columns of a list, and the filters in force as chips that can be taken away.
#include <algorithm>

#include "core/text.hpp"
#include "records/pages/list_view.hpp"
#include "schema/show.hpp"
#include "web/frame.hpp"

namespace greffier::records::pages {

using namespace web::literals;
using web::Html;

namespace {

void write_box(Html& out, std::string_view name, std::string_view value, std::string const& words, bool checked, std::string const& id)
{
    out << "<div class=\"form-check\"><input class=\"form-check-input\" type=\"checkbox\""_h;
    out.attr("id"_h, id).attr("name"_h, name).attr("value"_h, value).flag("checked"_h, checked);
    out << "><label"_h;
    out.attr("for"_h, id);
    out << ">"_h << words << "</label></div>"_h;
}

void begin_menu(Html& out, std::string const& words, bool at_end = false)
{
    out << "<details class=\"g-menu\"><summary class=\"btn btn-outline btn-sm\">"_h << words << " "_h;
    web::icon(out, "chevron-down");
    out << "</summary><fieldset"_h;
    out.attr("class"_h, at_end ? "g-menu-panel g-menu-panel--end" : "g-menu-panel");
    out << "><legend class=\"g-hidden\">"_h << words << "</legend>"_h;
}

void end_menu(Html& out, Locale const& locale)
{
    out << "<button class=\"btn btn-outline btn-sm mt-2\" type=\"submit\">"_h << locale.text("list.apply") << "</button></fieldset></details>"_h;
}

void write_status_menu(Html& out, ListView const& view)
{
    if (view.kind.statuses.size() < 2) return;
    begin_menu(out, view.locale().text("column.status"));
    for (auto status : view.kind.statuses)
        write_box(out, "status", status, view.locale().text("status." + std::string{status}), std::ranges::find(view.query().statuses, status) != view.query().statuses.end(), "f-status-" + std::string{status});
    end_menu(out, view.locale());
}

void write_findings_menu(Html& out, ListView const& view)
{
    auto const& locale = view.locale();
    begin_menu(out, locale.text("column.findings"));
    out << "<label class=\"form-label\" for=\"f-findings\">"_h << locale.text("list.at_least") << "</label><select class=\"form-select\" id=\"f-findings\" name=\"findings\"><option value=\"\">"_h
        << locale.text("list.any_finding") << "</option>"_h;
    for (auto severity : {Severity::Blocking, Severity::Major, Severity::Minor, Severity::Advice}) {
        out << "<option"_h;
        out.attr("value"_h, code_of(severity)).flag("selected"_h, view.query().at_least == severity);
        out << ">"_h << locale.text("severity." + std::string{code_of(severity)}) << "</option>"_h;
    }
    out << "</select>"_h;
    end_menu(out, locale);
}

void write_term_menus(Html& out, ListView const& view)
{
    for (auto const& field : view.kind.schema->fields) {
        if (!field.in_list || !field.list || (field.kind != schema::Kind::Terms && !field.custom)) continue;
        begin_menu(out, schema::short_label(*view.kind.schema, field, view.locale()));
        out << "<div class=\"g-choices\">"_h;
        for (auto const& entry : field.list->entries) {
            auto const facet = field.name + ":" + std::string{entry.code};
            write_box(out, "filter", facet, schema::code_label(*field.list, entry.code, view.locale()), std::ranges::find(view.query().facets, facet) != view.query().facets.end(), "f-" + field.name + "-" + std::string{entry.code});
        }
        out << "</div>"_h;
        end_menu(out, view.locale());
    }
}

void write_more_menu(Html& out, ListView const& view)
{
    auto const& locale = view.locale();
    begin_menu(out, locale.text("list.more_filters"));
    if (view.kind.has_deadline()) write_box(out, "overdue", "yes", locale.text("list.overdue"), view.query().review_overdue, "f-overdue");
    for (auto const& field : view.kind.schema->fields) {
        if (!field.facet) continue;
        auto const facet = field.name + ":yes";
        write_box(out, "filter", facet, schema::short_label(*view.kind.schema, field, locale), std::ranges::find(view.query().facets, facet) != view.query().facets.end(), "f-" + field.name);
    }
    write_box(out, "deleted", "yes", locale.text("list.deleted"), view.query().deleted, "f-deleted");
    out << "<label class=\"form-label mt-2\" for=\"f-at\">"_h << locale.text("list.at") << "</label><input class=\"form-control\" type=\"date\" id=\"f-at\" name=\"at\""_h;
    if (view.query().at) out.attr("value"_h, to_text(local_date(*view.query().at, locale.zone())));
    out << ">"_h;
    end_menu(out, locale);
}

/// The columns shown and those a list shows by itself; all the others, and their order, have a page of their own.
void write_columns_menu(Html& out, ListView const& view)
{
    auto const& locale = view.locale();
    auto offered = view.columns;
    for (auto const& name : known_columns(view.kind)) {
        auto const* field = view.kind.schema->find(name);
        bool const near = !lives_in_body(view.kind, name) || (field && field->in_list);
        if (near && std::ranges::find(offered, name) == offered.end()) offered.push_back(name);
    }
    out << "<div class=\"g-push\">"_h;
    begin_menu(out, locale.text("list.columns"), true);
    for (auto const& name : offered)
        write_box(out, "columns", name, column_words(view.kind, name, locale), std::ranges::find(view.columns, name) != view.columns.end(), "f-cols-" + name);
    out << "<label class=\"form-label mt-2\" for=\"f-per\">"_h << locale.text("list.per_page") << "</label><select class=\"form-select\" id=\"f-per\" name=\"per_page\">"_h;
    for (int size : {25, 50, 100, 200}) {
        out << "<option"_h;
        out.attr("value"_h, size).flag("selected"_h, view.query().per_page == size);
        out << ">"_h << size << "</option>"_h;
    }
    out << "</select><p class=\"mt-2 mb-0\"><a"_h;
    out.url("href"_h, address(view.context, view.kind) + "/columns?" + view.shown_state() + (view.saved ? "&view=" + view.saved->id.text() : ""));
    out << ">"_h << locale.text("list.all_columns") << "</a></p>"_h;
    end_menu(out, locale);
    out << "</div>"_h;
}

void write_form(Html& out, ListView const& view)
{
    auto const& locale = view.locale();
    auto const words = locale.text("list.filter_label", {{"register", view.words()}});
    out << "<form method=\"get\" role=\"search\""_h;
    out.url("action"_h, address(view.context, view.kind)).attr("aria-label"_h, words);
    out << "><div class=\"g-filterbar\"><div class=\"g-search\">"_h;
    web::icon(out, "search");
    out << "<label class=\"g-hidden\" for=\"lq\">"_h << words << "</label>"
           "<input class=\"form-control\" id=\"lq\" name=\"q\" type=\"search\" maxlength=\"200\""_h;
    out.attr("value"_h, view.query().text).attr("placeholder"_h, locale.text("list.placeholder"));
    out << "></div>"_h;
    write_status_menu(out, view);
    write_findings_menu(out, view);
    write_term_menus(out, view);
    write_more_menu(out, view);
    write_columns_menu(out, view);
    if (view.saved) hidden_state(out, "view=" + view.saved->id.text());
    if (view.query().sort != "title" || view.query().descending) hidden_state(out, "sort=" + std::string(view.query().descending ? "-" : "") + view.query().sort);
    out << "<button class=\"btn btn-outline btn-sm\" type=\"submit\">"_h << locale.text("list.filter") << "</button></div></form>"_h;
}

using Chips = std::vector<std::pair<std::string, std::string>>;   // words, address without it

Chips chips_of(ListView const& view)
{
    auto const& locale = view.locale();
    auto const& query = view.query();
    Chips chips;
    if (!query.text.empty()) chips.emplace_back(locale.text("list.chip_text", {{"text", query.text}}), list_address(query, "q"));
    for (auto const& status : query.statuses)
        chips.emplace_back(locale.text("column.status") + locale.text("punctuation.colon") + locale.text("status." + status), list_address(query, "status", status));
    for (auto const& facet : query.facets) chips.emplace_back(facet_words(view.kind, facet, locale), list_address(query, "filter", facet));
    if (query.at_least)
        chips.emplace_back(locale.text("column.findings") + locale.text("punctuation.colon") + locale.text("severity." + std::string{code_of(*query.at_least)}), list_address(query, "findings"));
    if (query.review_overdue) chips.emplace_back(locale.text("list.overdue"), list_address(query, "overdue"));
    if (query.deleted) chips.emplace_back(locale.text("list.deleted"), list_address(query, "deleted"));
    if (query.at) chips.emplace_back(locale.text("list.chip_at", {{"instant", locale.instant(*query.at)}}), list_address(query, "at"));
    return chips;
}

void write_chips(Html& out, ListView const& view)
{
    auto const& locale = view.locale();
    auto const chips = chips_of(view);
    if (chips.empty()) return;
    out << "<ul class=\"g-chips\""_h;
    out.attr("aria-label"_h, locale.text("list.filters_applied"));
    out << ">"_h;
    for (auto const& [words, query] : chips) {
        out << "<li class=\"g-chip\">"_h << words << " <a"_h;
        out.url("href"_h, view.link(query)).attr("aria-label"_h, locale.text("list.remove_filter", {{"filter", words}}));
        out << ">"_h;
        web::icon(out, "x");
        out << "</a></li>"_h;
    }
    out << "<li><a"_h;
    out.url("href"_h, view.link(""));
    out << ">"_h << locale.text("list.clear") << "</a></li></ul>"_h;
}

}  // namespace

std::string facet_words(Register const& kind, std::string_view facet, Locale const& locale)
{
    auto const colon = facet.find(':');
    auto const* field = kind.schema->find(facet.substr(0, colon));
    if (!field || colon == std::string_view::npos) return std::string{facet};
    if (field->facet) return schema::short_label(*kind.schema, *field, locale);
    return field->list ? schema::code_label(*field->list, facet.substr(colon + 1), locale) : std::string{facet};
}

void write_filters(Html& out, ListView const& view)
{
    write_form(out, view);
    write_chips(out, view);
}

}  // namespace greffier::records::pages
