#pragma once
// What systemd is told of the service: ready, reloading, stopping, alive. Nothing is said when no manager listens.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "app/config.hpp"

namespace greffier::app {

/// The protocol of sd_notify(3): one datagram a message, to the socket of NOTIFY_SOCKET. Thread-safe.
class ServiceManager {
public:
    explicit ServiceManager(Environment const& environment);

    void tell(std::string_view message) const;   ///< "READY=1", lines apart
    /// How often the service must say that it lives (half of what the manager allows); absent when nobody counts.
    [[nodiscard]] std::optional<std::chrono::milliseconds> pulse() const { return pulse_; }

private:
    std::string socket_;
    std::optional<std::chrono::milliseconds> pulse_;
};

}  // namespace greffier::app
