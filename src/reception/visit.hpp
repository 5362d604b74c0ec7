#pragma once
// A visitor at an open public page, and the page around what they see.

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "accounts/context.hpp"
#include "accounts/pages/form.hpp"
#include "reception/public_page.hpp"
#include "reception/services.hpp"
#include "registers/profile/profile.hpp"
#include "web/html.hpp"

namespace greffier::reception {

using accounts::Context;
using accounts::FormState;
using web::Html;
using web::Request;
using web::Response;
using Answer = Result<Response>;

struct Visit {
    ReceptionServices& services;
    Context& context;
    Request const& request;
    Page page{};
    std::map<Page, PageSettings> settings = {};
    profile::Profile profile = {};
    bool preview = false;             ///< an administrator looks at it before it is open

    [[nodiscard]] Locale const& locale() const { return context.locale; }
    [[nodiscard]] accounts::OrganisationInfo const& where() const { return context.where(); }
    [[nodiscard]] PageSettings const& own() const { return settings.at(page); }
    [[nodiscard]] bool is_open(Page which) const { return settings.at(which).is_open(); }
    /// "/p/<slug>" plus the rest, in the language that was chosen.
    [[nodiscard]] std::string address(std::string_view rest) const;
    /// The name the organisation bears in its profile.
    [[nodiscard]] std::string const& organisation_name() const { return profile.name.empty() ? where().name : profile.name; }
};

using VisitHandler = std::function<Answer(Visit&)>;
/// The handler of a page that does not exist while it is closed. A former slug leads to where it stands now.
web::Handler<Context> at_page(ReceptionServices& services, Page page, VisitHandler handler);
/// The same for what any open page uses: its colour, its logo, the list of pages.
web::Handler<Context> at_any_page(ReceptionServices& services, VisitHandler handler);

Visit visit_of(ReceptionServices& services, Context& context, Request const& request, Page page);

struct ShownAs {
    int status = 200;
    bool indexed = true;              ///< false where a token stands in the address
};
Response shown(Visit const& visit, std::string title, Html const& body, ShownAs as = {});

/// "Val d’Aubreuil, 1 place de la Halle, 14350 Vire": whatever of it is known.
std::string joined(std::initializer_list<std::string> parts, std::string_view separator = ", ");

/// Title, own words of the organisation, and what stands between.
void page_title(Html& out, Visit const& visit, std::string_view title, std::string_view lead);

/// What article 13 wants said where data are asked for, made from the profile.
void write_notice(Html& out, Visit const& visit, std::string_view key);
/// How to reach the organisation, its officer, and the authority: from the profile (art. 37(7)).
void write_contacts(Html& out, Visit const& visit);
/// Fields of the profile without which that notice would lack what the law wants; empty when none is.
std::vector<std::string> missing_for_notice(profile::Profile const& profile);

}  // namespace greffier::reception
