#include "overview/pages.hpp"

#include "overview/activity_report_page.hpp"
#include "overview/agenda_page.hpp"
#include "overview/dashboard.hpp"
#include "overview/api.hpp"
#include "overview/findings_page.hpp"
#include "overview/instruction_letter_page.hpp"
#include "overview/notice_page.hpp"
#include "overview/notifications_page.hpp"
#include "overview/request_letter_page.hpp"
#include "overview/retention_due_page.hpp"
#include "overview/search_page.hpp"
#include "overview/training_invitation_page.hpp"

namespace greffier::overview {

std::vector<accounts::Route> overview_routes(OverviewServices const& services)
{
    auto all = dashboard_routes(services);
    for (auto rows : {findings_routes(services), search_routes(services), notification_routes(services), favourite_routes(services), request_letter_routes(services), notice_routes(services), sheet_routes(services),
                      activity_report_routes(services), training_invitation_routes(services), instruction_letter_routes(services), retention_due_routes(services), agenda_routes(services), calendar_feed_routes(services),
                      reminder_settings_routes(services), api_routes(services)})
        all.insert(all.end(), rows.begin(), rows.end());
    return all;
}

}  // namespace greffier::overview
