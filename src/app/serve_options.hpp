#pragma once
// What `greffier serve` was asked, checked: the one thing the web application is built from besides the Application.

#include <string>
#include <vector>

#include "app/config.hpp"

namespace greffier::app {

struct ServeOptions {
    Listen listen;
    std::string public_url;                      ///< without a final slash; empty = the address listened on
    std::vector<std::string> trusted_proxies;    ///< CIDR
};

}  // namespace greffier::app
