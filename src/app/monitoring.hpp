#pragma once
// What the operator's instruments read: /metrics (Prometheus text) and /readyz. Counts and durations by route pattern;
// no person, no organisation, no address.

#include <array>
#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "app/application.hpp"
#include "web/answer.hpp"
#include "web/server.hpp"

namespace greffier::app {

struct ReadyCheck {
    std::string_view name;       ///< "database" "disk" "jobs" "serving"
    bool ok = false;
    std::string_view reason;     ///< a code, "" when ok
};

/// Thread-safe. `application` must outlive it.
class Monitoring {
public:
    explicit Monitoring(Application& application);

    /// Notes an answered request; quick.
    void count(web::AccessLine const& line);
    /// Where the rest is asked; each to be set before the first request.
    void ask_server(std::function<web::ServerFacts()> facts) { server_ = std::move(facts); }
    void ask_jobs(std::function<std::chrono::seconds()> since_last_round) { jobs_ = std::move(since_last_round); }
    /// From now on the service is not ready: it finishes what it began.
    void begin_drain() { draining_ = true; }

    [[nodiscard]] std::string metrics();
    /// Every check, the failed ones with their reason. Never throws.
    [[nodiscard]] std::vector<ReadyCheck> readiness();

    static constexpr std::array<double, 12> limits{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10};   ///< seconds

private:
    struct Histogram {
        std::array<std::uint64_t, limits.size()> within{};   ///< each counts those of its own step alone
        std::uint64_t count = 0;
        double seconds = 0;
    };
    using RouteKey = std::pair<std::string, std::string>;   ///< method, pattern

    Application& application_;
    std::function<web::ServerFacts()> server_;
    std::function<std::chrono::seconds()> jobs_;
    std::atomic<bool> draining_ = false;
    std::mutex mutex_;
    std::map<RouteKey, std::array<std::uint64_t, 6>> answered_;   ///< by class of status: [2] is 2xx
    std::map<std::string_view, Histogram> took_;                  ///< "page" "api" "static"
    std::uint64_t bytes_ = 0, throttled_ = 0;
};

}  // namespace greffier::app
