#include "accounts/pages/pages.hpp"

namespace greffier::accounts {

namespace {

using Page = Answer (*)(AccountServices&, Context&, web::Request const&);

Route row(AccountServices& services, web::Method method, std::string path, web::Permission permission, Page page)
{
    return {method, std::move(path), permission, [&services, page](Context& context, web::Request const& request) { return page(services, context, request); }};
}

}  // namespace

std::vector<Route> account_routes(AccountServices& services)
{
    using enum web::Permission;
    using enum web::Method;
    auto const at = [&](web::Method method, char const* path, web::Permission permission, Page page) { return row(services, method, path, permission, page); };
    return {
        at(Get, "/sign-in", Public, show_sign_in),
        at(Post, "/sign-in", Public, sign_in),
        at(Post, "/sign-out", Public, sign_out),
        at(Get, "/sign-in/second-factor", Public, show_second_factor),
        at(Post, "/sign-in/second-factor", Public, give_second_factor),
        at(Get, "/sign-in/enrol", Public, show_enrolment),
        at(Post, "/sign-in/enrol", Public, enrol),
        at(Get, "/sign-in/passkey", Public, passkey_options),
        at(Post, "/sign-in/passkey", Public, sign_in_with_passkey),
        at(Get, "/sign-in/with/{provider}", Public, sign_in_with),
        at(Get, "/sign-in/with/{provider}/back", Public, come_back),
        at(Post, "/sign-in/with/{provider}/logout", Public, signed_out_there),
        at(Get, "/setup/{token}", Public, show_set_up),
        at(Post, "/setup/{token}", Public, set_up),
        at(Get, "/welcome/{token}", Public, show_welcome),
        at(Post, "/welcome/{token}", Public, welcome),
        at(Get, "/reset/{token}", Public, show_welcome),
        at(Post, "/reset/{token}", Public, welcome),
        at(Get, "/forgotten-password", Public, show_forgotten),
        at(Post, "/forgotten-password", Public, forgotten),
        at(Get, "/mail/stop/{token}", Public, show_refusal),
        at(Post, "/mail/stop/{token}", Public, refuse_mail),
        at(Post, "/preferences", Public, save_preferences),

        at(Get, "/installation/mail", AdministerInstallation, show_outbox),
        at(Post, "/installation/mail/{id}/retry", AdministerInstallation, retry_mail),
        at(Post, "/installation/mail/{id}/remove", AdministerInstallation, remove_mail),

        at(Get, "/organisations", SignedIn, list_organisations),
        at(Get, "/organisations/search", SignedIn, search_organisations),
        at(Get, "/organisations/new", AdministerInstallation, show_new_organisation),
        at(Post, "/organisations", AdministerInstallation, add_organisation),

        at(Get, "/account", SignedIn, show_account),
        at(Post, "/account", SignedIn, save_account),
        at(Post, "/account/password", SignedIn, change_password),
        at(Post, "/account/mail", SignedIn, save_mail_choices),
        at(Get, "/account/calendar", SignedIn, show_calendar),
        at(Post, "/account/calendar", SignedIn, make_calendar),
        at(Post, "/account/calendar/{feed}/revoke", SignedIn, revoke_calendar),
        at(Post, "/account/reminders", SignedIn, save_pace),
        at(Post, "/account/sessions/{session}/end", SignedIn, end_session),
        at(Post, "/account/authenticator/new", SignedIn, new_authenticator),
        at(Post, "/account/authenticator", SignedIn, confirm_authenticator),
        at(Post, "/account/authenticator/remove", SignedIn, remove_authenticator),
        at(Post, "/account/passkeys/new", SignedIn, new_passkey),
        at(Post, "/account/passkeys", SignedIn, add_passkey),
        at(Post, "/account/passkeys/{passkey}/rename", SignedIn, rename_passkey),
        at(Post, "/account/passkeys/{passkey}/remove", SignedIn, remove_passkey),
        at(Post, "/account/recovery-codes", SignedIn, renew_recovery_codes),
        at(Get, "/account/proof/{provider}", SignedIn, prove_with),
        at(Post, "/account/identities/{provider}/link", SignedIn, link_with),
        at(Post, "/account/identities/{identity}/unlink", SignedIn, unlink),

        at(Get, "/o/{organisation}/settings", AdministerOrganisation, show_settings),
        at(Post, "/o/{organisation}/settings", AdministerOrganisation, save_settings),
        at(Post, "/o/{organisation}/settings/place", AdministerInstallation, move_organisation),
        at(Get, "/o/{organisation}/modules", AdministerOrganisation, show_modules),
        at(Post, "/o/{organisation}/modules", AdministerOrganisation, save_modules),
        at(Post, "/o/{organisation}/close", AdministerOrganisation, close_organisation),
        at(Post, "/o/{organisation}/reopen", AdministerOrganisation, reopen_organisation),
        at(Get, "/o/{organisation}/people", AdministerOrganisation, list_people),
        at(Get, "/o/{organisation}/people/permissions", ReadRecords, show_permissions),
        at(Post, "/o/{organisation}/people", AdministerOrganisation, invite),
        at(Get, "/o/{organisation}/people/reviews", AdministerOrganisation, list_reviews),
        at(Post, "/o/{organisation}/people/reviews", AdministerOrganisation, start_review),
        at(Get, "/o/{organisation}/people/reviews/{review}", AdministerOrganisation, show_review),
        at(Post, "/o/{organisation}/people/reviews/{review}", AdministerOrganisation, answer_review),
        at(Post, "/o/{organisation}/people/reviews/{review}/abandon", AdministerOrganisation, abandon_review),
        at(Get, "/o/{organisation}/people/reviews/{review}/export", AdministerOrganisation, export_review),
        at(Get, "/o/{organisation}/people/movements", AdministerOrganisation, list_movements),
        at(Post, "/o/{organisation}/people/movements", AdministerOrganisation, open_movement),
        at(Get, "/o/{organisation}/people/movements/items", AdministerOrganisation, show_movement_items),
        at(Post, "/o/{organisation}/people/movements/items", AdministerOrganisation, save_movement_items),
        at(Get, "/o/{organisation}/people/movements/{movement}", AdministerOrganisation, show_movement),
        at(Post, "/o/{organisation}/people/movements/{movement}", AdministerOrganisation, change_movement),
        at(Get, "/o/{organisation}/people/movements/{movement}/export", AdministerOrganisation, export_movement),
        at(Get, "/o/{organisation}/people/{id}/departure", AdministerOrganisation, show_departure),
        at(Post, "/o/{organisation}/people/{id}/departure", AdministerOrganisation, carry_out_departure),
        at(Get, "/o/{organisation}/see-as", SignedIn, show_see_as),
        at(Post, "/o/{organisation}/see-as", AdministerOrganisation, ask_see_as),
        at(Post, "/o/{organisation}/see-as/{consent}/answer", SignedIn, answer_see_as),
        at(Post, "/o/{organisation}/see-as/{consent}/withdraw", SignedIn, withdraw_see_as),
        at(Post, "/o/{organisation}/see-as/{consent}/start", AdministerOrganisation, start_see_as),
        at(Post, "/see-as/end", SignedIn, end_see_as),
        at(Post, "/o/{organisation}/people/{id}/role", AdministerOrganisation, change_roles),
        at(Post, "/o/{organisation}/people/{id}/revoke", AdministerOrganisation, revoke_roles),
        at(Post, "/o/{organisation}/people/{id}/link", AdministerOrganisation, renew_link),
        at(Get, "/o/{organisation}/journal", ReadJournal, show_journal),
        at(Get, "/o/{organisation}/journal/export", ReadJournal, export_journal),
        at(Get, "/journal", AdministerInstallation, show_journal),
        at(Get, "/journal/export", AdministerInstallation, export_journal),
        at(Post, "/o/{organisation}/people/{id}/factors/reset", AdministerOrganisation, reset_factors),
        at(Get, "/o/{organisation}/tokens", AdministerOrganisation, list_tokens),
        at(Post, "/o/{organisation}/tokens", AdministerOrganisation, add_token),
        at(Post, "/o/{organisation}/tokens/{id}/revoke", AdministerOrganisation, revoke_token),
    };
}

std::string home_address(AccountServices& services, PersonId person, std::optional<OrganisationId> last)
{
    if (last) {
        auto organisation = services.organisations.find(*last);
        if (organisation && !organisation->archived && services.memberships.of(person, *last)) return "/o/" + organisation->slug;
    }
    auto few = services.organisations.of_person(person, "", 2);
    return few.size() == 1 ? "/o/" + few.front().slug : "/organisations";
}

}  // namespace greffier::accounts
