#include "records/api.hpp"

#include "records/api_house.hpp"
#include "web/problem.hpp"

namespace greffier::records {

using accounts::Context;
using accounts::Route;
using web::Method;
using web::Permission;
using web::Request;

std::vector<Route> api_routes(ApiServices const& services)
{
    std::vector<Route> routes;
    auto row = [&](Method method, std::string path, Permission permission, api::Act act) {
        routes.push_back({method, std::move(path), permission, [services, act = std::move(act)](Context& context, Request const& request) -> api::Answer {
            auto answer = act(services, context, request);
            if (!answer.ok()) return web::problem(answer.error(), context.locale, api::status_of(answer.error()));
            return answer;
        }});
    };
    std::string const root = "/api/v1/organisations", one = root + "/{organisation}", kind = one + "/{register}", record = kind + "/{id}";
    row(Method::Get, root, Permission::Token, api::list_organisations);
    row(Method::Get, one, Permission::ApiRead, api::show_organisation);
    row(Method::Post, root, Permission::ApiAdminister, api::create_organisation);   // below the token's own, by who runs the branch: the handler looks
    row(Method::Post, one + "/move", Permission::ApiAdminister, api::move_organisation);   // by who runs the installation
    row(Method::Post, one + "/close", Permission::ApiAdminister, api::close_organisation);
    row(Method::Post, one + "/reopen", Permission::ApiAdminister, api::reopen_organisation);
    row(Method::Get, one + "/people", Permission::ApiAdminister, api::list_people);
    row(Method::Post, one + "/people", Permission::ApiAdminister, api::add_person);
    row(Method::Get, one + "/people/{id}", Permission::ApiAdminister, api::show_person);
    row(Method::Put, one + "/people/{id}/roles/{role}", Permission::ApiAdminister, api::grant_role);
    row(Method::Delete, one + "/people/{id}/roles/{role}", Permission::ApiAdminister, api::revoke_role);
    row(Method::Get, one + "/access-reviews", Permission::ApiAdminister, api::list_reviews);
    row(Method::Post, one + "/access-reviews", Permission::ApiAdminister, api::start_review);
    row(Method::Get, one + "/access-reviews/{review}", Permission::ApiAdminister, api::show_review);
    row(Method::Delete, one + "/access-reviews/{review}", Permission::ApiAdminister, api::abandon_review);
    row(Method::Get, one + "/access-reviews/{review}/lines", Permission::ApiAdminister, api::list_reviewed);
    row(Method::Post, one + "/access-reviews/{review}/verdicts", Permission::ApiAdminister, api::decide_review);
    row(Method::Post, one + "/access-reviews/{review}/finish", Permission::ApiAdminister, api::finish_review);
    row(Method::Get, one + "/journal", Permission::ReadJournal, api::list_journal);
    row(Method::Get, one + "/fields", Permission::ApiRead, api::list_fields);
    row(Method::Post, one + "/fields/{register}", Permission::ApiShape, api::add_field);
    row(Method::Patch, one + "/fields/{register}/{code}", Permission::ApiShape, api::patch_field);
    row(Method::Get, one + "/terms", Permission::ApiRead, api::list_terms);
    row(Method::Post, one + "/terms/{list}", Permission::ApiShape, api::add_term);
    row(Method::Patch, one + "/terms/{list}/{code}", Permission::ApiShape, api::patch_term);
    row(Method::Get, kind, Permission::ApiRead, api::list_records);
    row(Method::Post, kind, Permission::ApiWrite, api::create_record);
    row(Method::Get, kind + "/views", Permission::ApiRead, api::list_views);
    row(Method::Post, kind + "/views", Permission::ApiRead, api::create_view);   // one's own; the store looks at who may share
    row(Method::Get, kind + "/views/{view}", Permission::ApiRead, api::show_view);
    row(Method::Put, kind + "/views/{view}", Permission::ApiRead, api::replace_view);
    row(Method::Delete, kind + "/views/{view}", Permission::ApiRead, api::delete_view);
    row(Method::Get, kind + "/list-choice", Permission::ApiRead, api::show_list_choice);
    row(Method::Put, kind + "/list-choice", Permission::ApiRead, api::put_list_choice);
    row(Method::Get, kind + "/models", Permission::ApiRead, api::list_models);
    row(Method::Get, kind + "/models/{model}", Permission::ApiRead, api::show_model);
    row(Method::Post, kind + "/lookup", Permission::ApiRead, api::find_sealed);   // what is looked for stands in no address
    row(Method::Post, kind + "/bulk", Permission::ApiWrite, api::start_bulk);
    row(Method::Get, one + "/bulk-acts", Permission::ApiRead, api::list_acts);
    row(Method::Get, one + "/bulk-acts/{act}", Permission::ApiRead, api::show_act);
    row(Method::Get, one + "/bulk-acts/{act}/steps", Permission::ApiRead, api::list_steps);
    row(Method::Post, one + "/bulk-acts/{act}/undo", Permission::ApiWrite, api::undo_act);
    row(Method::Get, record, Permission::ApiRead, api::show_record);
    row(Method::Put, record, Permission::ApiWrite, api::replace_record);
    row(Method::Patch, record, Permission::ApiWrite, api::patch_record);
    row(Method::Delete, record, Permission::ApiWrite, api::delete_record);
    row(Method::Post, record + "/status", Permission::ApiWrite, api::change_status);   // a decision asks for more: the store looks at the step
    row(Method::Post, record + "/review", Permission::ApiWrite, api::review_record);
    row(Method::Post, record + "/restore", Permission::ApiWrite, api::restore_record);
    row(Method::Get, record + "/access", Permission::ApiRestrict, api::show_access);
    row(Method::Put, record + "/access", Permission::ApiRestrict, api::put_access);
    row(Method::Post, record + "/destroy", Permission::ApiWrite, api::destroy_record);
    row(Method::Post, record + "/duplicate", Permission::ApiWrite, api::duplicate_record);
    row(Method::Get, one + "/drafts", Permission::ApiWrite, api::list_drafts);
    for (auto const& of : {kind, record}) {
        row(Method::Get, of + "/draft", Permission::ApiWrite, api::show_draft);
        row(Method::Put, of + "/draft", Permission::ApiWrite, api::put_draft);
        row(Method::Delete, of + "/draft", Permission::ApiWrite, api::delete_draft);
    }
    row(Method::Get, record + "/versions", Permission::ApiRead, api::list_versions);
    row(Method::Get, record + "/versions/{number}", Permission::ApiRead, api::show_version);
    row(Method::Get, record + "/findings", Permission::ApiRead, api::list_findings);
    row(Method::Get, record + "/links", Permission::ApiRead, api::list_links);
    row(Method::Get, record + "/attachments", Permission::ApiRead, api::list_attachments);
    row(Method::Post, record + "/attachments", Permission::ApiWrite, api::add_attachment);
    row(Method::Get, record + "/attachments/{attachment}", Permission::ApiRead, api::download_attachment);
    row(Method::Delete, record + "/attachments/{attachment}", Permission::ApiWrite, api::delete_attachment);
    row(Method::Get, record + "/comments", Permission::ApiRead, api::list_comments);
    row(Method::Post, record + "/comments", Permission::ApiWrite, api::add_comment);
    row(Method::Get, record + "/comments/{comment}", Permission::ApiRead, api::show_comment);
    row(Method::Patch, record + "/comments/{comment}", Permission::ApiWrite, api::edit_comment);
    row(Method::Delete, record + "/comments/{comment}", Permission::ApiWrite, api::delete_comment);
    row(Method::Post, record + "/comments/{comment}/resolve", Permission::ApiWrite, api::resolve_comment);
    row(Method::Post, record + "/comments/{comment}/reopen", Permission::ApiWrite, api::reopen_comment);
    row(Method::Put, record + "/favourite", Permission::ApiRead, api::keep_favourite);
    row(Method::Delete, record + "/favourite", Permission::ApiRead, api::drop_favourite);
    return routes;
}

accounts::Route description_route(Registers const& registers, std::vector<accounts::Route> described)
{
    accounts::Route route{Method::Get, "/api/v1/openapi.json", Permission::Public, {}};
    described.push_back(route);
    // The description says nothing of anyone's records: whoever writes a client may read it without a token.
    route.handler = [description = openapi(registers, described)](Context&, Request const&) -> api::Answer {
        auto answer = web::Response::json(description);
        answer.header("Cache-Control", "public, max-age=300");
        return answer;
    };
    return route;
}

}  // namespace greffier::records
