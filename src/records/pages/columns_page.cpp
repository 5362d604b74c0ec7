// Which columns a list shows and in which order: chosen without script by ticking and by two buttons a row, then shown
// (in the address) or kept for oneself.
#include <algorithm>

#include "core/text.hpp"
#include "records/pages/list_view.hpp"
#include "web/frame.hpp"

namespace greffier::records::pages {

using namespace web::literals;
using web::Html;
using web::Response;

namespace {

/// Every column: those shown first, in their order, then the others as declared.
std::vector<std::string> in_order(Register const& kind, std::vector<std::string> const& first)
{
    auto names = first;
    for (auto const& name : known_columns(kind))
        if (std::ranges::find(names, name) == names.end()) names.push_back(name);
    return names;
}

/// "_up" and "_down" move a column by one place among those in the form.
void move(std::vector<std::string>& names, web::Pairs const& query)
{
    auto at = [&](char const* button) { return std::ranges::find(names, query.get(button)); };
    if (auto const up = at("_up"); up != names.end() && up != names.begin()) std::iter_swap(up, up - 1);
    else if (auto const down = at("_down"); down != names.end() && down + 1 != names.end()) std::iter_swap(down, down + 1);
}

void write_move(Html& out, std::string const& here, Locale const& locale, char const* button, std::string const& name, std::string const& words, bool enabled)
{
    bool const up = std::string_view{button} == "_up";
    out << "<button class=\"btn btn-quiet btn-sm\" type=\"submit\""_h;
    out.attr("name"_h, button).attr("value"_h, name).attr("aria-label"_h, locale.text(up ? "columns.up" : "columns.down", {{"column", words}})).flag("disabled"_h, !enabled);
    out.url("formaction"_h, here + "/columns#c-" + name);   // the eye and the focus stay at the column
    out << ">"_h;
    web::icon(out, up ? "arrow-up" : "arrow-down");
    out << "</button>"_h;
}

void write_rows(Html& out, ListView const& view, std::vector<std::string> const& names, std::vector<std::string> const& chosen)
{
    auto const& locale = view.locale();
    auto const here = address(view.context, view.kind);
    out << "<ol class=\"g-columns\">"_h;
    for (std::size_t i = 0; i < names.size(); ++i) {
        auto const words = column_words(view.kind, names[i], locale);
        auto const id = "c-" + names[i];
        out << "<li><span class=\"form-check\"><input class=\"form-check-input\" type=\"checkbox\" name=\"columns\""_h;
        out.attr("id"_h, id).attr("value"_h, names[i]).flag("checked"_h, std::ranges::find(chosen, names[i]) != chosen.end());
        out << "><label"_h;
        out.attr("for"_h, id);
        out << ">"_h << words << "</label><input type=\"hidden\" name=\"order\""_h;
        out.attr("value"_h, names[i]);
        out << "></span><span class=\"g-columns-move\">"_h;
        write_move(out, here, locale, "_up", names[i], words, i > 0);
        write_move(out, here, locale, "_down", names[i], words, i + 1 < names.size());
        out << "</span></li>"_h;
    }
    out << "</ol>"_h;
}

Result<Response> show_columns(PageServices const& services, Context& context, web::Request const& request)
{
    auto found = TRY(find_list(services, context, request));
    auto& view = found.view;
    if (view.kind.single) return Error::not_found();
    auto const& locale = context.locale;
    auto chosen = request.query.has("order") ? parse_columns(view.kind, request.query) : view.columns;
    auto names = in_order(view.kind, request.query.has("order") ? parse_columns(view.kind, join(request.query.all("order"), ",")) : chosen);
    move(names, request.query);
    auto const here = address(context, view.kind);
    begin(context, view.kind, locale.text("columns.title"));
    Html out;
    web::page_head(out, context.frame, locale.text("columns.title"), locale.text("columns.lead", {{"register", view.words()}}), Html{});
    out << "<form class=\"g-panel g-pad\" method=\"get\""_h;
    out.url("action"_h, here + "/columns");
    out << ">"_h;
    auto state = view.state;
    state.columns.clear();
    hidden_state(out, state_text(state));
    if (view.saved) hidden_state(out, "view=" + view.saved->id.text());
    // First in the form: what Enter presses.
    out << "<button class=\"btn btn-primary\" type=\"submit\""_h;
    out.url("formaction"_h, here);
    out << ">"_h << locale.text("columns.show") << "</button> <button class=\"btn btn-outline\" type=\"submit\""_h;
    out.url("formaction"_h, here + "/columns");
    csrf_button(out, context);
    out << ">"_h << locale.text("columns.keep") << "</button> <a class=\"btn btn-quiet\""_h;
    out.url("href"_h, view.link(list_address(view.query())));
    out << ">"_h << locale.text("act.cancel") << "</a>"_h;
    write_rows(out, view, names, chosen);
    out << "</form>"_h;
    return Response::html(web::page(context.frame, out));
}

/// Remembered for this person and register; nothing ticked: the usual ones again.
Result<Response> keep_columns(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    if (kind.single) return Error::not_found();
    auto const columns = parse_columns(kind, request.form);
    TRY(Views(services.machinery.database, context.where().id).choose_columns(kind.slug, context.who().id, columns_text(columns)));
    web::Pairs rest;
    for (auto const& [name, value] : request.form)
        if (name != "columns" && name != "order") rest.add(name, value);
    auto const state = TRY(parse_list_state(kind, rest, context.locale.zone(), context.now));
    auto text = state_text(state);
    if (auto const view = ViewId::parse(rest.get("view"))) text = "view=" + view->text() + "&q=" + (text.empty() ? "" : "&" + text);
    return done(address(context, kind) + (text.empty() ? "" : "?" + text), "columns_kept");
}

}  // namespace

std::vector<accounts::Route> columns_routes(PageServices const& services)
{
    using web::Method;
    using web::Permission;
    auto route = [&services](auto handler) { return [&services, handler](Context& context, web::Request const& request) { return handler(services, context, request); }; };
    return {
        {Method::Get, "/o/{organisation}/{register}/columns", Permission::ReadRecords, route(show_columns)},
        {Method::Post, "/o/{organisation}/{register}/columns", Permission::ReadRecords, route(keep_columns)},
    };
}

}  // namespace greffier::records::pages
