#pragma once
// The web application: every route of the house behind one guard. handle() is a line: static file, route, caller,
// CSRF and permission, handler, page or problem. Nothing here knows the law.

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "accounts/context.hpp"
#include "app/application.hpp"
#include "app/monitoring.hpp"
#include "app/serve_options.hpp"
#include "app/service_manager.hpp"
#include "web/message.hpp"

namespace greffier::app {

class WebApp {
public:
    /// `on_clock` runs after a test moved the clock. `application` must outlive it.
    WebApp(Application& application, std::string public_url, std::function<void()> on_clock = {});
    ~WebApp();

    /// Answers one request; never throws. Thread-safe.
    web::Response handle(web::Request& request);
    /// What the server refused by itself, in our words.
    web::Response refusal(web::Request const& request, int status);
    [[nodiscard]] Monitoring& monitoring();
    /// Every row, for the reference and the tests' report of uncalled routes.
    [[nodiscard]] std::vector<accounts::Route> const& routes() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// What serve() is told by, and tells, its caller.
struct ServeHooks {
    int stop_descriptor = -1;                                       ///< readable once it is to stop
    int reload_descriptor = -1;                                     ///< a signalfd: each signal reads the certificate again
    std::function<void(std::string const& address)> announce;       ///< told the address once it listens
    std::function<void()> on_clock = {};                            ///< after a test moved the clock
    std::function<std::chrono::seconds()> since_last_round = {};    ///< of the keeper, for /readyz
};
/// Serves until told to stop, then until what is under way is answered. A certificate that cannot be used is an Error.
Status serve(Application& application, ServeOptions const& options, ServeHooks const& hooks, ServiceManager const& manager);

}  // namespace greffier::app
