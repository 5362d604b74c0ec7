// The saved views of a register: keep the list as it is shown under a name, rename, share, open with one, delete.
#include <algorithm>

#include "core/text.hpp"
#include "records/pages/list_view.hpp"
#include "schema/show.hpp"
#include "web/frame.hpp"

namespace greffier::records::pages {

using namespace web::literals;
using web::Html;
using web::Response;

namespace {

struct ViewForm {
    std::string name, state;
    bool shared = false, opens = false;
    std::vector<FieldError> errors = {};
    std::optional<SavedView> changed = {};   ///< the view these words are for; absent: a new one
    bool back_to_list = false;               ///< they were sent from the list
    bool met = false;                        ///< somebody changed it meanwhile: `changed` is how it stands now
};

struct ViewsPage {
    Context& context;
    Register const& kind;
    std::vector<SavedView> views;
    ListChoice choice;
    std::optional<ViewForm> form;          ///< of a new view, or of one whose words were refused
};

std::string here(ViewsPage const& page) { return address(page.context, page.kind) + "/views"; }

void write_tick(Html& out, std::string const& id, char const* name, std::string const& words, bool checked)
{
    out << "<div class=\"form-check\"><input class=\"form-check-input\" type=\"checkbox\" value=\"yes\""_h;
    out.attr("id"_h, id).attr("name"_h, name).flag("checked"_h, checked);
    out << "><label"_h;
    out.attr("for"_h, id);
    out << ">"_h << words << "</label></div>"_h;
}

void write_name(Html& out, Locale const& locale, std::string const& id, std::string const& value, std::vector<FieldError> const& errors)
{
    auto const error = std::ranges::find(errors, std::string_view{"name"}, &FieldError::field);
    bool const wrong = error != errors.end();
    out << "<div"_h;
    out.attr("class"_h, wrong ? "g-field g-field--err" : "g-field");
    out << "><label class=\"form-label\""_h;
    out.attr("for"_h, id);
    out << ">"_h << locale.text("view.name") << "</label>"_h;
    if (wrong) {
        out << "<p class=\"g-err\""_h;
        out.attr("id"_h, id + "-e");
        out << ">"_h;
        web::icon(out, "alert-circle");
        out << "<span>"_h << locale.text("error." + error->code, error->arguments) << "</span></p>"_h;
    }
    out << "<input class=\"form-control\" name=\"name\" autocomplete=\"off\" maxlength=\"80\""_h;
    out.attr("id"_h, id).attr("value"_h, value);
    if (wrong) out.attr("aria-invalid"_h, "true").attr("aria-describedby"_h, id + "-e");
    out << "></div>"_h;
}

/// What the view keeps, in words: filters, order, columns.
std::string state_words(ViewsPage const& page, std::string const& text)
{
    auto const& locale = page.context.locale;
    auto const state = parse_list_state(page.kind, pairs_of(text), locale.zone(), page.context.now);
    if (!state.ok()) return locale.text("view.unreadable");
    std::vector<std::string> parts;
    auto const& query = state->query;
    if (!query.text.empty()) parts.push_back(locale.text("list.chip_text", {{"text", query.text}}));
    for (auto const& status : query.statuses) parts.push_back(locale.text("status." + status));
    for (auto const& facet : query.facets) parts.push_back(facet_words(page.kind, facet, locale));
    if (query.at_least) parts.push_back(locale.text("severity." + std::string{code_of(*query.at_least)}));
    if (query.review_overdue) parts.push_back(locale.text("list.overdue"));
    if (query.deleted) parts.push_back(locale.text("list.deleted"));
    if (query.at) parts.push_back(locale.instant(*query.at));
    if (parts.empty()) parts.push_back(locale.text("list.all"));
    if (query.sort != "title" || query.descending) parts.push_back(locale.text("view.sorted", {{"column", column_words(page.kind, query.sort, locale)}}));
    if (!state->columns.empty()) parts.push_back(locale.plural("view.columns", static_cast<std::int64_t>(state->columns.size())));
    return join(parts, ", ");
}

/// How the view stands by now, for who was changing it too.
void write_met(Html& out, ViewsPage const& page)
{
    auto const& locale = page.context.locale;
    out << "<div class=\"g-alert g-alert--warn\" role=\"alert\">"_h;
    web::icon(out, "alert-triangle");
    out << "<div class=\"g-alert-text\"><p>"_h << locale.text("view.met", {{"name", page.form->changed->name}}) << "</p><p>"_h
        << locale.text("view.met_state", {{"state", state_words(page, page.form->changed->state)}}) << "</p></div></div>"_h;
}

void write_form(Html& out, ViewsPage const& page)
{
    if (!page.form) return;
    auto const& locale = page.context.locale;
    auto const& changed = page.form->changed;
    auto hidden = [&](char const* name, std::string const& value) {
        out << "<input type=\"hidden\""_h;
        out.attr("name"_h, name).attr("value"_h, value);
        out << ">"_h;
    };
    out << "<form class=\"g-panel g-pad g-viewform\" method=\"post\" novalidate aria-labelledby=\"new-view\""_h;
    out.url("action"_h, changed ? here(page) + "/" + changed->id.text() : here(page));
    out << "><h2 id=\"new-view\">"_h << (changed ? locale.text("view.change", {{"name", changed->name}}) : locale.text("view.new")) << "</h2><p class=\"g-muted\">"_h
        << state_words(page, page.form->state) << "</p>"_h;
    if (page.form->met) write_met(out, page);
    web::csrf_field(out, page.context.frame);
    hidden("state", page.form->state);
    if (changed) hidden("version", std::to_string(changed->version));
    if (page.form->back_to_list) hidden("open", "yes");
    write_name(out, locale, "view-name", page.form->name, page.form->errors);
    if (Views::may_share(page.context.who())) write_tick(out, "view-shared", "shared", locale.text("view.share", {{"organisation", page.context.where().name}}), page.form->shared);
    if (!changed) write_tick(out, "view-opens", "opens", locale.text("view.open_with"), page.form->opens);
    out << "<p class=\"g-confirm-foot\"><button class=\"btn btn-primary\" type=\"submit\">"_h << locale.text("act.save") << "</button><a class=\"btn btn-outline\""_h;
    auto const list = address(page.context, page.kind) + "?";
    auto const state = page.form->state.empty() ? std::string{"q="} : page.form->state;
    if (changed && !page.form->back_to_list) out.url("href"_h, here(page));
    else out.url("href"_h, changed ? list + "view=" + changed->id.text() + "&" + state : list + state);
    out << ">"_h << locale.text("act.cancel") << "</a></p></form>"_h;
}

void write_delete(Html& out, ViewsPage const& page, SavedView const& view)
{
    auto const& locale = page.context.locale;
    out << "<details class=\"g-menu\"><summary class=\"btn btn-quiet btn-sm\">"_h;
    web::icon(out, "trash");
    out << " "_h << locale.text("view.delete") << "<span class=\"g-hidden\"> "_h << view.name << "</span></summary><form class=\"g-menu-panel g-menu-panel--end\" method=\"post\""_h;
    out.url("action"_h, here(page) + "/" + view.id.text() + "/delete");
    out << ">"_h;
    web::csrf_field(out, page.context.frame);
    out << "<p>"_h << locale.text(view.shared ? "view.delete_shared" : "view.delete_own") << "</p><button class=\"btn btn-danger btn-sm\" type=\"submit\">"_h
        << locale.text("view.delete") << "</button></form></details>"_h;
}

void write_default(Html& out, ViewsPage const& page, SavedView const& view)
{
    auto const& locale = page.context.locale;
    bool const is = page.choice.default_view == view.id;
    out << "<form method=\"post\""_h;
    out.url("action"_h, here(page) + "/default");
    out << ">"_h;
    web::csrf_field(out, page.context.frame);
    out << "<input type=\"hidden\" name=\"view\""_h;
    out.attr("value"_h, is ? "" : view.id.text());
    out << "><button class=\"btn btn-outline btn-sm\" type=\"submit\">"_h << locale.text(is ? "view.not_default" : "view.make_default") << "<span class=\"g-hidden\"> "_h << view.name << "</span></button></form>"_h;
}

void write_rename(Html& out, ViewsPage const& page, SavedView const& view)
{
    auto const& locale = page.context.locale;
    auto const id = "v-" + view.id.text();
    out << "<details class=\"g-menu\"><summary class=\"btn btn-outline btn-sm\">"_h << locale.text("view.rename") << "<span class=\"g-hidden\"> "_h << view.name
        << "</span></summary><form class=\"g-menu-panel g-menu-panel--end\" method=\"post\""_h;
    out.url("action"_h, here(page) + "/" + view.id.text());
    out << ">"_h;
    web::csrf_field(out, page.context.frame);
    out << "<input type=\"hidden\" name=\"version\""_h;
    out.attr("value"_h, view.version);
    out << ">"_h;
    write_name(out, locale, id, view.name, {});
    if (Views::may_share(page.context.who())) write_tick(out, id + "-s", "shared", locale.text("view.share", {{"organisation", page.context.where().name}}), view.shared);
    out << "<button class=\"btn btn-primary btn-sm mt-2\" type=\"submit\">"_h << locale.text("act.save") << "</button></form></details>"_h;
}

void write_view(Html& out, ViewsPage const& page, SavedView const& view)
{
    auto const& locale = page.context.locale;
    out << "<li><div class=\"g-viewrow-text\"><a"_h;
    out.url("href"_h, address(page.context, page.kind) + "?view=" + view.id.text());
    out << ">"_h << view.name << "</a> "_h;
    out << "<span class=\"g-badge\">"_h;
    web::icon(out, view.shared ? "users" : "user");
    out << locale.text(view.shared ? "view.shared" : "view.private") << "</span>"_h;
    if (page.choice.default_view == view.id) out << " <span class=\"g-badge g-badge--ok\">"_h << locale.text("view.default") << "</span>"_h;
    out << "<p class=\"g-muted\">"_h << state_words(page, view.state) << "</p></div><div class=\"g-viewrow-acts\">"_h;
    write_default(out, page, view);
    if (Views::may_change(view, page.context.who())) {
        write_rename(out, page, view);
        write_delete(out, page, view);
    }
    out << "</div></li>"_h;
}

Response write_page(ViewsPage& page, int status = 200)
{
    auto const& locale = page.context.locale;
    begin(page.context, page.kind, locale.text("view.title"));
    page.context.frame.refused = status >= 400;
    Html out;
    web::page_head(out, page.context.frame, locale.text("view.title"), locale.text("view.lead"), Html{});
    write_form(out, page);
    if (page.views.empty()) out << "<p class=\"g-muted\">"_h << locale.text("view.none") << "</p>"_h;
    else {
        out << "<ul class=\"g-viewrows\">"_h;
        for (auto const& view : page.views) write_view(out, page, view);
        out << "</ul>"_h;
    }
    return Response::html(web::page(page.context.frame, out), status);
}

struct Place {
    Register const& kind;
    Views views;
};

Result<Place> place_of(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    if (kind.single) return Error::not_found();
    return Place{kind, Views(services.machinery.database, context.where().id, context.who().sight)};
}

Result<ViewId> view_of(web::Request const& request)
{
    auto const id = ViewId::parse(request.param("view"));
    if (!id) return Error::not_found();
    return *id;
}

ViewsPage page_of(Context& context, Place const& place)
{
    return {context, place.kind, place.views.all(place.kind.slug, context.who().id), place.views.choice(place.kind.slug, context.who().id), {}};
}

Result<Response> show_views(PageServices const& services, Context& context, web::Request const& request)
{
    auto const place = TRY(place_of(services, context, request));
    auto page = page_of(context, place);
    if (request.query.has("new"))
        page.form = ViewForm{{}, state_text(TRY(parse_list_state(place.kind, request.query, context.locale.zone(), context.now)))};
    return write_page(page);
}

Result<Response> create_view(PageServices const& services, Context& context, web::Request const& request)
{
    auto const place = TRY(place_of(services, context, request));
    ViewForm form{request.form.get("name"), canonical_state(place.kind, request.form.get("state"), context.locale.zone(), context.now),
                  request.form.get("shared") == "yes", request.form.get("opens") == "yes"};
    auto const made = place.views.create(place.kind.slug, context.who(), {form.name, form.state, form.shared}, context.now);
    if (!made.ok()) {
        if (made.error().kind != ErrorKind::Invalid) return made.error();
        form.errors = made.error().fields;
        auto page = page_of(context, place);
        page.form = std::move(form);
        return write_page(page, 422);
    }
    if (form.opens) TRY(place.views.choose_default(place.kind.slug, context.who().id, made->id));
    return done(address(context, place.kind) + "?view=" + made->id.text(), "view_saved");
}

/// Renamed and shared on this page; its state renewed from the list.
Result<Response> update_view(PageServices const& services, Context& context, web::Request const& request)
{
    auto const place = TRY(place_of(services, context, request));
    auto const id = TRY(view_of(request));
    auto const now = TRY(place.views.find(place.kind.slug, id, context.who().id));
    ViewWords words{request.form.get("name"), now.state, request.form.get("shared") == "yes"};
    if (request.form.has("state")) words.state = canonical_state(place.kind, request.form.get("state"), context.locale.zone(), context.now);
    auto const saved = place.views.update(place.kind.slug, id, context.who(), words, sent_version(request.form, "version"), context.now);
    if (!saved.ok()) {
        auto const& error = saved.error();
        bool const met = error.kind == ErrorKind::Conflict;
        if (error.kind != ErrorKind::Invalid && !met) return error;
        auto page = page_of(context, place);   // all that was typed comes back, with why
        page.form = ViewForm{words.name, words.state, words.shared, false, error.fields, met ? TRY(place.views.find(place.kind.slug, id, context.who().id)) : now,
                             request.form.get("open") == "yes", met};
        return write_page(page, met ? 409 : 422);
    }
    auto const back = request.form.get("open") == "yes" ? address(context, place.kind) + "?view=" + id.text() : address(context, place.kind) + "/views";
    return done(back, "view_saved");
}

Result<Response> delete_view(PageServices const& services, Context& context, web::Request const& request)
{
    auto const place = TRY(place_of(services, context, request));
    TRY(place.views.remove(place.kind.slug, TRY(view_of(request)), context.who()));
    return done(address(context, place.kind) + "/views", "view_deleted");
}

Result<Response> choose_default(PageServices const& services, Context& context, web::Request const& request)
{
    auto const place = TRY(place_of(services, context, request));
    auto const text = request.form.get("view");
    auto const id = ViewId::parse(text);
    if (!text.empty() && !id) return Error::not_found();
    TRY(place.views.choose_default(place.kind.slug, context.who().id, id));
    return done(address(context, place.kind) + "/views", "view_saved");
}

}  // namespace

std::vector<accounts::Route> views_routes(PageServices const& services)
{
    using web::Method;
    using web::Permission;
    auto route = [&services](auto handler) { return [&services, handler](Context& context, web::Request const& request) { return handler(services, context, request); }; };
    return {
        {Method::Get, "/o/{organisation}/{register}/views", Permission::ReadRecords, route(show_views)},
        {Method::Post, "/o/{organisation}/{register}/views", Permission::ReadRecords, route(create_view)},
        {Method::Post, "/o/{organisation}/{register}/views/default", Permission::ReadRecords, route(choose_default)},
        {Method::Post, "/o/{organisation}/{register}/views/{view}", Permission::ReadRecords, route(update_view)},
        {Method::Post, "/o/{organisation}/{register}/views/{view}/delete", Permission::ReadRecords, route(delete_view)},
    };
}

}  // namespace greffier::records::pages
