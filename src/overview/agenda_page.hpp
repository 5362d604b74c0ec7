#pragma once
// GET /o/{organisation}/agenda and /agenda: what falls due, by day or as a month; the calendar feed; the settings of reminders.

#include "overview/pages.hpp"

namespace greffier::overview {

std::vector<accounts::Route> agenda_routes(OverviewServices const& services);
/// GET /calendar/{file}: "<token>.ics".
std::vector<accounts::Route> calendar_feed_routes(OverviewServices const& services);
std::vector<accounts::Route> reminder_settings_routes(OverviewServices const& services);
Result<web::Response> agenda_json(OverviewServices const& services, accounts::Context& context, web::Request const& request);

}  // namespace greffier::overview
