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

constexpr char const* sent_mark = "order";   // tells a form that was sent with nothing ticked from a first look

/// "_up" and "_down" move a column by one place among those that are shown.
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

void write_box(Html& out, std::string const& name, std::string const& words, bool checked)
{
    auto const id = "c-" + name;
    out << "<input class=\"form-check-input\" type=\"checkbox\" name=\"columns\""_h;
    out.attr("id"_h, id).attr("value"_h, name).flag("checked"_h, checked);
    out << "><label"_h;
    out.attr("for"_h, id);
    out << ">"_h << words << "</label>"_h;
}

/// Those that are shown, in their order, which two buttons change.
void write_chosen(Html& out, ListView const& view, std::vector<std::string> const& chosen)
{
    auto const& locale = view.locale();
    auto const here = address(view.context, view.kind);
    out << "<h2 id=\"chosen\">"_h << locale.text("columns.chosen") << "</h2>"_h;
    if (chosen.empty()) {
        out << "<p class=\"g-muted\">"_h << locale.text("columns.none_chosen") << "</p>"_h;
        return;
    }
    out << "<ol class=\"g-columns\" aria-labelledby=\"chosen\">"_h;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        auto const words = column_words(view.kind, chosen[i], locale);
        out << "<li><span class=\"form-check\">"_h;
        write_box(out, chosen[i], words, true);
        out << "</span><span class=\"g-columns-move\">"_h;
        write_move(out, here, locale, "_up", chosen[i], words, i > 0);
        write_move(out, here, locale, "_down", chosen[i], words, i + 1 < chosen.size());
        out << "</span></li>"_h;
    }
    out << "</ol>"_h;
}

/// What a column is about: the section of its question, or the record as a whole.
std::string group_of(Register const& kind, std::string const& column)
{
    auto const* field = lives_in_body(kind, column) ? kind.schema->find(column) : nullptr;
    return field ? field->section : std::string{};
}

void write_group(Html& out, ListView const& view, std::string const& group, std::vector<std::string> const& chosen)
{
    auto const& locale = view.locale();
    std::vector<std::string> names;
    for (auto const& name : known_columns(view.kind))
        if (group_of(view.kind, name) == group && std::ranges::find(chosen, name) == chosen.end()) names.push_back(name);
    if (names.empty()) return;
    out << "<fieldset class=\"g-colgroup\"><legend>"_h << (group.empty() ? locale.text("columns.record") : locale.text(view.kind.schema->name + ".section." + group)) << "</legend><div>"_h;
    for (auto const& name : names) {
        out << "<div class=\"form-check\" data-filtered>"_h;
        write_box(out, name, column_words(view.kind, name, locale), false);
        out << "</div>"_h;
    }
    out << "</div></fieldset>"_h;
}

/// The others, by section; the box that looks among them comes with the script.
void write_others(Html& out, ListView const& view, std::vector<std::string> const& chosen)
{
    auto const& locale = view.locale();
    out << "<h2>"_h << locale.text("columns.others") << "</h2><div class=\"g-search g-colsearch\" hidden>"_h;
    web::icon(out, "search");
    out << "<label class=\"g-hidden\" for=\"column-filter\">"_h << locale.text("columns.filter")
        << "</label><input class=\"form-control\" id=\"column-filter\" type=\"search\" autocomplete=\"off\" data-filters=\"other-columns\""_h;
    out.attr("placeholder"_h, locale.text("columns.filter"));
    out << "></div><div id=\"other-columns\">"_h;
    write_group(out, view, "", chosen);
    for (auto const& section : view.kind.schema->sections) write_group(out, view, section, chosen);
    out << "<p class=\"g-muted\" data-filtered-none hidden>"_h << locale.text("columns.no_match") << "</p></div><button class=\"btn btn-outline btn-sm mt-3\" type=\"submit\""_h;
    out.url("formaction"_h, address(view.context, view.kind) + "/columns#chosen");
    out << ">"_h;
    web::icon(out, "arrow-up");
    out << " "_h << locale.text("columns.arrange") << "</button>"_h;
}

Result<Response> show_columns(PageServices const& services, Context& context, web::Request const& request)
{
    auto found = TRY(find_list(services, context, request));
    auto& view = found.view;
    if (view.kind.single) return Error::not_found();
    auto const& locale = context.locale;
    auto chosen = request.query.has(sent_mark) ? parse_columns(view.kind, request.query) : view.columns;
    move(chosen, request.query);
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
    hidden_state(out, std::string{sent_mark} + "=sent");
    write_chosen(out, view, chosen);
    write_others(out, view, chosen);
    out << "</form>"_h;
    return Response::html(web::page(context.frame, out));
}

/// Remembered for this person and register; nothing ticked: the usual ones again.
Result<Response> keep_columns(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    if (kind.single) return Error::not_found();
    auto const columns = parse_columns(kind, request.form);
    TRY(Views(services.machinery.database, context.where().id, context.who().sight).choose_columns(kind.slug, context.who().id, columns_text(columns)));
    web::Pairs rest;
    for (auto const& [name, value] : request.form)
        if (name != "columns" && name != sent_mark) rest.add(name, value);
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
