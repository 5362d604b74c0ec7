// What stands above a list: the ready-made views (by status, by what is wrong), the saved ones, and what to do with a
// saved view that was changed.
#include <algorithm>

#include "records/pages/list_view.hpp"
#include "web/frame.hpp"

namespace greffier::records::pages {

using namespace web::literals;
using web::Html;

namespace {

constexpr std::size_t most_tabs = 5;   // more saved views than that stand in the menu alone

void write_tab(Html& out, std::string const& href, std::string_view words, std::optional<std::int64_t> count, bool current, std::string_view icon = "")
{
    out << "<li><a"_h;
    out.url("href"_h, href);
    if (current) out.attr("aria-current"_h, "true");
    out << ">"_h;
    if (!icon.empty()) web::icon(out, icon);
    out << words;
    if (count) out << " <span class=\"g-num\">"_h << *count << "</span>"_h;
    out << "</a></li>"_h;
}

void write_ready_made(Html& out, ListView const& view)
{
    auto const& locale = view.locale();
    auto const& query = view.query();
    std::int64_t sum = 0;
    for (auto const& [status, count] : view.above.by_status) sum += count;
    auto plain = [&](std::string const& state) {   // a ready-made view leaves the saved one
        auto copy = state;
        if (!view.state.columns.empty() && !view.saved) copy += (copy.empty() ? "columns=" : "&columns=") + columns_text(view.state.columns);
        if (copy.empty() && view.above.choice.default_view) copy = "q=";
        auto const here = address(view.context, view.kind);
        return copy.empty() ? here : here + "?" + copy;
    };
    bool const free = !view.saved;
    if (query.at) {   // counts, findings and late reviews are of today: the past is offered by status alone
        auto const then = "at=" + web::encode_component(to_text(*query.at));
        write_tab(out, plain(then), locale.text("list.all"), {}, free && query.statuses.empty());
        for (auto const status : view.kind.statuses)
            write_tab(out, plain("status=" + std::string{status} + "&" + then), locale.text("status." + std::string{status}), {}, free && query.statuses == std::vector<std::string>{std::string{status}});
        return;
    }
    write_tab(out, plain(""), locale.text("list.all"), sum, free && query.statuses.empty() && !query.review_overdue && !query.deleted && !query.at_least);
    for (auto const& [status, count] : view.above.by_status)
        if (count > 0) write_tab(out, plain("status=" + status), locale.text("status." + status), count, free && query.statuses == std::vector<std::string>{status});
    write_tab(out, plain("findings=blocking"), locale.text("list.with_blocking"), {}, free && query.at_least == Severity::Blocking);
    if (view.kind.has_deadline()) write_tab(out, plain("overdue=yes"), locale.text("list.overdue"), {}, free && query.review_overdue);
    write_tab(out, plain("deleted=yes"), locale.text("list.deleted"), {}, free && query.deleted);
}

void write_menu(Html& out, ListView const& view)
{
    auto const& locale = view.locale();
    auto const here = address(view.context, view.kind);
    out << "<details class=\"g-menu\"><summary class=\"btn btn-outline btn-sm\">"_h;
    web::icon(out, "bookmark");
    out << " "_h << locale.text("view.menu") << " "_h;
    web::icon(out, "chevron-down");
    out << "</summary><div class=\"g-menu-panel g-menu-panel--end\"><ul class=\"g-menu-list\">"_h;
    auto item = [&](std::string const& href, std::string_view words, std::string_view icon) {
        out << "<li><a"_h;
        out.url("href"_h, href);
        out << ">"_h;
        web::icon(out, icon);
        out << " "_h << words << "</a></li>"_h;
    };
    for (auto const& saved : view.above.views) item(here + "?view=" + saved.id.text(), saved.name, saved.shared ? "users" : "user");
    item(here + "/views?new=yes&" + view.shown_state(), locale.text("view.save_as"), "plus");
    item(here + "/views", locale.text("view.manage"), "settings");
    out << "</ul></div></details>"_h;
}

/// "Vue « X » : modifiée — enregistrer / revenir".
void write_modified(Html& out, ListView const& view)
{
    auto const& locale = view.locale();
    auto const here = address(view.context, view.kind);
    bool const may = Views::may_change(*view.saved, view.context.who());
    out << "<form class=\"g-viewchange\" method=\"post\""_h;
    out.url("action"_h, here + "/views/" + view.saved->id.text());
    out << ">"_h;
    web::csrf_field(out, view.context.frame);
    for (auto const& [name, value] : {std::pair<std::string, std::string>{"name", view.saved->name}, {"state", view.shown_state()}, {"shared", view.saved->shared ? "yes" : ""},
                                      {"version", std::to_string(view.saved->version)}, {"open", "yes"}}) {
        out << "<input type=\"hidden\""_h;
        out.attr("name"_h, name).attr("value"_h, value);
        out << ">"_h;
    }
    out << "<span>"_h << locale.text("view.modified", {{"name", view.saved->name}}) << "</span>"_h;
    if (may) out << "<button class=\"btn btn-outline btn-sm\" type=\"submit\">"_h << locale.text(view.saved->shared ? "view.save_shared" : "view.save") << "</button>"_h;
    out << "<a"_h;
    out.url("href"_h, here + "/views?new=yes&" + view.shown_state());
    out << ">"_h << locale.text("view.save_as_new") << "</a><a"_h;
    out.url("href"_h, here + "?view=" + view.saved->id.text());
    out << ">"_h << locale.text("view.back") << "</a></form>"_h;
}

}  // namespace

void write_views(Html& out, ListView const& view)
{
    out << "<div class=\"g-viewbar\"><ul class=\"g-views\""_h;
    out.attr("aria-label"_h, view.locale().text("list.views"));
    out << ">"_h;
    write_ready_made(out, view);
    std::size_t shown = 0;
    for (auto const& saved : view.above.views) {
        bool const current = view.saved && view.saved->id == saved.id;
        if (!current && shown >= most_tabs) continue;
        ++shown;
        write_tab(out, address(view.context, view.kind) + "?view=" + saved.id.text(), saved.name, {}, current, "bookmark");
    }
    out << "</ul>"_h;
    write_menu(out, view);
    out << "</div>"_h;
    if (view.saved && view.modified) write_modified(out, view);
}

}  // namespace greffier::records::pages
