// The star of a record: one press keeps it at hand, another lets it go; in a list, of all that is ticked.
#include "records/favourites.hpp"
#include "records/pages/shared.hpp"

namespace greffier::records::pages {

namespace {

web::Response come_back(std::string next, std::string_view act)
{
    // What the last act said is not said again beside this one.
    auto const mark = next.find('?');
    std::string kept = next.substr(0, mark), rest = mark == std::string::npos ? std::string{} : next.substr(mark + 1);
    char glue = '?';
    for (std::size_t from = 0; from < rest.size();) {
        auto const end = std::min(rest.find('&', from), rest.size());
        auto const part = rest.substr(from, end - from);
        if (!part.starts_with("done=") && !part.empty()) { kept += glue + part; glue = '&'; }
        from = end + 1;
    }
    return web::Response::redirect(kept + glue + "done=" + std::string{act});
}

Result<web::Response> mark(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    auto const id = TRY(id_of(request));
    if (!context.who().person) return Error::forbidden();
    Favourites const favourites{services.machinery.database, context.where().id, context.who().sight};
    bool const on = request.form.get("on", "yes") != "no";
    (void)TRY(on ? favourites.keep(*context.who().person, kind, id, context.now) : favourites.drop(*context.who().person, kind, id));
    return come_back(web::local_address(request.form.get("next"), address(context, kind, id)), on ? "favourite_kept" : "favourite_dropped");
}

constexpr std::size_t ticked_at_most = 200;

/// What was ticked in a list, and nothing of its other pages: two hundred stars would be none.
Result<web::Response> keep_ticked(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    if (!context.who().person) return Error::forbidden();
    std::vector<RecordId> ticked;
    for (auto const& text : request.form.all("id"))
        if (auto const id = RecordId::parse(text); id && ticked.size() < ticked_at_most) ticked.push_back(*id);
    Favourites const favourites{services.machinery.database, context.where().id, context.who().sight};
    auto const kept = TRY(favourites.keep_all(*context.who().person, kind, ticked, context.now));
    auto const state = request.form.get("state");
    auto const list = address(context, kind) + (state.empty() ? "" : "?" + state);
    return kept == 0 ? web::Response::redirect(web::local_address(list, address(context, kind))) : come_back(web::local_address(list, address(context, kind)), "favourites_kept");
}

}  // namespace

std::vector<accounts::Route> favourite_routes(PageServices const& services)
{
    return {{web::Method::Post, "/o/{organisation}/{register}/{id}/favourite", web::Permission::ReadRecords,
             [&services](Context& context, web::Request const& request) { return mark(services, context, request); }},
            {web::Method::Post, "/o/{organisation}/{register}/favourites", web::Permission::ReadRecords,
             [&services](Context& context, web::Request const& request) { return keep_ticked(services, context, request); }}};
}

}  // namespace greffier::records::pages
