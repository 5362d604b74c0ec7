#include "app/service_manager.hpp"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace greffier::app {

namespace {

std::optional<std::int64_t> number(std::optional<std::string> const& text)
{
    std::int64_t value = 0;
    if (!text || std::from_chars(text->data(), text->data() + text->size(), value).ec != std::errc{}) return std::nullopt;
    return value;
}

}  // namespace

ServiceManager::ServiceManager(Environment const& environment) : socket_(environment("NOTIFY_SOCKET").value_or(""))
{
    if (!socket_.starts_with('/') && !socket_.starts_with('@')) socket_.clear();
    auto const allowed = number(environment("WATCHDOG_USEC"));
    auto const whose = number(environment("WATCHDOG_PID"));
    if (socket_.empty() || !allowed || *allowed <= 0 || (whose && *whose != ::getpid())) return;
    pulse_ = std::max(std::chrono::milliseconds{1}, std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::microseconds{*allowed / 2}));
}

void ServiceManager::tell(std::string_view message) const
{
    sockaddr_un to{};
    if (socket_.empty() || socket_.size() >= sizeof to.sun_path) return;
    to.sun_family = AF_UNIX;
    std::memcpy(to.sun_path, socket_.data(), socket_.size());
    if (to.sun_path[0] == '@') to.sun_path[0] = '\0';   // an abstract name begins with NUL
    int const out = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (out < 0) return;
    auto const length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());
    // Nothing is to be done when the manager does not listen: the service serves all the same.
    [[maybe_unused]] auto const sent = ::sendto(out, message.data(), message.size(), MSG_NOSIGNAL, reinterpret_cast<sockaddr const*>(&to), length);
    ::close(out);
}

}  // namespace greffier::app
