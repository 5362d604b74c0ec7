#pragma once
// The handlers of accounts' pages, one file each; routes.cpp lists them.

#include "accounts/services.hpp"
#include "web/html.hpp"

namespace greffier::accounts {

using Answer = Result<web::Response>;
struct FormState;

Answer show_sign_in(AccountServices& services, Context& context, web::Request const& request);
/// The sign-in page again, with what was refused.
web::Response sign_in_form(AccountServices const& services, Context& context, web::Request const& request, FormState const& form, int status);
/// Ends the session this browser had; the organisation it was in, when it was the same person's.
std::optional<OrganisationId> end_former(AccountServices& services, Context const& context, web::Request const& request, PersonId person);
/// False where passwords of ours are for those who run the installation alone, and this person does not.
bool may_use_password(AccountServices& services, PersonId person);
Answer sign_in(AccountServices& services, Context& context, web::Request const& request);
Answer sign_out(AccountServices& services, Context& context, web::Request const& request);

// second_factor_page.cpp: the second step of a sign-in
Answer show_second_factor(AccountServices& services, Context& context, web::Request const& request);
Answer give_second_factor(AccountServices& services, Context& context, web::Request const& request);
Answer show_enrolment(AccountServices& services, Context& context, web::Request const& request);
Answer enrol(AccountServices& services, Context& context, web::Request const& request);
Answer passkey_options(AccountServices& services, Context& context, web::Request const& request);
Answer sign_in_with_passkey(AccountServices& services, Context& context, web::Request const& request);

// provider_page.cpp: signing in through a provider
Answer sign_in_with(AccountServices& services, Context& context, web::Request const& request);
Answer come_back(AccountServices& services, Context& context, web::Request const& request);
Answer prove_with(AccountServices& services, Context& context, web::Request const& request);
Answer link_with(AccountServices& services, Context& context, web::Request const& request);
Answer unlink(AccountServices& services, Context& context, web::Request const& request);
Answer signed_out_there(AccountServices& services, Context& context, web::Request const& request);

Answer show_set_up(AccountServices& services, Context& context, web::Request const& request);
Answer set_up(AccountServices& services, Context& context, web::Request const& request);
Answer show_forgotten(AccountServices& services, Context& context, web::Request const& request);
Answer forgotten(AccountServices& services, Context& context, web::Request const& request);

Answer show_refusal(AccountServices& services, Context& context, web::Request const& request);
Answer refuse_mail(AccountServices& services, Context& context, web::Request const& request);
/// The section of one's own page, when mail is sent at all.
void mail_choices(web::Html& out, AccountServices& services, Context const& context);
Answer save_mail_choices(AccountServices& services, Context& context, web::Request const& request);

Answer show_outbox(AccountServices& services, Context& context, web::Request const& request);
Answer retry_mail(AccountServices& services, Context& context, web::Request const& request);
Answer remove_mail(AccountServices& services, Context& context, web::Request const& request);

/// After a sign-in that succeeded: remembers the browser and the network, and writes to the person when both are new.
enum class Telling { Alert, Nothing };
void note_place(AccountServices& services, Context const& context, web::Request const& request, web::Response& response, Person const& person, Telling telling);

Answer show_welcome(AccountServices& services, Context& context, web::Request const& request);
Answer welcome(AccountServices& services, Context& context, web::Request const& request);

Answer list_organisations(AccountServices& services, Context& context, web::Request const& request);
Answer search_organisations(AccountServices& services, Context& context, web::Request const& request);
Answer show_new_organisation(AccountServices& services, Context& context, web::Request const& request);
Answer add_organisation(AccountServices& services, Context& context, web::Request const& request);

Answer show_settings(AccountServices& services, Context& context, web::Request const& request);
Answer save_settings(AccountServices& services, Context& context, web::Request const& request);
Answer move_organisation(AccountServices& services, Context& context, web::Request const& request);

// modules_page.cpp: what an organisation does without, and whether it is archived
Answer show_modules(AccountServices& services, Context& context, web::Request const& request);
Answer save_modules(AccountServices& services, Context& context, web::Request const& request);
Answer close_organisation(AccountServices& services, Context& context, web::Request const& request);
Answer reopen_organisation(AccountServices& services, Context& context, web::Request const& request);

Answer list_people(AccountServices& services, Context& context, web::Request const& request);
Answer invite(AccountServices& services, Context& context, web::Request const& request);
Answer change_roles(AccountServices& services, Context& context, web::Request const& request);
Answer revoke_roles(AccountServices& services, Context& context, web::Request const& request);
Answer show_permissions(AccountServices& services, Context& context, web::Request const& request);
Answer reset_factors(AccountServices& services, Context& context, web::Request const& request);
Answer renew_link(AccountServices& services, Context& context, web::Request const& request);

Answer show_account(AccountServices& services, Context& context, web::Request const& request);
Answer save_account(AccountServices& services, Context& context, web::Request const& request);
Answer change_password(AccountServices& services, Context& context, web::Request const& request);
Answer end_session(AccountServices& services, Context& context, web::Request const& request);
Answer save_preferences(AccountServices& services, Context& context, web::Request const& request);

// calendar_page.cpp
Answer show_calendar(AccountServices& services, Context& context, web::Request const& request);
Answer make_calendar(AccountServices& services, Context& context, web::Request const& request);
Answer revoke_calendar(AccountServices& services, Context& context, web::Request const& request);
Answer save_pace(AccountServices& services, Context& context, web::Request const& request);
/// The section of one's own page that leads there.
void calendar_section(web::Html& out, Context const& context);

// see_as_page.cpp
Answer show_see_as(AccountServices& services, Context& context, web::Request const& request);
Answer ask_see_as(AccountServices& services, Context& context, web::Request const& request);
Answer answer_see_as(AccountServices& services, Context& context, web::Request const& request);
Answer withdraw_see_as(AccountServices& services, Context& context, web::Request const& request);
Answer start_see_as(AccountServices& services, Context& context, web::Request const& request);
Answer end_see_as(AccountServices& services, Context& context, web::Request const& request);
/// The section of one's own page: who may see the product as oneself, when somebody may or asks to.
void see_as_section(web::Html& out, AccountServices& services, Context const& context);

// movements_page.cpp, departure_page.cpp
Answer list_movements(AccountServices& services, Context& context, web::Request const& request);
Answer open_movement(AccountServices& services, Context& context, web::Request const& request);
Answer show_movement(AccountServices& services, Context& context, web::Request const& request);
Answer change_movement(AccountServices& services, Context& context, web::Request const& request);
Answer export_movement(AccountServices& services, Context& context, web::Request const& request);
Answer show_movement_items(AccountServices& services, Context& context, web::Request const& request);
Answer save_movement_items(AccountServices& services, Context& context, web::Request const& request);
Answer show_departure(AccountServices& services, Context& context, web::Request const& request);
Answer carry_out_departure(AccountServices& services, Context& context, web::Request const& request);
/// The checklist of somebody who has come, or whose roles changed: opened unless one is open, or nothing is to be done.
void begin_movement(AccountServices& services, Context const& context, MovementKind kind, Person const& person);

Answer list_reviews(AccountServices& services, Context& context, web::Request const& request);
Answer start_review(AccountServices& services, Context& context, web::Request const& request);
Answer show_review(AccountServices& services, Context& context, web::Request const& request);
Answer answer_review(AccountServices& services, Context& context, web::Request const& request);
Answer abandon_review(AccountServices& services, Context& context, web::Request const& request);
Answer export_review(AccountServices& services, Context& context, web::Request const& request);

Answer show_journal(AccountServices& services, Context& context, web::Request const& request);
Answer export_journal(AccountServices& services, Context& context, web::Request const& request);
// factors_page.cpp: one's own second factors
Answer new_authenticator(AccountServices& services, Context& context, web::Request const& request);
Answer confirm_authenticator(AccountServices& services, Context& context, web::Request const& request);
Answer remove_authenticator(AccountServices& services, Context& context, web::Request const& request);
Answer new_passkey(AccountServices& services, Context& context, web::Request const& request);
Answer add_passkey(AccountServices& services, Context& context, web::Request const& request);
Answer rename_passkey(AccountServices& services, Context& context, web::Request const& request);
Answer remove_passkey(AccountServices& services, Context& context, web::Request const& request);
Answer renew_recovery_codes(AccountServices& services, Context& context, web::Request const& request);

Answer list_tokens(AccountServices& services, Context& context, web::Request const& request);
Answer add_token(AccountServices& services, Context& context, web::Request const& request);
Answer revoke_token(AccountServices& services, Context& context, web::Request const& request);

}  // namespace greffier::accounts
