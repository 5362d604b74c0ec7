// The search of the link picker: at most twenty records of one register, for the script of a form.
#include "core/json_writer.hpp"
#include "records/pages/form_aids.hpp"
#include "records/pages/shared.hpp"

namespace greffier::records::pages {

namespace {

Result<web::Response> look_up(PageServices const& services, Context& context, web::Request const& request)
{
    auto const& kind = *TRY(register_of(services, context, request));
    bool more = false;
    auto const found = find_links(store(services, context), kind, request.query.get("q"), more);
    JsonWriter out;
    out.begin_object().key("items").begin_array();
    for (auto const& choice : found) out.begin_object().member("id", std::string_view{choice.id}).member("words", std::string_view{choice.words}).end_object();
    out.end_array().member("more", more).end_object();
    return web::Response::json(std::move(out).take());
}

}  // namespace

std::vector<accounts::Route> lookup_routes(PageServices const& services)
{
    return {{web::Method::Get, "/o/{organisation}/{register}/lookup", web::Permission::ReadRecords,
             [&services](Context& context, web::Request const& request) { return look_up(services, context, request); }}};
}

}  // namespace greffier::records::pages
