#pragma once
// What the pages of sign-in, of the account and of fresh proofs borrow from those of providers.

#include <string>

#include "accounts/pages/factors_page.hpp"
#include "accounts/pages/pages.hpp"

namespace greffier::accounts {

/// Somebody was presented by a provider or a directory: their account is found or made, their roles follow, and the sign-in goes on.
/// Errors of recognise().
Result<web::Response> let_in(AccountServices& services, Context& context, web::Request const& request, WayRules const& rules, Presented const& presented, std::string const& next);

/// Whom a directory knows by that name and password.
struct FromDirectory {
    LdapWay const* way = nullptr;
    Presented presented;
};
/// Asks each directory in turn. Error ldap_wrong (also when none is set), or way_directory_away when one that did not answer might have known.
Result<FromDirectory> ask_directories(AccountServices& services, Context const& context, std::string_view name, SecretText const& password);
/// True when this person comes by a directory that is in service.
bool has_directory(AccountServices& services, PersonId person);

/// A button for each provider, above the password.
void provider_buttons(web::Html& out, AccountServices const& services, Context const& context, std::string const& next);
/// A link for each provider by which this person may prove anew who they are. True when there is one.
bool proof_links(web::Html& out, AccountServices& services, Context const& context, web::Request const& request, PersonId person);
/// The part of the account page that tells which accounts elsewhere are this person's.
void identity_section(web::Html& out, AccountServices& services, Context const& context);
/// A page that leads to another site at once, with a button for browsers that stay.
web::Response leaving_page(Context& context, std::string title, std::string const& words, std::string const& address, std::string const& label);

}  // namespace greffier::accounts
