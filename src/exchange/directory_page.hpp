#pragma once
// /o/{organisation}/accounts/directory: what a directory of the installation says of accounts, compared and taken over.

#include <vector>

#include "accounts/context.hpp"
#include "accounts/sign_in_ways.hpp"
#include "records/store.hpp"

namespace greffier::exchange {

/// Both must outlive the routes. An organisation reads the directories whose groups give roles in it; who administers the
/// installation reads any.
std::vector<accounts::Route> directory_routes(records::Machinery const& machinery, accounts::SignInWays const& ways);

}  // namespace greffier::exchange
