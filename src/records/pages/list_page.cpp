// The list of a register: views by status, search, filters as chips, chosen columns, sort, pages; its state in its address.
#include <algorithm>

#include "core/text.hpp"
#include "records/list_query.hpp"
#include "records/pages/controls.hpp"
#include "records/pages/shared.hpp"
#include "schema/show.hpp"
#include "web/frame.hpp"

namespace greffier::records::pages {

using namespace web::literals;
using web::Html;
using web::Response;

namespace {

struct ListView {
    Context& context;
    PageServices const& services;
    Register const& kind;
    ListQuery query;
    ListPage page;
    std::vector<std::pair<std::string, std::int64_t>> by_status;
    std::vector<std::string> columns;     ///< chosen, in their order
};

constexpr std::string_view head_columns[] = {"status", "findings", "completeness", "review", "updated"};

std::vector<std::string> all_columns(Register const& kind)
{
    std::vector<std::string> names;
    for (auto name : head_columns)
        if (name != "review" || !kind.review_field.empty()) names.emplace_back(name);
    for (auto const& field : kind.schema->fields)
        if (field.in_list && field.name != kind.title_field && field.name != kind.review_field) names.push_back(field.name);
    return names;
}

std::vector<std::string> chosen_columns(Register const& kind, web::Pairs const& query)
{
    auto const known = all_columns(kind);
    auto const wanted = query.all("cols");
    std::vector<std::string> chosen;
    for (auto const& name : known)
        if (std::ranges::find(wanted, name) != wanted.end()) chosen.push_back(name);
    if (!chosen.empty()) return chosen;
    std::vector<std::string> usual;
    for (auto const& name : known)
        if (name != "tags" && name != "start_date" && name != "last_review") usual.push_back(name);
    return usual;
}

bool is_usual(ListView const& view) { return view.columns == chosen_columns(view.kind, {}); }

std::string column_state(ListView const& view)
{
    std::string out;
    if (is_usual(view)) return out;
    for (auto const& name : view.columns) out += "&cols=" + name;
    return out;
}

std::string with_state(ListView const& view, std::string query)
{
    auto const columns = column_state(view);
    if (query.empty() && !columns.empty()) query = columns.substr(1);
    else query += columns;
    auto const here = address(view.context, view.kind);
    return query.empty() ? here : here + "?" + query;
}

std::string column_words(ListView const& view, std::string const& name)
{
    if (auto const* field = view.kind.schema->find(name)) return schema::short_label(*view.kind.schema, *field, view.context.locale);
    return view.context.locale.text("column." + name);
}

void write_actions(Html& out, ListView const& view)
{
    auto const& locale = view.context.locale;
    auto const here = address(view.context, view.kind);
    auto link = [&](std::string const& href, std::string_view classes, std::string_view icon, std::string const& words) {
        out << "<a"_h;
        out.attr("class"_h, classes).url("href"_h, href);
        out << ">"_h;
        web::icon(out, icon);
        out << " "_h << words << "</a>"_h;
    };
    if (can(view.context, web::Permission::ImportRecords)) link(here + "/import", "btn btn-outline", "upload", locale.text("act.import"));
    if (can(view.context, web::Permission::ExportRecords) && view.page.total > 0) {
        out << "<details class=\"g-menu\"><summary class=\"btn btn-outline\">"_h;
        web::icon(out, "download");
        out << " "_h << locale.plural("act.export_rows", view.page.total) << " "_h;
        web::icon(out, "chevron-down");
        out << "</summary><div class=\"g-menu-panel g-menu-panel--end\"><ul class=\"g-menu-list\">"_h;
        for (auto const& format : view.services.export_formats(view.kind)) {
            auto const state = list_address(view.query);
            out << "<li><a"_h;
            out.url("href"_h, here + "/export?format=" + format + (state.empty() ? "" : "&" + state));
            out << ">"_h << locale.text("format." + format) << "</a></li>"_h;
        }
        out << "</ul></div></details>"_h;
    }
    if (can(view.context, web::Permission::WriteRecords) && !view.query.at) link(here + "/new", "btn btn-primary", "plus", locale.text("register." + std::string{view.kind.slug} + ".new"));
}

void write_views(Html& out, ListView const& view)
{
    auto const& locale = view.context.locale;
    out << "<ul class=\"g-views\""_h;
    out.attr("aria-label"_h, locale.text("list.views"));
    out << ">"_h;
    std::int64_t sum = 0;
    for (auto const& [status, count] : view.by_status) sum += count;
    auto item = [&](std::string const& query, std::string const& words, std::optional<std::int64_t> count, bool current) {
        out << "<li><a"_h;
        out.url("href"_h, with_state(view, query));
        if (current) out.attr("aria-current"_h, "true");
        out << ">"_h << words;
        if (count) out << " <span class=\"g-num\">"_h << *count << "</span>"_h;
        out << "</a></li>"_h;
    };
    item("", locale.text("list.all"), sum, view.query.statuses.empty() && !view.query.review_overdue && !view.query.deleted && !view.query.at_least);
    for (auto const& [status, count] : view.by_status)
        if (count > 0) item("status=" + status, locale.text("status." + status), count, view.query.statuses == std::vector<std::string>{status});
    item("findings=blocking", locale.text("list.with_blocking"), {}, view.query.at_least == Severity::Blocking);
    if (!view.kind.review_field.empty()) item("overdue=yes", locale.text("list.overdue"), {}, view.query.review_overdue);
    item("deleted=yes", locale.text("list.deleted"), {}, view.query.deleted);
    out << "</ul>"_h;
}

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

void write_filters(Html& out, ListView const& view)
{
    auto const& locale = view.context.locale;
    auto const words = locale.text("register." + std::string{view.kind.slug});
    out << "<form method=\"get\" role=\"search\""_h;
    out.url("action"_h, address(view.context, view.kind)).attr("aria-label"_h, locale.text("list.filter_label", {{"register", words}}));
    out << "><div class=\"g-filterbar\"><div class=\"g-search\">"_h;
    web::icon(out, "search");
    out << "<label class=\"g-hidden\" for=\"lq\">"_h << locale.text("list.filter_label", {{"register", words}}) << "</label>"
           "<input class=\"form-control\" id=\"lq\" name=\"q\" type=\"search\" maxlength=\"200\""_h;
    out.attr("value"_h, view.query.text).attr("placeholder"_h, locale.text("list.placeholder"));
    out << "></div>"_h;
    if (view.kind.statuses.size() > 1) {
        begin_menu(out, locale.text("column.status"));
        for (auto status : view.kind.statuses)
            write_box(out, "status", status, locale.text("status." + std::string{status}), std::ranges::find(view.query.statuses, status) != view.query.statuses.end(), "f-status-" + std::string{status});
        end_menu(out, locale);
    }
    begin_menu(out, locale.text("column.findings"));
    out << "<label class=\"form-label\" for=\"f-findings\">"_h << locale.text("list.at_least") << "</label><select class=\"form-select\" id=\"f-findings\" name=\"findings\"><option value=\"\">"_h
        << locale.text("list.any_finding") << "</option>"_h;
    for (auto severity : {Severity::Blocking, Severity::Major, Severity::Minor, Severity::Advice}) {
        out << "<option"_h;
        out.attr("value"_h, code_of(severity)).flag("selected"_h, view.query.at_least == severity);
        out << ">"_h << locale.text("severity." + std::string{code_of(severity)}) << "</option>"_h;
    }
    out << "</select>"_h;
    end_menu(out, locale);
    for (auto const& field : view.kind.schema->fields) {
        if (!field.in_list || field.kind != schema::Kind::Terms) continue;
        begin_menu(out, schema::short_label(*view.kind.schema, field, locale));
        out << "<div class=\"g-choices\">"_h;
        for (auto const& entry : field.list->entries) {
            auto const facet = field.name + ":" + std::string{entry.code};
            write_box(out, "filter", facet, schema::code_label(*field.list, entry.code, locale), std::ranges::find(view.query.facets, facet) != view.query.facets.end(), "f-" + field.name + "-" + std::string{entry.code});
        }
        out << "</div>"_h;
        end_menu(out, locale);
    }
    begin_menu(out, locale.text("list.more_filters"));
    if (!view.kind.review_field.empty()) write_box(out, "overdue", "yes", locale.text("list.overdue"), view.query.review_overdue, "f-overdue");
    write_box(out, "deleted", "yes", locale.text("list.deleted"), view.query.deleted, "f-deleted");
    out << "<label class=\"form-label mt-2\" for=\"f-at\">"_h << locale.text("list.at") << "</label><input class=\"form-control\" type=\"date\" id=\"f-at\" name=\"at\""_h;
    if (view.query.at) out.attr("value"_h, to_text(local_date(*view.query.at, locale.zone())));
    out << ">"_h;
    end_menu(out, locale);
    out << "<div class=\"g-push\">"_h;
    begin_menu(out, locale.text("list.columns"), true);
    for (auto const& name : all_columns(view.kind))
        write_box(out, "cols", name, column_words(view, name), std::ranges::find(view.columns, name) != view.columns.end(), "f-cols-" + name);
    out << "<label class=\"form-label mt-2\" for=\"f-per\">"_h << locale.text("list.per_page") << "</label><select class=\"form-select\" id=\"f-per\" name=\"per_page\">"_h;
    for (int size : {25, 50, 100, 200}) {
        out << "<option"_h;
        out.attr("value"_h, size).flag("selected"_h, view.query.per_page == size);
        out << ">"_h << size << "</option>"_h;
    }
    out << "</select>"_h;
    end_menu(out, locale);
    out << "</div>"_h;
    if (view.query.sort != "title" || view.query.descending) {
        out << "<input type=\"hidden\" name=\"sort\""_h;
        out.attr("value"_h, (view.query.descending ? "-" : "") + view.query.sort);
        out << ">"_h;
    }
    out << "<button class=\"btn btn-outline btn-sm\" type=\"submit\">"_h << locale.text("list.filter") << "</button></div></form>"_h;
}

void write_chips(Html& out, ListView const& view)
{
    auto const& locale = view.context.locale;
    std::vector<std::pair<std::string, std::string>> chips;   // words, address without it
    if (!view.query.text.empty()) chips.emplace_back(locale.text("list.chip_text", {{"text", view.query.text}}), list_address(view.query, "q"));
    for (auto const& status : view.query.statuses)
        chips.emplace_back(locale.text("column.status") + locale.text("punctuation.colon") + locale.text("status." + status), list_address(view.query, "status", status));
    for (auto const& facet : view.query.facets) {
        auto const colon = facet.find(':');
        auto const* field = view.kind.schema->find(facet.substr(0, colon));
        auto const words = field && field->list && colon != std::string::npos ? schema::code_label(*field->list, facet.substr(colon + 1), locale) : facet;
        chips.emplace_back(words, list_address(view.query, "filter", facet));
    }
    if (view.query.at_least)
        chips.emplace_back(locale.text("column.findings") + locale.text("punctuation.colon") + locale.text("severity." + std::string{code_of(*view.query.at_least)}), list_address(view.query, "findings"));
    if (view.query.review_overdue) chips.emplace_back(locale.text("list.overdue"), list_address(view.query, "overdue"));
    if (view.query.deleted) chips.emplace_back(locale.text("list.deleted"), list_address(view.query, "deleted"));
    if (view.query.at) chips.emplace_back(locale.text("list.chip_at", {{"instant", locale.instant(*view.query.at)}}), list_address(view.query, "at"));
    if (chips.empty()) return;
    out << "<ul class=\"g-chips\""_h;
    out.attr("aria-label"_h, locale.text("list.filters_applied"));
    out << ">"_h;
    for (auto const& [words, query] : chips) {
        out << "<li class=\"g-chip\">"_h << words << " <a"_h;
        out.url("href"_h, with_state(view, query)).attr("aria-label"_h, locale.text("list.remove_filter", {{"filter", words}}));
        out << ">"_h;
        web::icon(out, "x");
        out << "</a></li>"_h;
    }
    out << "<li><a"_h;
    out.url("href"_h, with_state(view, ""));
    out << ">"_h << locale.text("list.clear") << "</a></li></ul>"_h;
}

void write_header_cell(Html& out, ListView const& view, std::string_view sort, std::string const& words)
{
    bool const sorted = view.query.sort == sort;
    out << "<th role=\"columnheader\" scope=\"col\""_h;
    if (sorted) out.attr("aria-sort"_h, view.query.descending ? "descending" : "ascending");
    out << ">"_h;
    auto next = view.query;
    next.sort = sort;
    next.descending = sorted ? !view.query.descending : (sort == "updated" || sort == "findings");
    out << "<a"_h;
    out.url("href"_h, with_state(view, list_address(next)));
    out << ">"_h << words << " "_h;
    web::icon(out, sorted ? (view.query.descending ? "arrow-down" : "arrow-up") : "arrows-sort");
    out << "</a></th>"_h;
}

void write_cell(Html& out, ListView const& view, Listed const& item, std::string const& column)
{
    auto const& locale = view.context.locale;
    auto const& head = item.head;
    out << "<td role=\"cell\""_h;
    out.attr("data-label"_h, column_words(view, column));
    out << "><div>"_h;
    if (column == "status") status_badge(out, head.status, locale);
    else if (column == "findings") {
        if (view.query.at) out << "<span class=\"g-muted\">–</span>"_h;
        else if (head.worst_finding) severity_badge(out, *head.worst_finding, locale);
        else out << "<span class=\"g-muted\">"_h << locale.text("list.no_finding") << "</span>"_h;
    }
    else if (column == "completeness") out << "<span class=\"g-num\">"_h << locale.percent(head.completeness) << "</span>"_h;
    else if (column == "review") { if (head.review_at) due_date(out, *head.review_at, view.context.now, locale); else out << "<span class=\"g-muted\">"_h << locale.text("list.none") << "</span>"_h; }
    else if (column == "updated") {
        out << "<time class=\"g-nowrap\""_h;
        out.attr("datetime"_h, to_text(head.updated_at));
        out << ">"_h << locale.date(local_date(head.updated_at, locale.zone())) << "</time>"_h;
    }
    else if (auto const* field = view.kind.schema->find(column); field && item.row) out << schema::show(*field, schema::get(*view.kind.schema, *item.row, column), locale);
    out << "</div></td>"_h;
}

void write_table(Html& out, ListView const& view)
{
    auto const& locale = view.context.locale;
    auto const words = locale.text("register." + std::string{view.kind.slug});
    out << "<div class=\"g-tablewrap\" tabindex=\"0\" role=\"region\""_h;
    out.attr("aria-label"_h, words);
    out << "><table class=\"g-table g-table--cards\" role=\"table\"><caption class=\"g-hidden\">"_h
        << locale.plural("list.caption", view.page.total, {{"register", words}}) << "</caption><thead role=\"rowgroup\"><tr role=\"row\">"_h;
    write_header_cell(out, view, "title", locale.text("register." + std::string{view.kind.slug} + ".one"));
    for (auto const& column : view.columns) {
        bool const sortable = std::ranges::find(head_columns, column) != std::end(head_columns);
        if (sortable) write_header_cell(out, view, column, column_words(view, column));
        else out << "<th role=\"columnheader\" scope=\"col\">"_h << column_words(view, column) << "</th>"_h;
    }
    out << "</tr></thead><tbody role=\"rowgroup\">"_h;
    for (auto const& item : view.page.items) {
        out << "<tr role=\"row\" class=\"g-rowlink\"><th role=\"rowheader\" scope=\"row\"><a class=\"g-title\""_h;
        out.url("href"_h, address(view.context, view.kind, item.head.id) + (view.query.at ? "?at=" + web::encode_component(to_text(*view.query.at)) : ""));
        out << ">"_h << item.head.title << "</a><br><span class=\"g-ref\">"_h << item.head.reference << "</span>"_h;
        if (view.query.deleted && can(view.context, web::Permission::WriteRecords)) {
            out << "<form class=\"mt-1\" method=\"post\""_h;
            out.url("action"_h, address(view.context, view.kind, item.head.id, "/restore"));
            out << ">"_h;
            web::csrf_field(out, view.context.frame);
            out << "<button class=\"btn btn-outline btn-sm\" type=\"submit\">"_h;
            web::icon(out, "restore");
            out << " "_h << locale.text("act.restore") << "<span class=\"g-hidden\"> "_h << item.head.title << "</span></button></form>"_h;
        }
        out << "</th>"_h;
        for (auto const& column : view.columns) write_cell(out, view, item, column);
        out << "</tr>"_h;
    }
    out << "</tbody></table></div>"_h;
}

void write_pager(Html& out, ListView const& view)
{
    auto const& locale = view.context.locale;
    auto const pages = (view.page.total + view.query.per_page - 1) / view.query.per_page;
    out << "<div class=\"g-pager\"><span>"_h;
    auto const first = (static_cast<std::int64_t>(view.query.page) - 1) * view.query.per_page + 1;
    out << locale.text(view.page.total_capped ? "list.range_capped" : "list.range",
                       {{"first", locale.number(first)}, {"last", locale.number(first + static_cast<std::int64_t>(view.page.items.size()) - 1)}, {"total", locale.number(view.page.total)}});
    out << "</span>"_h;
    if (pages > 1) {
        auto const state = list_address(view.query);
        auto link = [&](std::int64_t number, std::string const& words, std::string const& label, bool current, bool enabled) {
            out << "<li>"_h;
            if (!enabled) { out << "<span>"_h << words << "</span></li>"_h; return; }
            out << "<a"_h;
            out.url("href"_h, with_state(view, state + (state.empty() ? "" : "&") + "page=" + std::to_string(number)));
            if (current) out.attr("aria-current"_h, "page");
            if (!label.empty()) out.attr("aria-label"_h, label);
            out << ">"_h << words << "</a></li>"_h;
        };
        out << "<nav"_h;
        out.attr("aria-label"_h, locale.text("list.pages"));
        out << "><ul class=\"g-pages\">"_h;
        link(view.query.page - 1, locale.text("list.previous"), "", false, view.query.page > 1);
        for (auto number = std::max<std::int64_t>(1, view.query.page - 2); number <= std::min<std::int64_t>(pages, view.query.page + 2); ++number)
            link(number, locale.number(number), locale.text("list.page_number", {{"n", locale.number(number)}}), number == view.query.page, true);
        link(view.query.page + 1, locale.text("list.next"), "", false, !view.page.next.empty() || view.query.page < pages);
        out << "</ul></nav>"_h;
    }
    out << "</div>"_h;
}

void write_empty(Html& out, ListView const& view)
{
    auto const& locale = view.context.locale;
    auto const slug = "register." + std::string{view.kind.slug};
    std::int64_t sum = 0;
    for (auto const& [status, count] : view.by_status) sum += count;
    bool const filtered = sum > 0 || !list_address(view.query).empty();
    out << "<div class=\"g-empty\">"_h;
    web::icon(out, filtered ? "search" : view.kind.icon);
    if (filtered) {
        out << "<h2>"_h << locale.text(view.query.deleted ? "list.bin_empty" : "list.nothing") << "</h2><p>"_h << locale.text(view.query.deleted ? "list.bin_empty_lead" : "list.nothing_lead")
            << "</p><a class=\"btn btn-outline\""_h;
        out.url("href"_h, address(view.context, view.kind));
        out << ">"_h << locale.text("list.clear") << "</a></div>"_h;
        return;
    }
    out << "<h2>"_h << locale.text("list.empty_title", {{"organisation", view.context.where().name}}) << "</h2><p>"_h << locale.text(slug + ".empty") << "</p>"_h;
    if (can(view.context, web::Permission::WriteRecords)) {
        out << "<a class=\"btn btn-primary\""_h;
        out.url("href"_h, address(view.context, view.kind) + "/new");
        out << ">"_h << locale.text(slug + ".new") << "</a> "_h;
    }
    if (can(view.context, web::Permission::ImportRecords)) {
        out << "<a class=\"btn btn-outline\""_h;
        out.url("href"_h, address(view.context, view.kind) + "/import");
        out << ">"_h << locale.text("list.empty_import") << "</a>"_h;
    }
    out << "</div>"_h;
}

Result<Response> show_list(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const records = store(services, context);
    if (kind.single) return Response::redirect(address(context, kind, TRY(records.only(kind)).head.id));
    auto query = TRY(parse_list_query(request.query, context.locale.zone(), context.now));
    auto columns = chosen_columns(kind, request.query);
    query.with_rows = std::ranges::any_of(columns, [&](auto const& name) { return kind.schema->find(name) != nullptr; });
    ListView view{context, services, kind, query, TRY(records.list(kind, query)), records.count_by_status(kind), std::move(columns)};

    auto const words = context.locale.text("register." + std::string{kind.slug});
    begin(context, kind, words);
    context.frame.crumbs.clear();
    if (query.at) context.frame.past = context.locale.text("record.as_it_stood", {{"instant", context.locale.instant(*query.at)}});
    Html out, actions;
    write_actions(actions, view);
    web::page_head(out, context.frame, words, context.locale.text("register." + std::string{kind.slug} + ".lead"), actions);
    write_views(out, view);
    write_filters(out, view);
    write_chips(out, view);
    if (view.page.items.empty()) write_empty(out, view);
    else {
        write_table(out, view);
        write_pager(out, view);
    }
    return Response::html(web::page(context.frame, out));
}

}  // namespace

std::vector<accounts::Route> list_routes(PageServices const& services)
{
    return {{web::Method::Get, "/o/{organisation}/{register}", web::Permission::ReadRecords,
             [&services](Context& context, web::Request const& request) { return show_list(services, context, request); }}};
}

}  // namespace greffier::records::pages
