#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <thread>

#include "app/web_app.hpp"
#include "web/server.hpp"

namespace greffier::app {
namespace {

/// "https://rgpd.example:8443/x" -> "rgpd.example:8443"
std::string host_of(std::string const& url)
{
    auto const start = url.find("://");
    if (start == std::string::npos) return url;
    auto host = url.substr(start + 3);
    return host.substr(0, host.find('/'));
}

std::string bracketed(std::string const& host) { return host.find(':') == std::string::npos ? host : "[" + host + "]"; }

/// The Host header must be ours: the public address, the one listened on, or this machine's own names.
std::vector<std::string> hosts_of(ServeOptions const& options)
{
    std::vector<std::string> hosts{"localhost", "127.0.0.1", "[::1]"};
    if (!options.public_url.empty()) hosts.push_back(host_of(options.public_url));
    if (options.listen.host != "0.0.0.0" && options.listen.host != "::") hosts.push_back(bracketed(options.listen.host));
    return hosts;
}

}  // namespace

void serve(Application& application, ServeOptions const& options, int stop_descriptor, std::function<void(std::string const& address)> const& announce,
           std::function<void()> on_clock)
{
    WebApp web(application, options.public_url, std::move(on_clock));
    web::ServerOptions settings;
    settings.address = options.listen.host;
    settings.port = options.listen.port;
    settings.allowed_hosts = hosts_of(options);
    settings.upload_directory = application.directory.temporary();
    settings.worker_threads = std::max(2u, std::thread::hardware_concurrency());
    settings.trusted_proxies = options.trusted_proxies;
    settings.refusal = [&web](web::Request const& request, int status) { return web.refusal(request, status); };
    web::Server server(settings, [&web](web::Request& request) { return web.handle(request); });

    int const finished = ::eventfd(0, EFD_CLOEXEC);
    std::thread watcher([&] {
        pollfd watched[2] = {{stop_descriptor, POLLIN, 0}, {finished, POLLIN, 0}};
        while (::poll(watched, 2, -1) < 0 && errno == EINTR) {}
        server.stop();
    });
    announce(options.public_url.empty() ? "http://" + bracketed(options.listen.host) + ":" + std::to_string(server.port()) : options.public_url);
    server.run();
    ::eventfd_write(finished, 1);
    watcher.join();
    ::close(finished);
}

}  // namespace greffier::app
