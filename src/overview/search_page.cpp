// Search over registers and organisations: a page that works without script, and the rows of the Ctrl-K palette, which
// are the same findings in fewer lines.
#include "overview/search_page.hpp"

#include <algorithm>

#include "accounts/modules.hpp"
#include "core/text.hpp"
#include "overview/lines.hpp"
#include "overview/portfolio.hpp"
#include "web/frame.hpp"

namespace greffier::overview {

using namespace web::literals;
using accounts::Context;
using web::Html;
using web::Response;

namespace {

constexpr std::size_t longest_query = 200;

/// How much of each kind is shown.
struct Sizes { int here, elsewhere, organisations, at_hand; };
constexpr Sizes page_sizes{20, 50, 20, 10}, palette_sizes{6, 6, 5, 5};

struct Findings {
    Context const& context;
    std::string text;
    Found here, elsewhere;
    std::vector<Place> organisations;
    std::vector<PlacedRecord> favourites, recent;        ///< before anything is typed
    std::vector<web::NavItem> pages;

    [[nodiscard]] bool asked() const { return !words(text).empty(); }
    [[nodiscard]] std::size_t count() const { return here.items.size() + elsewhere.items.size() + organisations.size() + pages.size(); }
};

/// What one may do from here: the pages of the navigation, and a new record of each register.
std::vector<web::NavItem> pages_named(OverviewServices const& services, Context const& context, std::vector<std::string> const& wanted)
{
    std::vector<web::NavItem> all;
    if (context.organisation && accounts::may(context.who(), web::Permission::WriteRecords))
        for (auto const* kind : services.machinery.registers.all())
            if (!kind->single && !context.where().archived && accounts::keeps_register(context.where(), kind->slug)) all.push_back({context.locale.text("register." + std::string{kind->slug} + ".new"), context.address("/" + std::string{kind->slug} + "/new"), "plus"});
    for (auto const& section : context.frame.navigation)
        for (auto const& item : section.items) all.push_back(item);
    all.push_back({context.locale.text("nav.notifications"), "/notifications", "bell"});
    all.push_back({context.locale.text("nav.favourites"), "/favourites", "star"});
    all.push_back({context.locale.text("nav.organisations"), "/organisations", "building-community"});
    all.push_back({context.locale.text("nav.account"), "/account", "user-circle"});
    std::erase_if(all, [&](web::NavItem const& item) { return !holds_all(item.label, wanted); });
    return all;
}

Findings look(OverviewServices const& services, Context const& context, std::string text, Sizes const& sizes)
{
    Portfolio const portfolio{services.machinery.database, context.who()};
    Findings found{context, std::move(text), {}, {}, {}, {}, {}, {}};
    auto const here = context.organisation ? std::optional{context.where().id} : std::nullopt;
    found.pages = pages_named(services, context, words(found.text));
    if (!found.asked()) {
        if (services.recent) services.recent->flush(context.now);
        found.favourites = portfolio.favourites(sizes.at_hand, here);
        found.recent = portfolio.recent(sizes.at_hand, here);
        return found;
    }
    if (here) found.here = portfolio.search({found.text, SearchWish::Where::Here, here, sizes.here});
    found.elsewhere = portfolio.search({found.text, here ? SearchWish::Where::Elsewhere : SearchWish::Where::Everywhere, here, sizes.elsewhere});
    found.organisations = portfolio.organisations(found.text, sizes.organisations);
    return found;
}

// ---- the page ---------------------------------------------------------------------------------------------

void begin_group(Html& out, std::string_view id, std::string_view words)
{
    out << "<section class=\"g-panel mb-4\""_h;
    out.attr("aria-labelledby"_h, id);
    out << "><div class=\"g-panel-head\"><h2"_h;
    out.attr("id"_h, id);
    out << ">"_h << words << "</h2></div><ul class=\"g-results\">"_h;
}

void end_group(Html& out) { out << "</ul></section>"_h; }

void write_records(Html& out, Findings const& found, std::string_view id, std::string_view words, std::vector<PlacedRecord> const& records, bool with_place, bool more)
{
    if (records.empty()) return;
    begin_group(out, id, words);
    for (auto const& record : records) write_record_line(out, record, found.context.locale, with_place);
    if (more) out << "<li class=\"g-muted\">"_h << found.context.locale.text("search.more") << "</li>"_h;
    end_group(out);
}

void write_organisations(Html& out, Findings const& found)
{
    if (found.organisations.empty()) return;
    auto const& locale = found.context.locale;
    begin_group(out, "sr-organisations", locale.text("nav.organisations"));
    for (auto const& place : found.organisations) {
        out << "<li"_h;
        out.attr("class"_h, "g-org-" + std::to_string(place.colour));
        out << "><h3><span class=\"g-mark g-mark--s\" aria-hidden=\"true\">"_h << web::initials(place.name) << "</span> "_h;
        write_link(out, "/o/" + place.slug, place.name);
        out << "</h3><p>"_h << locale.text("organisation_kind." + place.kind) << "</p></li>"_h;
    }
    end_group(out);
}

void write_pages(Html& out, Findings const& found)
{
    if (found.pages.empty()) return;
    begin_group(out, "sr-pages", found.context.locale.text("search.pages"));
    for (auto const& item : found.pages) {
        out << "<li><h3>"_h;
        web::icon(out, item.icon);
        write_link(out, item.href, item.label);
        out << "</h3></li>"_h;
    }
    end_group(out);
}

void write_form(Html& out, Findings const& found)
{
    auto const& locale = found.context.locale;
    out << "<form class=\"g-filterbar\" role=\"search\""_h;
    out.url("action"_h, found.context.organisation ? found.context.address("/search") : "/search").attr("aria-label"_h, locale.text("search.label"));
    out << "><div class=\"g-search\">"_h;
    web::icon(out, "search");
    out << "<label class=\"g-hidden\" for=\"sq\">"_h << locale.text("search.label") << "</label><input class=\"form-control\" id=\"sq\" name=\"q\" type=\"search\" maxlength=\"200\""_h;
    out.attr("value"_h, found.text);
    out << "></div><button class=\"btn btn-outline\" type=\"submit\">"_h << locale.text("frame.search") << "</button></form>"_h;
}

void write_nothing(Html& out, Findings const& found)
{
    auto const& locale = found.context.locale;
    out << "<div class=\"g-empty\">"_h;
    web::icon(out, "search");
    out << "<h2>"_h << locale.text("search.nothing") << "</h2><p>"_h << locale.text(found.elsewhere.too_short ? "search.too_short" : "search.nothing_lead") << "</p></div>"_h;
}

Response page_of(Context& context, Findings const& found)
{
    auto const& locale = context.locale;
    context.frame.crumbs.clear();
    context.frame.title = found.asked() ? locale.text("search.title_of", {{"text", shorten(found.text, 60)}}) : locale.text("search.title");
    context.frame.search = found.text;
    Html out;
    web::page_head(out, context.frame, locale.text("search.title"), locale.text("search.lead"), {});
    write_form(out, found);
    if (found.asked()) {
        if (found.count() == 0) write_nothing(out, found);
        else out << "<p class=\"g-muted\" role=\"status\">"_h << locale.plural("search.count", static_cast<std::int64_t>(found.count())) << "</p>"_h;
    }
    if (context.organisation) write_records(out, found, "sr-here", context.where().name, found.here.items, false, found.here.more);
    write_records(out, found, "sr-elsewhere", locale.text(context.organisation ? "search.elsewhere" : "search.records"), found.elsewhere.items, true, found.elsewhere.more);
    write_organisations(out, found);
    write_records(out, found, "sr-favourites", locale.text("favourites.favourites"), found.favourites, !context.organisation, false);
    write_records(out, found, "sr-recent", locale.text("favourites.recent"), found.recent, !context.organisation, false);
    write_pages(out, found);
    return Response::html(web::page(context.frame, out));
}

// ---- the rows of the palette ------------------------------------------------------------------------------

/// Groups of options for a listbox; the script numbers the options.
struct Rows {
    Html& out;
    int groups = 0;

    void begin(std::string_view words)
    {
        auto const id = "g-palette-group-" + std::to_string(++groups);
        out << "<div role=\"group\""_h;
        out.attr("aria-labelledby"_h, id);
        out << "><div class=\"g-palette-title\" role=\"presentation\""_h;
        out.attr("id"_h, id);
        out << ">"_h << words << "</div>"_h;
    }
    void end() { out << "</div>"_h; }
    void option(std::string const& href, std::string_view icon, std::string_view words, std::string_view detail)
    {
        out << "<a role=\"option\" tabindex=\"-1\" aria-selected=\"false\""_h;
        out.url("href"_h, href);
        out << ">"_h;
        web::icon(out, icon);
        out << "<span class=\"g-palette-words\">"_h << words << "</span>"_h;
        if (!detail.empty()) out << "<small>"_h << detail << "</small>"_h;
        out << "</a>"_h;
    }
};

Response rows_of(OverviewServices const& services, Findings const& found)
{
    auto const& locale = found.context.locale;
    Html out;
    Rows rows{out};
    auto icon_of = [&](PlacedRecord const& record) {
        auto const* kind = services.machinery.registers.find(record.register_slug);
        return kind ? kind->icon : std::string_view{"file-text"};
    };
    auto records = [&](std::string_view words, std::vector<PlacedRecord> const& all, bool with_place) {
        if (all.empty()) return;
        rows.begin(words);
        for (auto const& one : all) rows.option(one.address(), icon_of(one), one.title, (with_place ? one.where.name + " · " : "") + one.reference);
        rows.end();
    };
    auto const& context = found.context;
    if (context.organisation) records(context.where().name, found.here.items, false);
    records(locale.text("favourites.favourites"), found.favourites, !context.organisation);
    records(locale.text("favourites.recent"), found.recent, !context.organisation);
    records(locale.text(context.organisation ? "search.elsewhere" : "search.records"), found.elsewhere.items, true);
    if (!found.organisations.empty()) {
        rows.begin(locale.text("nav.organisations"));
        for (auto const& place : found.organisations) rows.option("/o/" + place.slug, "building", place.name, locale.text("organisation_kind." + place.kind));
        rows.end();
    }
    if (!found.pages.empty()) {
        rows.begin(locale.text("search.pages"));
        for (auto const& item : found.pages) rows.option(item.href, item.icon, item.label, "");
        rows.end();
    }
    if (found.asked()) {
        auto const all = (context.organisation ? context.address("/search") : "/search") + "?q=" + web::encode_component(found.text);
        rows.begin(locale.text("search.title"));
        rows.option(all, "search", locale.text("search.all", {{"text", shorten(found.text, 60)}}), "");
        rows.end();
    }
    auto answer = Response::html(std::move(out).take());
    answer.header("Cache-Control", "no-store");
    return answer;
}

Result<Response> show_search(OverviewServices const& services, Context& context, web::Request const& request)
{
    auto text = shorten(std::string{trim(request.query.get("q"))}, longest_query);
    bool const fragment = request.header("x-fragment") == "true";
    auto const found = look(services, context, std::move(text), fragment ? palette_sizes : page_sizes);
    return fragment ? rows_of(services, found) : page_of(context, found);
}

}  // namespace

std::vector<accounts::Route> search_routes(OverviewServices const& services)
{
    auto const handler = [&services](Context& context, web::Request const& request) { return show_search(services, context, request); };
    return {{web::Method::Get, "/search", web::Permission::SignedIn, handler}, {web::Method::Get, "/o/{organisation}/search", web::Permission::ReadRecords, handler}};
}

}  // namespace greffier::overview
