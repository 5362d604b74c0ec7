#pragma once
// Internal to the pages of accounts.

#include "accounts/context.hpp"
#include "records/vocabulary.hpp"
#include "registers/account/matrix.hpp"
#include "web/html.hpp"

namespace greffier::account {

/// Every live account that the reader may see, in reference order. NotFound when the organisation keeps no such register.
Result<std::vector<KnownAccount>> known_accounts(records::Machinery const& machinery, accounts::Context& context);

/// <a> to the account's page: its identifier.
void write_account_link(web::Html& out, accounts::Context const& context, KnownAccount const& known);
void write_table_head(web::Html& out, std::string_view label, std::initializer_list<std::string> columns);

/// Crumbs, title, head with the buttons that every page of accounts has.
void begin_page(web::Html& out, accounts::Context& context, std::string_view title, std::string_view lead, web::Html const& more);

std::vector<accounts::Route> person_routes(records::Machinery const& machinery);

}  // namespace greffier::account
