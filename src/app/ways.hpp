#pragma once
// The ways to sign in, from the settings: settings that contradict each other are errors that say which way and what.

#include "accounts/sign_in_ways.hpp"
#include "app/config.hpp"
#include "web/message.hpp"

namespace greffier::app {

/// Errors name the way ({way}) and the setting ({setting}).
Result<accounts::SignInWays::Parts> sign_in_ways_of(Config const& config);

/// Signing in: a password is verified one at a time, a provider may be slow. Such requests have workers of their own (web/server.hpp).
bool waits_for_others(web::Request const& request);

}  // namespace greffier::app
