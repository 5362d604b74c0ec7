#pragma once
// Internal to the API: what the calls about organisations, people, reviews and the journal share.

#include <functional>
#include <string>
#include <vector>

#include "records/api_parts.hpp"

namespace greffier::records::api {

/// A POST under an Idempotency-Key: the same request gets the answer it got, another one under the same key is refused.
/// `act` opens its own transactions and may be asked twice after a crash: it must then find what it made.
Answer answer_once(ApiServices const& services, Context const& context, Request const& request, std::function<Answer()> const& act);

/// {"items", "total", "next"}: those behind `after=` (the id the page before ended with), at most per_page. `id` names item i.
Answer listed(Request const& request, std::size_t total, std::function<std::string(std::size_t)> const& id, std::function<void(JsonWriter&, std::size_t)> const& write);

void write_organisation(JsonWriter& out, accounts::OrganisationInfo const& organisation);
/// Of the token's person, as they are now: may they do what a page would let them? False for a token that is nobody's.
bool runs_installation(ApiServices const& services, Context const& context);
bool runs_branch(ApiServices const& services, Context const& context);

Answer create_organisation(ApiServices const&, Context&, Request const&);
Answer move_organisation(ApiServices const&, Context&, Request const&);
Answer close_organisation(ApiServices const&, Context&, Request const&);
Answer reopen_organisation(ApiServices const&, Context&, Request const&);

Answer list_people(ApiServices const&, Context&, Request const&);
Answer show_person(ApiServices const&, Context&, Request const&);
Answer add_person(ApiServices const&, Context&, Request const&);
Answer grant_role(ApiServices const&, Context&, Request const&);
Answer revoke_role(ApiServices const&, Context&, Request const&);

Answer list_reviews(ApiServices const&, Context&, Request const&);
Answer start_review(ApiServices const&, Context&, Request const&);
Answer show_review(ApiServices const&, Context&, Request const&);
Answer list_reviewed(ApiServices const&, Context&, Request const&);
Answer decide_review(ApiServices const&, Context&, Request const&);
Answer finish_review(ApiServices const&, Context&, Request const&);
Answer abandon_review(ApiServices const&, Context&, Request const&);

Answer list_journal(ApiServices const&, Context&, Request const&);

}  // namespace greffier::records::api
