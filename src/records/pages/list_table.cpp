// The table of a list in its form: rows to tick, the acts on what is ticked, sortable headings, pages, the empty state.
#include <algorithm>

#include "records/bulk.hpp"
#include "records/pages/controls.hpp"
#include "records/pages/list_view.hpp"
#include "records/record_models.hpp"
#include "web/frame.hpp"
#include "web/pager.hpp"

namespace greffier::records::pages {

using namespace web::literals;
using web::Html;

namespace {

bool may_tick(ListView const& view)
{
    bool const writes = can(view.context, web::Permission::WriteRecords) && !view.query().at;
    return writes || (can(view.context, web::Permission::ExportRecords) && !view.query().deleted);
}

void write_header_cell(Html& out, ListView const& view, std::string_view sort, std::string const& words)
{
    bool const sorted = view.query().sort == sort;
    out << "<th role=\"columnheader\" scope=\"col\""_h;
    if (sorted) out.attr("aria-sort"_h, view.query().descending ? "descending" : "ascending");
    out << ">"_h;
    auto next = view.query();
    next.sort = sort;
    next.descending = sorted ? !view.query().descending : (sort == "updated" || sort == "created" || sort == "findings");
    out << "<a"_h;
    out.url("href"_h, view.link(list_address(next)));
    out << ">"_h << words << " "_h;
    web::icon(out, sorted ? (view.query().descending ? "arrow-down" : "arrow-up") : "arrows-sort");
    out << "</a></th>"_h;
}

void write_instant(Html& out, Timestamp instant, Locale const& locale)
{
    out << "<time class=\"g-nowrap\""_h;
    out.attr("datetime"_h, to_text(instant));
    out << ">"_h << locale.date(local_date(instant, locale.zone())) << "</time>"_h;
}

void write_cell(Html& out, ListView const& view, Listed const& item, std::string const& column, std::string const& label)
{
    auto const& locale = view.locale();
    auto const& head = item.head;
    out << "<td role=\"cell\""_h;
    out.attr("data-label"_h, label);
    out << "><div>"_h;
    if (column == "status") {
        status_badge(out, head.status, locale);
        if (head.restricted) { out << " "_h; restricted_badge(out, locale); }
    }
    else if (column == "findings") {
        if (view.query().at) out << "<span class=\"g-muted\">–</span>"_h;
        else if (head.worst_finding) severity_badge(out, *head.worst_finding, locale);
        else out << "<span class=\"g-muted\">"_h << locale.text("list.no_finding") << "</span>"_h;
    }
    else if (column == "completeness") out << "<span class=\"g-num\">"_h << locale.percent(head.completeness) << "</span>"_h;
    else if (column == "review" && view.query().at) out << "<span class=\"g-muted\">–</span>"_h;   // the past keeps no deadline: "not set" would be false
    else if (column == "review") { if (head.review_at) due_date(out, *head.review_at, view.context.now, locale); else out << "<span class=\"g-muted\">"_h << locale.text("list.none") << "</span>"_h; }
    else if (column == "updated") write_instant(out, head.updated_at, locale);
    else if (column == "created") write_instant(out, head.created_at, locale);
    else if (std::ranges::find(item.destroyed, column) != item.destroyed.end()) out << "<span class=\"g-muted\">"_h << locale.text("record.destroyed") << "</span>"_h;
    else out << column_text(view.kind, column, head, item.row ? &*item.row : nullptr, locale);
    out << "</div></td>"_h;
}

void write_restore(Html& out, ListView const& view, Head const& head)
{
    if (!view.query().deleted || !can(view.context, web::Permission::WriteRecords)) return;
    out << "<br><button class=\"btn btn-outline btn-sm mt-1\" type=\"submit\""_h;
    out.url("formaction"_h, address(view.context, view.kind, head.id, "/restore"));
    csrf_button(out, view.context);
    out << ">"_h;
    web::icon(out, "restore");
    out << " "_h << view.locale().text("act.restore") << "<span class=\"g-hidden\"> "_h << head.title << "</span></button>"_h;
}

void write_row(Html& out, ListView const& view, Listed const& item, std::size_t number, std::vector<std::string> const& labels, bool ticks)
{
    auto const title_id = "r" + std::to_string(number);
    out << "<tr role=\"row\" class=\"g-rowlink\">"_h;
    if (ticks) {
        out << "<td role=\"cell\" class=\"g-check\"><input class=\"form-check-input\" type=\"checkbox\" name=\"id\""_h;
        out.attr("value"_h, item.head.id.text()).attr("aria-labelledby"_h, title_id);
        out << "></td>"_h;
    }
    out << "<th role=\"rowheader\" scope=\"row\"><a class=\"g-title\""_h;
    out.attr("id"_h, title_id).url("href"_h, address(view.context, view.kind, item.head.id) + (view.query().at ? "?at=" + web::encode_component(to_text(*view.query().at)) : ""));
    out << ">"_h << item.head.title << "</a><br><span class=\"g-ref\">"_h << item.head.reference << "</span>"_h;
    write_restore(out, view, item.head);
    out << "</th>"_h;
    for (std::size_t i = 0; i < view.columns.size(); ++i) write_cell(out, view, item, view.columns[i], labels[i]);
    out << "</tr>"_h;
}

// ---- the acts on what is ticked ---------------------------------------------------------------------------

void write_act_button(Html& out, ListView const& view, std::string_view act, std::string_view icon)
{
    out << "<button class=\"btn btn-sm\" type=\"submit\""_h;
    out.url("formaction"_h, address(view.context, view.kind) + "/bulk/" + std::string{act});
    csrf_button(out, view.context);
    out << ">"_h;
    web::icon(out, icon);
    out << " "_h << view.locale().text("bulk.do." + std::string{act}) << "</button>"_h;
}

void write_export_buttons(Html& out, ListView const& view)
{
    auto const& locale = view.locale();
    out << "<details class=\"g-menu\"><summary class=\"btn btn-sm\">"_h;
    web::icon(out, "download");
    out << " "_h << locale.text("act.export") << " "_h;
    web::icon(out, "chevron-down");
    out << "</summary><div class=\"g-menu-panel\"><ul class=\"g-menu-list\">"_h;
    for (auto const& format : view.services.export_formats(view.kind)) {
        auto item = [&](std::string const& value, std::string const& words) {
            out << "<li><button type=\"submit\" formmethod=\"get\" name=\"format\""_h;
            out.attr("value"_h, value).url("formaction"_h, address(view.context, view.kind) + "/bulk/export");
            out << ">"_h << words << "</button></li>"_h;
        };
        auto const words = locale.text("format." + format);
        if (follows_columns(format)) item(format + " columns", locale.text("export.shown_columns", {{"format", words}}));
        item(format, follows_columns(format) ? locale.text("export.whole_records", {{"format", words}}) : words);
    }
    out << "</ul></div></details>"_h;
}

void write_all_of_it(Html& out, ListView const& view)
{
    auto const& locale = view.locale();
    if (view.page.total <= static_cast<std::int64_t>(view.page.items.size())) return;
    if (view.page.total_capped || view.page.total > bulk_cap) {
        out << "<span class=\"g-bulk-all\">"_h << locale.text("bulk.too_many_to_take_all", {{"max", locale.number(bulk_cap)}}) << "</span>"_h;
        return;
    }
    out << "<span class=\"g-bulk-all form-check\"><input class=\"form-check-input\" type=\"checkbox\" name=\"all\" value=\"yes\" id=\"bulk-all\"><label for=\"bulk-all\">"_h
        << locale.plural("bulk.all_of_it", view.page.total) << "</label></span>"_h;
}

void write_bulk(Html& out, ListView const& view)
{
    auto const& locale = view.locale();
    bool const writes = can(view.context, web::Permission::WriteRecords) && !view.query().at;
    out << "<div class=\"g-bulk\" role=\"group\""_h;
    out.attr("aria-label"_h, locale.text("bulk.label"));
    out << "><strong data-ticked>"_h << locale.text("bulk.ticked") << "</strong>"_h;
    if (writes && view.query().deleted) write_act_button(out, view, "restore", "restore");
    if (writes && !view.query().deleted) {
        write_act_button(out, view, "edit", "pencil");
        if (!view.kind.transitions.empty()) write_act_button(out, view, "status", "circle-check");
        if (!view.kind.reviewed_field.empty()) write_act_button(out, view, "review", "refresh");
    }
    if (can(view.context, web::Permission::ExportRecords) && !view.query().deleted) write_export_buttons(out, view);
    if (writes && !view.query().deleted) write_act_button(out, view, "delete", "trash");
    if (!view.query().deleted && view.context.who().person) {
        out << "<button class=\"btn btn-sm\" type=\"submit\""_h;
        out.url("formaction"_h, address(view.context, view.kind) + "/favourites");
        csrf_button(out, view.context);
        out << ">"_h;
        web::icon(out, "star");
        out << " "_h << locale.text("favourites.keep_ticked") << "</button>"_h;
    }
    out << "<button class=\"btn btn-sm\" type=\"reset\">"_h << locale.text("bulk.untick") << "</button>"_h;
    write_all_of_it(out, view);
    out << "</div>"_h;
}

void hidden_list(Html& out, ListView const& view)
{
    auto state = view.shown_state();
    state += "&page=" + std::to_string(view.query().page);
    out << "<input type=\"hidden\" name=\"state\""_h;
    out.attr("value"_h, state);
    out << ">"_h;
}

}  // namespace

void write_table(Html& out, ListView const& view)
{
    auto const& locale = view.locale();
    auto const words = view.words();
    bool const ticks = may_tick(view);
    std::vector<std::string> labels;
    for (auto const& column : view.columns) labels.push_back(column_words(view.kind, column, locale));
    if (ticks) {
        out << "<form class=\"g-listform\" method=\"get\""_h;
        out.url("action"_h, address(view.context, view.kind));
        out << ">"_h;
        hidden_list(out, view);
        write_bulk(out, view);
    }
    out << "<div class=\"g-tablewrap\" tabindex=\"0\" role=\"region\""_h;
    out.attr("aria-label"_h, words);
    out << "><table class=\"g-table g-table--cards g-table--list\" role=\"table\"><caption class=\"g-hidden\">"_h
        << locale.plural("list.caption", view.page.total, {{"register", words}}) << "</caption><thead role=\"rowgroup\"><tr role=\"row\">"_h;
    if (ticks) {
        out << "<td role=\"cell\" class=\"g-check\"><input class=\"form-check-input\" type=\"checkbox\" name=\"whole_page\" value=\"yes\""_h;
        out.attr("aria-label"_h, locale.text("bulk.whole_page"));
        out << "></td>"_h;
    }
    write_header_cell(out, view, "title", column_words(view.kind, "title", locale));
    for (std::size_t i = 0; i < view.columns.size(); ++i) {
        bool const known_then = !view.query().at || (view.columns[i] != "findings" && view.columns[i] != "review");
        if (known_then && is_sortable(view.columns[i])) write_header_cell(out, view, view.columns[i], labels[i]);
        else out << "<th role=\"columnheader\" scope=\"col\">"_h << labels[i] << "</th>"_h;
    }
    out << "</tr></thead><tbody role=\"rowgroup\">"_h;
    for (std::size_t i = 0; i < view.page.items.size(); ++i) write_row(out, view, view.page.items[i], i + 1, labels, ticks);
    out << "</tbody></table></div>"_h;
    if (ticks) out << "</form>"_h;
}

void write_pager(Html& out, ListView const& view)
{
    auto const& locale = view.locale();
    auto const& query = view.query();
    auto const pages = (view.page.total + query.per_page - 1) / query.per_page;
    out << "<div class=\"g-pager\"><span>"_h;
    auto const first = (static_cast<std::int64_t>(query.page) - 1) * query.per_page + 1;
    out << locale.text(view.page.total_capped ? "list.range_capped" : "list.range",
                       {{"first", locale.number(first)}, {"last", locale.number(first + static_cast<std::int64_t>(view.page.items.size()) - 1)}, {"total", locale.number(view.page.total)}});
    out << "</span>"_h;
    if (pages > 1) {
        auto const target = view.link(list_address(query));
        auto const base = target + (target.find('?') == std::string::npos ? "?" : "&") + "page=";
        web::page_links(out, locale, query.page, pages, [&](std::int64_t number) { return base + std::to_string(number); }, !view.page.next.empty());
    }
    out << "<a"_h;
    out.url("href"_h, view.context.address("/bulk-acts"));
    out << ">"_h << locale.text("list.bulk_acts") << "</a></div>"_h;
}

void write_empty(Html& out, ListView const& view)
{
    auto const& locale = view.locale();
    auto const slug = "register." + std::string{view.kind.slug};
    std::int64_t sum = 0;
    for (auto const& [status, count] : view.above.by_status) sum += count;
    bool const filtered = sum > 0 || !list_address(view.query()).empty();
    out << "<div class=\"g-empty\">"_h;
    web::icon(out, filtered ? "search" : view.kind.icon);
    if (filtered) {
        out << "<h2>"_h << locale.text(view.query().deleted ? "list.bin_empty" : "list.nothing") << "</h2><p>"_h << locale.text(view.query().deleted ? "list.bin_empty_lead" : "list.nothing_lead")
            << "</p><a class=\"btn btn-outline\""_h;
        out.url("href"_h, view.link(""));
        out << ">"_h << locale.text("list.clear") << "</a></div>"_h;
        return;
    }
    out << "<h2>"_h << locale.text("list.empty_title", {{"organisation", view.context.where().name}}) << "</h2><p>"_h << locale.text(slug + ".empty") << "</p>"_h;
    if (can(view.context, web::Permission::WriteRecords)) {
        out << "<a class=\"btn btn-primary\""_h;
        out.url("href"_h, address(view.context, view.kind) + "/new");
        out << ">"_h << locale.text(slug + ".new") << "</a> "_h;
    }
    if (!models_of(view.kind.slug, locale.language()).empty()) {
        out << "<a class=\"btn btn-outline\""_h;
        out.url("href"_h, address(view.context, view.kind) + "/models");
        out << ">"_h << locale.text("model.link") << "</a> "_h;
    }
    if (can(view.context, web::Permission::ImportRecords)) {
        out << "<a class=\"btn btn-outline\""_h;
        out.url("href"_h, address(view.context, view.kind) + "/import");
        out << ">"_h << locale.text("list.empty_import") << "</a>"_h;
    }
    out << "</div>"_h;
}

}  // namespace greffier::records::pages
