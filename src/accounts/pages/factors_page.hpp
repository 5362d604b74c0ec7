#pragma once
// What the account page and that of its second factors lend each other.

#include "accounts/pages/pages.hpp"

namespace greffier::accounts {

/// The part of the account page that tells which factors there are, with their buttons.
void factor_section(web::Html& out, AccountServices& services, Context const& context, web::Request const& request);
/// The account page, with what was refused on top.
web::Response refused_account(AccountServices& services, Context& context, web::Request const& request, Error const& error);

}  // namespace greffier::accounts
