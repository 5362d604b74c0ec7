#pragma once
// What `greffier serve` was asked, checked: the one thing the web application is built from besides the Application.

#include <optional>
#include <string>
#include <vector>

#include "app/config.hpp"
#include "web/tls.hpp"

namespace greffier::app {

struct ServeOptions {
    Listen listen;
    std::string public_url;                      ///< without a final slash; empty = the address listened on
    std::vector<std::string> trusted_proxies;    ///< CIDR
    bool forwarded_only = false;                 ///< they speak by the Forwarded header alone
    bool gzip = true;
    std::optional<web::TlsFiles> tls;
};

}  // namespace greffier::app
