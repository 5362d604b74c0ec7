// The list of a register: its state in its address, or in the view the address names. The parts are written by
// list_views.cpp, list_filters.cpp and list_table.cpp.
#include <algorithm>
#include <iterator>

#include "core/text.hpp"
#include "records/pages/beside.hpp"
#include "records/pages/list_view.hpp"
#include "web/csrf.hpp"
#include "web/frame.hpp"

namespace greffier::records::pages {

using namespace web::literals;
using web::Html;
using web::Response;

std::string ListView::link(std::string query) const
{
    if (!state.columns.empty()) query += (query.empty() ? "columns=" : "&columns=") + columns_text(state.columns);
    // A view or a default view stands behind: an empty state must be said, or the view would come back.
    if (query.empty() && (saved || above.choice.default_view)) query = "q=";
    if (saved) query = "view=" + saved->id.text() + "&" + query;
    auto const here = address(context, kind);
    return query.empty() ? here : here + "?" + query;
}

std::string ListView::shown_state() const { return state_text({state.query, columns}); }

void hidden_state(Html& out, std::string_view state, std::string_view except)
{
    for (auto const& [name, value] : pairs_of(state)) {
        if (name == except) continue;
        out << "<input type=\"hidden\""_h;
        out.attr("name"_h, name).attr("value"_h, value);
        out << ">"_h;
    }
}

void csrf_button(Html& out, Context const& context) { out.attr("formmethod"_h, "post").attr("name"_h, web::csrf_field_name).attr("value"_h, context.frame.csrf); }

namespace {

std::vector<std::string> shown_columns(Register const& kind, ListState const& state, ListChoice const& choice)
{
    if (!state.columns.empty()) return state.columns;
    auto remembered = parse_columns(kind, std::string_view{choice.columns});
    return remembered.empty() ? usual_columns(kind) : remembered;
}

/// The view's state with the page asked for; an address that says a state of its own is kept as it is.
web::Pairs expanded(web::Pairs const& query, std::optional<SavedView> const& saved)
{
    if (!saved || says_a_state(query)) return query;
    auto pairs = pairs_of(saved->state);
    for (auto const* name : {"page", "after"})
        if (auto const value = query.find(name)) pairs.add(name, std::string{*value});
    return pairs;
}

void write_actions(Html& out, ListView const& view)
{
    auto const& locale = view.locale();
    auto const here = address(view.context, view.kind);
    auto link = [&](std::string const& href, std::string_view classes, std::string_view icon, std::string const& words) {
        out << "<a"_h;
        out.attr("class"_h, classes).url("href"_h, href);
        out << ">"_h;
        web::icon(out, icon);
        out << " "_h << words << "</a>"_h;
    };
    for (auto const& page : beside_pages())
        if (page.register_slug == view.kind.slug && can(view.context, page.permission)) link(here + page.address(local_date(view.context.now, view.context.where().zone)), "btn btn-outline", page.icon, locale.text(page.words));
    // Registers that somebody outside writes to (reception/intake.hpp).
    bool const takes_messages = view.kind.slug == "requests" || view.kind.slug == "breaches";
    if (takes_messages && can(view.context, web::Permission::WriteRecords)) link(view.context.address("/intake/" + std::string{view.kind.slug}), "btn btn-outline", "mail-opened", locale.text("intake.link"));
    if (can(view.context, web::Permission::ImportRecords)) link(here + "/import", "btn btn-outline", "upload", locale.text("act.import"));
    if (can(view.context, web::Permission::ExportRecords) && view.page.total > 0) {
        out << "<details class=\"g-menu\"><summary class=\"btn btn-outline\">"_h;
        web::icon(out, "download");
        out << " "_h << locale.plural("act.export_rows", view.page.total) << " "_h;
        web::icon(out, "chevron-down");
        out << "</summary><div class=\"g-menu-panel g-menu-panel--end\"><ul class=\"g-menu-list\">"_h;
        for (auto const& format : view.services.export_formats(view.kind)) {
            auto const state = list_address(view.query());
            auto const whole = here + "/export?format=" + format + (state.empty() ? "" : "&" + state);
            auto item = [&](std::string const& href, std::string const& words) {
                out << "<li><a"_h;
                out.url("href"_h, href);
                out << ">"_h << words << "</a></li>"_h;
            };
            auto const words = locale.text("format." + format);
            if (follows_columns(format)) item(whole + "&columns=" + columns_text(view.columns), locale.text("export.shown_columns", {{"format", words}}));
            item(whole, follows_columns(format) ? locale.text("export.whole_records", {{"format", words}}) : words);
        }
        out << "</ul></div></details>"_h;
    }
    if (can(view.context, web::Permission::WriteRecords) && !view.query().at)
        link(here + "/new", "btn btn-primary", "plus", locale.text("register." + std::string{view.kind.slug} + ".new"));
}

Result<Response> show_list(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const records = store(services, context);
    if (kind.single) return Response::redirect(address(context, kind, TRY(records.only(kind)).head.id));
    auto found = TRY(find_list(services, context, request));
    if (!found.redirect.empty()) return Response::redirect(found.redirect);
    auto& view = found.view;
    view.page = TRY(records.list(kind, view.state.query));

    begin(context, kind, view.saved ? view.saved->name + " – " + view.words() : view.words());
    context.frame.crumbs.clear();
    if (view.query().at) context.frame.past = context.locale.text("record.as_it_stood", {{"instant", context.locale.instant(*view.query().at)}});
    Html out, actions;
    write_actions(actions, view);
    web::page_head(out, context.frame, view.words(), context.locale.text("register." + std::string{kind.slug} + ".lead"), actions);
    write_views(out, view);
    write_filters(out, view);
    if (view.page.items.empty()) write_empty(out, view);
    else {
        write_table(out, view);
        write_pager(out, view);
    }
    return Response::html(web::page(context.frame, out));
}

/// What stands above the list counts by status: a list that filters by nothing else need not count again.
std::optional<std::int64_t> counted_above(ListQuery const& query, AboveList const& above)
{
    if (!is_blank(query.text) || !query.facets.empty() || query.at_least || query.review_overdue || query.deleted || query.at) return std::nullopt;
    std::int64_t total = 0;
    for (auto const& [status, count] : above.by_status)
        if (query.statuses.empty() || std::ranges::find(query.statuses, status) != query.statuses.end()) total += count;
    return total;
}

}  // namespace

Result<FoundList> find_list(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    Views const views(services.machinery.database, context.where().id, context.who().sight);
    auto above = views.above(kind, context.who().id);
    std::optional<SavedView> saved;
    if (auto const wanted = ViewId::parse(request.query.get("view"))) {
        auto const place = std::ranges::find(above.views, *wanted, &SavedView::id);
        if (place == above.views.end()) return Error::not_found("view_gone");
        saved = *place;
    }
    ListView view{context, services, kind, TRY(parse_list_state(kind, expanded(request.query, saved), context.locale.zone(), context.now)), {}, std::move(above), std::move(saved)};
    view.columns = shown_columns(kind, view.state, view.above.choice);
    if (shown_columns(kind, {view.state.query, {}}, view.above.choice) == view.columns) view.state.columns.clear();   // what is usual need not be said
    std::ranges::copy_if(view.columns, std::back_inserter(view.state.query.fields), [&](auto const& name) { return lives_in_body(kind, name); });
    view.state.query.with_rows = !view.state.query.fields.empty();
    view.state.query.known_total = counted_above(view.state.query, view.above);
    if (view.saved) {
        auto kept = parse_list_state(kind, pairs_of(view.saved->state), context.locale.zone(), context.now);
        if (kept.ok()) kept->columns = shown_columns(kind, *kept, view.above.choice);
        view.modified = !kept.ok() || state_text(*kept) != view.shown_state();
    }
    FoundList found{std::move(view)};
    bool const bare = !request.query.has("view") && !says_a_state(request.query) && !request.query.has("page");
    if (bare && found.view.above.choice.default_view) {
        auto const done = request.query.get("done");
        found.redirect = address(context, kind) + "?view=" + found.view.above.choice.default_view->text() + (done.empty() ? "" : "&done=" + web::encode_component(done));
    }
    return found;
}

Result<Selection> selection_of(Records const& records, Register const& kind, Context const& context, web::Pairs const& form)
{
    Selection selection;
    auto state = TRY(parse_list_state(kind, pairs_of(form.get("state")), context.locale.zone(), context.now));
    if (form.get("all") == "yes") {
        selection.all = std::move(state.query);
        return selection;
    }
    if (form.get("whole_page") == "yes") {   // ticked in the table's head without script
        auto const page = TRY(records.list(kind, state.query));
        for (auto const& item : page.items) selection.ids.push_back(item.head.id);
        return selection;
    }
    for (auto const& text : form.all("id")) {
        auto const id = RecordId::parse(text);
        if (!id) return Error::not_found();
        if (std::ranges::find(selection.ids, *id) == selection.ids.end()) selection.ids.push_back(*id);
        if (selection.ids.size() > 1000) return Error::too_large("bulk_too_many", {{"max", "1000"}});
    }
    return selection;
}

std::vector<accounts::Route> list_routes(PageServices const& services)
{
    return {{web::Method::Get, "/o/{organisation}/{register}", web::Permission::ReadRecords,
             [&services](Context& context, web::Request const& request) { return show_list(services, context, request); }}};
}

}  // namespace greffier::records::pages
