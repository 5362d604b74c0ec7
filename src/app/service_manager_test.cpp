#include "app/service_manager.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "storage/test_database.hpp"

namespace greffier::app {
namespace {

Environment environment_of(std::map<std::string, std::string> values)
{
    return [values = std::move(values)](std::string const& name) -> std::optional<std::string> {
        auto const found = values.find(name);
        return found == values.end() ? std::nullopt : std::optional{found->second};
    };
}

/// The manager's end of the socket.
class Listener {
public:
    explicit Listener(std::string const& path)
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.copy(address.sun_path, sizeof address.sun_path - 1);
        if (::bind(socket_, reinterpret_cast<sockaddr const*>(&address), sizeof address) != 0) throw std::runtime_error("cannot bind " + path);
    }
    ~Listener() { ::close(socket_); }
    std::string hear() const
    {
        char piece[200];
        auto const got = ::recv(socket_, piece, sizeof piece, MSG_DONTWAIT);
        return got < 0 ? "(nothing)" : std::string(piece, static_cast<std::size_t>(got));
    }

private:
    int socket_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
};

TEST(ServiceManager, is_told_over_its_socket)
{
    storage::TestDirectory const directory;
    auto const path = (directory.path() / "notify").string();
    Listener const listener(path);
    ServiceManager const manager(environment_of({{"NOTIFY_SOCKET", path}}));
    manager.tell("READY=1");
    EXPECT_EQ(listener.hear(), "READY=1");
    EXPECT_EQ(listener.hear(), "(nothing)");
    EXPECT_FALSE(manager.pulse().has_value());
}

TEST(ServiceManager, asks_for_a_beat_at_half_the_time_it_allows)
{
    auto pulse = [](std::map<std::string, std::string> values) { return ServiceManager(environment_of(std::move(values))).pulse(); };
    EXPECT_EQ(pulse({{"NOTIFY_SOCKET", "/run/x"}, {"WATCHDOG_USEC", "60000000"}}), std::chrono::seconds{30});
    EXPECT_EQ(pulse({{"NOTIFY_SOCKET", "/run/x"}, {"WATCHDOG_USEC", "60000000"}, {"WATCHDOG_PID", "1"}}), std::nullopt);
    EXPECT_EQ(pulse({{"WATCHDOG_USEC", "60000000"}}), std::nullopt);
    EXPECT_EQ(pulse({{"NOTIFY_SOCKET", "/run/x"}, {"WATCHDOG_USEC", "soon"}}), std::nullopt);
}

TEST(ServiceManager, that_does_not_listen_hinders_nothing)
{
    ServiceManager(environment_of({})).tell("READY=1");
    ServiceManager(environment_of({{"NOTIFY_SOCKET", "/nowhere/at/all"}})).tell("READY=1");
    ServiceManager(environment_of({{"NOTIFY_SOCKET", "vsock:2:1"}})).tell("READY=1");
    ServiceManager(environment_of({{"NOTIFY_SOCKET", "/" + std::string(200, 'x')}})).tell("READY=1");
}

}  // namespace
}  // namespace greffier::app
