#include "overview/pages.hpp"

#include "overview/dashboard.hpp"
#include "overview/findings_page.hpp"

namespace greffier::overview {

std::vector<accounts::Route> overview_routes(OverviewServices const& services)
{
    auto all = dashboard_routes(services);
    for (auto& route : findings_routes(services)) all.push_back(std::move(route));
    return all;
}

}  // namespace greffier::overview
