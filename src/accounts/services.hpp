#pragma once
// What the pages of accounts work with, and the list of their routes. The composition root owns the stores; they
// outlive the routes, whose handlers hold this value.

#include <functional>
#include <string>
#include <vector>

#include "accounts/context.hpp"
#include "accounts/correspondence.hpp"
#include "accounts/departure.hpp"
#include "accounts/journal.hpp"
#include "accounts/factors.hpp"
#include "accounts/memberships.hpp"
#include "accounts/one_time_links.hpp"
#include "accounts/organisation.hpp"
#include "accounts/people.hpp"
#include "accounts/see_as.hpp"
#include "accounts/sessions.hpp"
#include "accounts/sign_in_ways.hpp"
#include "accounts/standing.hpp"
#include "accounts/tokens.hpp"

namespace greffier::accounts {

/// The services of an organisation by their names, as its profile has them.
using ServicesOf = std::function<std::vector<std::string>(OrganisationId)>;

/// Tells a person that somebody took their second factor back, within the transaction that does it.
using TellOfReset = std::function<void(storage::Session&, PersonId, OrganisationId, Uuid actor, Timestamp)>;

struct AccountServices {
    storage::Database& database;
    Organisations& organisations;
    People& people;
    Memberships& memberships;
    Sessions& sessions;
    SignInThrottle& throttle;
    OneTimeLinks& links;
    Tokens& tokens;
    Journal& journal;
    Factors& factors;
    SeeAs& see_as;
    std::string public_url = {};   ///< "https://rgpd.example", no final slash; empty: as the browser says (Host was checked)
    StandingsOf standings = {};    ///< wired by the part that reads records; without it the list shows names alone
    Correspondence* post = nullptr;   ///< what writes to people; absent in tests that have none
    TellOfReset tell_of_reset = {};   ///< wired by the part that notifies people
    BelongingsOf belongings = {};     ///< wired by the part that keeps registers
    ServicesOf services_of = {};      ///< wired by the part that reads records; without it nobody is limited to services
    SignInWays* ways = nullptr;       ///< providers and directories; absent in tests that have none
    std::function<void(OrganisationId, Timestamp)> judge_again = {};   ///< wired by the part that judges records: a module was switched

    [[nodiscard]] bool sends_mail() const { return post && post->outbox.sends(); }
};

/// `services` must outlive the routes.
std::vector<Route> account_routes(AccountServices& services);

/// Where a person lands: their last organisation, their only one, or the list.
std::string home_address(AccountServices& services, PersonId person, std::optional<OrganisationId> last = {});

/// The choices of a visitor who is not signed in, kept in cookies by POST /preferences.
inline constexpr std::string_view language_cookie = "greffier_language", theme_cookie = "greffier_theme";
std::optional<Language> chosen_language(web::Request const& request);
std::string chosen_theme(web::Request const& request);   ///< "", "light" or "dark"

}  // namespace greffier::accounts
