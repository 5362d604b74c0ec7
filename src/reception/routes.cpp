#include "reception/page_handlers.hpp"
#include "reception/pages.hpp"

namespace greffier::reception {

std::vector<accounts::Route> reception_routes(ReceptionServices& services)
{
    using enum web::Method;
    using enum web::Permission;
    auto const inside = [&services](Answer (*act)(ReceptionServices&, Context&, Request const&)) {
        return [&services, act](Context& context, Request const& request) { return act(services, context, request); };
    };
    return {
        {Get, "/p/{organisation}", Public, at_any_page(services, &show_index)},
        {Get, "/p/{organisation}/look.css", Public, at_any_page(services, &give_style)},
        {Get, "/p/{organisation}/logo/{picture}", Public, at_any_page(services, &give_logo)},
        {Get, "/p/{organisation}/request", Public, at_page(services, Page::Request, &show_request)},
        {Post, "/p/{organisation}/request", Public, at_page(services, Page::Request, &take_request)},
        {Get, "/p/{organisation}/incident", Public, at_page(services, Page::Incident, &show_incident)},
        {Post, "/p/{organisation}/incident", Public, at_page(services, Page::Incident, &take_incident)},
        {Get, "/p/{organisation}/register", Public, at_page(services, Page::Register, &show_register)},
        {Get, "/p/{organisation}/notices", Public, at_page(services, Page::Notices, &show_notices)},
        {Get, "/p/{organisation}/notices/{reference}", Public, at_page(services, Page::Notices, &show_one_notice)},
        {Get, "/p/{organisation}/policies", Public, at_page(services, Page::Policies, &show_policies)},
        {Get, "/p/{organisation}/policies/{reference}", Public, at_page(services, Page::Policies, &show_one_policy)},
        {Get, "/p/{organisation}/follow-up/{token}", Public, at_page(services, Page::FollowUp, &show_follow_up)},
        {Post, "/p/{organisation}/follow-up/{token}", Public, at_page(services, Page::FollowUp, &take_follow_up)},
        {Get, "/p/{organisation}/preferences", Public, at_page(services, Page::Preferences, &show_preferences)},
        {Post, "/p/{organisation}/preferences", Public, at_page(services, Page::Preferences, &ask_preferences)},
        {Get, "/p/{organisation}/preferences/{token}", Public, at_page(services, Page::Preferences, &show_own_preferences)},
        {Post, "/p/{organisation}/preferences/{token}", Public, at_page(services, Page::Preferences, &take_own_preferences)},
        {Get, "/p/{organisation}/preferences/{token}/receipt/{consent}", Public, at_page(services, Page::Preferences, &give_own_receipt)},
        {Get, "/o/{organisation}/settings/public", AdministerOrganisation, inside(&show_settings)},
        {Post, "/o/{organisation}/settings/public/{page}", AdministerOrganisation, inside(&save_settings)},
        {Get, "/o/{organisation}/settings/public/{page}/preview", AdministerOrganisation, inside(&show_preview)},
        {Get, "/o/{organisation}/requests/{id}/follow-up", WriteRecords, inside(&show_address)},
        {Post, "/o/{organisation}/requests/{id}/follow-up", WriteRecords, inside(&change_address)},
        {Get, "/o/{organisation}/consents/{id}/receipt", ReadRecords, inside(&show_receipt)},
        {Get, "/o/{organisation}/consent-points/{id}/refresh", WriteRecords, inside(&show_refresh)},
        {Post, "/o/{organisation}/consent-points/{id}/refresh", WriteRecords, inside(&take_refresh)},
        {Get, "/api/v1/organisations/{organisation}/consents/{id}/receipt", ApiRead, inside(&show_receipt)},
        {Post, "/api/v1/organisations/{organisation}/consents/withdraw", ApiWrite, inside(&withdraw_by_api), "withdraw a person's consents (API)"},
        {Post, "/api/v1/organisations/{organisation}/consents/link", ApiWrite, inside(&link_by_api), "address of a person's preferences (API)"},
        {Get, "/o/{organisation}/requests/{id}/delivery", WriteRecords, inside(&show_delivery)},
        {Post, "/o/{organisation}/requests/{id}/delivery", WriteRecords, inside(&change_delivery)},
        {Get, "/api/v1/organisations/{organisation}/requests/{id}/deliveries", WriteRecords, inside(&api_deliveries)},
        {Post, "/api/v1/organisations/{organisation}/requests/{id}/deliveries", WriteRecords, inside(&api_give)},
        {Post, "/api/v1/organisations/{organisation}/requests/{id}/deliveries/withdraw", WriteRecords, inside(&api_withdraw_delivery)},
        {Get, "/o/{organisation}/intake/{register}", WriteRecords, inside(&show_intake)},
        {Post, "/o/{organisation}/intake/{register}", WriteRecords, inside(&take_message)},
        {Post, "/api/v1/organisations/{organisation}/{register}/messages", WriteRecords, inside(&api_take_message)},
        {Get, "/api/v1/organisations/{organisation}/public-pages", AdministerOrganisation, inside(&api_pages)},
        {Get, "/api/v1/organisations/{organisation}/public-pages/{page}", AdministerOrganisation, inside(&api_page)},
        {Put, "/api/v1/organisations/{organisation}/public-pages/{page}", AdministerOrganisation, inside(&api_put_page)},
        {Get, "/o/{organisation}/purge", WriteRecords, inside(&show_purge)},
        {Get, "/o/{organisation}/purge/{register}/{id}", WriteRecords, inside(&show_hold)},
        {Post, "/o/{organisation}/purge/{register}/{id}", WriteRecords, inside(&change_hold)},
    };
}

}  // namespace greffier::reception
