#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <thread>

#include "accounts/password_reset.hpp"
#include "app/archives.hpp"
#include "app/mailing.hpp"
#include "app/mail_room.hpp"
#include "app/ways.hpp"
#include "app/web_app.hpp"
#include "core/log.hpp"
#include "jobs/runner.hpp"
#include "mail/postman.hpp"
#include "records/bulk_job.hpp"
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

/// Waits for signals beside the server, and beats for the service manager.
class Watch {
public:
    Watch(web::Server& server, Monitoring& monitoring, ServeHooks const& hooks, ServiceManager const& manager)
        : server_(server), monitoring_(monitoring), hooks_(hooks), manager_(manager), thread_([this] { run(); })
    {
    }
    ~Watch()
    {
        ::eventfd_write(finished_, 1);
        thread_.join();
        ::close(finished_);
    }
    Watch(Watch const&) = delete;
    Watch& operator=(Watch const&) = delete;

private:
    void run()
    {
        auto const pulse = manager_.pulse() ? static_cast<int>(manager_.pulse()->count()) : -1;
        pollfd watched[3] = {{finished_, POLLIN, 0}, {hooks_.stop_descriptor, POLLIN, 0}, {hooks_.reload_descriptor, POLLIN, 0}};
        while (true) {
            int const ready = ::poll(watched, 3, pulse);
            if (ready < 0 && errno != EINTR) return;
            // The server's own thread says that it lives: one that hangs says nothing, and is started again.
            if (ready == 0) server_.when_alive([this] { manager_.tell("WATCHDOG=1"); });
            if (ready <= 0) continue;
            if (watched[0].revents != 0) return;
            if (watched[1].revents != 0) stop(watched[1]);
            if (watched[2].revents != 0) reload();
        }
    }
    void stop(pollfd& watched)
    {
        watched.fd = -1;   // asked once; the beat goes on while requests end
        monitoring_.begin_drain();
        manager_.tell("STOPPING=1");
        server_.stop();
    }
    void reload()
    {
        signalfd_siginfo which;
        if (::read(hooks_.reload_descriptor, &which, sizeof which) != sizeof which) return;
        log(LogLevel::Info, "reload");
        server_.reload_certificate();
    }

    web::Server& server_;
    Monitoring& monitoring_;
    ServeHooks const& hooks_;
    ServiceManager const& manager_;
    int finished_ = ::eventfd(0, EFD_CLOEXEC);
    std::thread thread_;
};

std::string address_of(ServeOptions const& options, std::vector<std::string> const& certified, std::uint16_t port)
{
    if (!options.public_url.empty()) return options.public_url;
    auto host = bracketed(options.listen.host);
    // A browser accepts the certificate under its own names only.
    if (!certified.empty() && std::ranges::find(certified, host) == certified.end()) host = certified.front();
    return (options.tls ? "https://" : "http://") + host + ":" + std::to_string(port);
}

}  // namespace

Status serve(Application& application, ServeOptions const& options, ServeHooks const& hooks, ServiceManager const& manager)
{
    std::vector<std::string> certified;
    if (options.tls) certified = TRY(web::load_tls(*options.tls)).names;
    // On the embedded database this is the only process that runs jobs: what the one before left is free at once.
    if (application.database->engine() == storage::Engine::Sqlite) jobs::Jobs(*application.database).give_back_all(application.now());
    auto archives = archive_services(application);
    archive::settle(archives);
    auto workers = records::bulk_workers(application.machinery, application.organisations);
    workers.merge(archive::archive_workers(archives));
    auto const compliance_files = compliance_file_services(application, archives);
    workers.merge(overview::compliance_file_workers(compliance_files));
    auto foundings = founding_services(application);
    workers.merge(founding::founding_workers(foundings));
    jobs::Runner runner(*application.database, [&application] { return application.now(); }, std::move(workers));
    application.wake_jobs = [&runner] { runner.wake(); };
    auto mailing = TRY(mailing_of(application.config));
    (void)TRY(sign_in_ways_of(application.config));
    if (mailing.transport) application.correspondence.way = mailing.transport->way();
    if (application.database->engine() == storage::Engine::Sqlite) application.outbox.give_back_all();
    std::optional<mail::Postman> postman;
    if (mailing.transport)
        postman.emplace(application.outbox, *mailing.transport, mailing.from, [&application] { return application.now(); },
                        [&application](Timestamp now) { accounts::answer_resets(*application.database, application.outbox, now); });
    MailRoom mail_room(application, TRY(intake_boxes_of(application.config)));
    application.outbox.on_ring([&postman] { if (postman) postman->wake(); });
    WebApp web(application, options.public_url, [&] {
        if (hooks.on_clock) hooks.on_clock();
        if (postman) postman->round();   // a test that moved the clock sees what follows from it
        mail_room.round();
    });
    web::ServerOptions settings;
    settings.address = options.listen.host;
    settings.port = options.listen.port;
    settings.allowed_hosts = hosts_of(options);
    settings.allowed_hosts.insert(settings.allowed_hosts.end(), certified.begin(), certified.end());
    settings.upload_directory = application.directory.temporary();
    settings.worker_threads = std::max(2u, std::thread::hardware_concurrency());
    // Those that wait for the disk together share a commit; each may hold a connection to the database meanwhile.
    settings.writer_threads = std::clamp(2 * std::thread::hardware_concurrency(), 8u, 16u);
    settings.waits_for_others = [](web::Request const& request) { return waits_for_others(request); };
    settings.patient_threads = accounts::SignInThrottle::places + 4;   // who waits for a password to be looked at holds a place; the others are told at once
    settings.trusted_proxies = options.trusted_proxies;
    settings.forwarded_only = options.forwarded_only;
    settings.gzip = options.gzip;
    settings.tls = options.tls;
    settings.refusal = [&web](web::Request const& request, int status) { return web.refusal(request, status); };
    settings.access_log = [&web](web::AccessLine const& line) {
        web::log_access(line);
        web.monitoring().count(line);
    };
    web::Server server(settings, [&web](web::Request& request) { return web.handle(request); });
    web.monitoring().ask_server([&server] { return server.facts(); });
    web.monitoring().ask_jobs(hooks.since_last_round);

    Watch const watch(server, web.monitoring(), hooks, manager);
    hooks.announce(address_of(options, certified, server.port()));
    manager.tell("READY=1");
    server.run();
    application.wake_jobs = {};
    application.outbox.on_ring({});
    return Nothing{};
}

}  // namespace greffier::app
