#pragma once
// Internal to reception/: one handler a page, and what several of them share.

#include "law/periods.hpp"
#include "reception/visit.hpp"

namespace greffier::reception {

Answer show_index(Visit& visit);
Answer show_request(Visit& visit);
Answer take_request(Visit& visit);
Answer show_incident(Visit& visit);
Answer take_incident(Visit& visit);
/// The form of the same address that tells of a project.
Answer show_project(Visit& visit);
Answer take_project(Visit& visit);
Answer show_register(Visit& visit);
Answer show_notices(Visit& visit);
Answer show_one_notice(Visit& visit);
Answer show_policies(Visit& visit);
Answer show_one_policy(Visit& visit);
Answer show_follow_up(Visit& visit);
Answer take_follow_up(Visit& visit);
Answer show_preferences(Visit& visit);
Answer ask_preferences(Visit& visit);
Answer show_own_preferences(Visit& visit);
Answer take_own_preferences(Visit& visit);
Answer give_own_receipt(Visit& visit);

Answer give_style(Visit& visit);
Answer give_logo(Visit& visit);

// Inside, for who runs the organisation.
Answer show_settings(ReceptionServices& services, Context& context, Request const& request);
Answer save_settings(ReceptionServices& services, Context& context, Request const& request);
Answer show_preview(ReceptionServices& services, Context& context, Request const& request);
// …and for who handles a request.
Answer show_address(ReceptionServices& services, Context& context, Request const& request);
Answer change_address(ReceptionServices& services, Context& context, Request const& request);
// …and for who keeps consents, or the program that collects them.
Answer show_receipt(ReceptionServices& services, Context& context, Request const& request);
Answer show_refresh(ReceptionServices& services, Context& context, Request const& request);
Answer take_refresh(ReceptionServices& services, Context& context, Request const& request);
Answer withdraw_by_api(ReceptionServices& services, Context& context, Request const& request);
Answer link_by_api(ReceptionServices& services, Context& context, Request const& request);
Answer show_delivery(ReceptionServices& services, Context& context, Request const& request);
Answer change_delivery(ReceptionServices& services, Context& context, Request const& request);
// …and for the program that does (delivering.hpp).
Answer api_deliveries(ReceptionServices& services, Context& context, Request const& request);
Answer api_give(ReceptionServices& services, Context& context, Request const& request);
Answer api_withdraw_delivery(ReceptionServices& services, Context& context, Request const& request);
// A message becomes a record (intake.hpp).
Answer show_intake(ReceptionServices& services, Context& context, Request const& request);
Answer take_message(ReceptionServices& services, Context& context, Request const& request);
Answer api_take_message(ReceptionServices& services, Context& context, Request const& request);
// Settings by the API.
Answer api_pages(ReceptionServices& services, Context& context, Request const& request);
Answer api_page(ReceptionServices& services, Context& context, Request const& request);
Answer api_put_page(ReceptionServices& services, Context& context, Request const& request);
// What is about to be purged (purge.hpp).
Answer show_purge(ReceptionServices& services, Context& context, Request const& request);
Answer show_hold(ReceptionServices& services, Context& context, Request const& request);
Answer change_hold(ReceptionServices& services, Context& context, Request const& request);

/// What is published, as a reader of the organisation sees it: what is restricted is not there.
records::Records as_any_reader(Visit const& visit);
/// Whose holidays and whose clock the organisation's periods are counted by.
law::Place place_of(Visit const& visit);
/// A form that was sent twice.
Response sent_already(Visit const& visit, std::string const& reference);

}  // namespace greffier::reception
