#include "records/pages/pages.hpp"

#include "records/pages/shared.hpp"

namespace greffier::records {

std::vector<accounts::Route> page_routes(PageServices const& services)
{
    std::vector<accounts::Route> all;
    for (auto routes : {pages::list_routes(services), pages::columns_routes(services), pages::views_routes(services), pages::bulk_routes(services), pages::form_routes(services), pages::model_routes(services), pages::draft_routes(services), pages::record_routes(services), pages::act_routes(services), pages::access_routes(services),
                        pages::history_routes(services), pages::comment_routes(services), pages::favourite_routes(services), pages::terms_routes(services), pages::fields_routes(services), pages::lookup_routes(services)})
        all.insert(all.end(), routes.begin(), routes.end());
    return all;
}

}  // namespace greffier::records
