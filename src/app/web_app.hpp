#pragma once
// The web application: every route of the house behind one guard. handle() is a line: static file, route, caller,
// CSRF and permission, handler, page or problem. Nothing here knows the law.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "accounts/context.hpp"
#include "app/application.hpp"
#include "app/serve_options.hpp"
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
    /// Every row, for the reference and the tests' report of uncalled routes.
    [[nodiscard]] std::vector<accounts::Route> const& routes() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Serves until stop_when() says so (asked on another thread by its file descriptor becoming readable).
/// `announce` is told the address once it listens.
void serve(Application& application, ServeOptions const& options, int stop_descriptor, std::function<void(std::string const& address)> const& announce,
           std::function<void()> on_clock = {});

}  // namespace greffier::app
