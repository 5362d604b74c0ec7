#pragma once
// The guard: who calls, where, and may they? One place, before any handler.
//
// Order: organisation of the path, session or token, role there, CSRF, permission of the route's row. An
// organisation one holds no role in does not exist (404); a known one without the right is 403. Who sees the product as somebody
// else has that person's pages to read, in that organisation, and nothing more.

#include <optional>
#include <string>

#include "accounts/context.hpp"
#include "accounts/services.hpp"
#include "app/application.hpp"
#include "web/message.hpp"

namespace greffier::app {

class Guard {
public:
    Guard(Application& application, accounts::AccountServices& accounts) : application_(application), accounts_(accounts) {}

    /// What becomes of a request: an answer at once (redirect), or a context to go on with.
    struct Passage {
        std::optional<web::Response> answer;
        accounts::Context context;
        std::vector<std::string> cookies;      ///< Set-Cookie values to add to the answer
    };
    /// An Error's status may be named by its argument "status" (401).
    Result<Passage> admit(web::Request const& request, accounts::Route const& route);

    /// From this machine itself, or with the metrics token: who may read how the installation fares.
    [[nodiscard]] bool may_monitor(web::Request const& request) const;

    /// A context for pages that nobody's rights stand behind: errors, unknown addresses.
    Passage stranger(web::Request const& request);
    /// The same for a page that was refused or does not exist: who is signed in keeps their language and their menus.
    Passage refused(web::Request const& request);

private:
    Result<Passage> admit_visitor(web::Request const& request);
    Result<Passage> admit_page(web::Request const& request, accounts::Route const& route);
    Result<Passage> admit_as(web::Request const& request, accounts::Route const& route, accounts::SignedIn const& signed_in, accounts::SeeAs::UnderWay under_way);
    Result<Passage> admit_api(web::Request const& request, accounts::Route const& route);
    void show_seeing_as(Passage& passage, accounts::SeeAsVisit const& visit);
    void dress(Passage& passage, web::Request const& request, std::optional<accounts::SignedIn> const& signed_in);
    Result<std::optional<accounts::OrganisationInfo>> organisation_of(web::Request const& request, Passage& passage);

    Application& application_;
    accounts::AccountServices& accounts_;
};

/// The first language of Accept-Language that we speak.
std::optional<Language> accepted_language(web::Request const& request);

}  // namespace greffier::app
