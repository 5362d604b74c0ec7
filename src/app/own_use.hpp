#pragma once
// Greffier's own use is a processing too: its record, ready to adopt, and the text of its notice (art. 13). And the page that
// says how accessible the product is (law of 11 February 2005, article 47).

#include <vector>

#include "accounts/context.hpp"
#include "app/application.hpp"

namespace greffier::app {

/// `application` must outlive the routes.
std::vector<accounts::Route> own_use_routes(Application& application);

}  // namespace greffier::app
