#pragma once
// What a provider says of a person, once it is verified: from the ID token and from userinfo, which says more.

#include <string_view>

#include "accounts/oidc/client.hpp"

namespace greffier::accounts {

/// Both are JSON objects; `userinfo` may be empty. Address of mail, name and groups alone.
Presented presented_by(OidcSettings const& settings, std::string_view id_token, std::string_view userinfo);

}  // namespace greffier::accounts
