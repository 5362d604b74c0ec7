#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <ostream>
#include <vector>

#include "app/keeper.hpp"
#include "app/open_database.hpp"
#include "app/web_app.hpp"
#include "cli/commands.hpp"

namespace greffier::cli {

namespace {

/// Signals as a descriptor, blocked before any thread starts so that none is interrupted by them.
class Signals {
public:
    explicit Signals(std::vector<int> const& which)
    {
        sigset_t signals;
        sigemptyset(&signals);
        for (int const signal : which) sigaddset(&signals, signal);
        ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
        descriptor_ = ::signalfd(-1, &signals, SFD_CLOEXEC);
    }
    ~Signals() { ::close(descriptor_); }
    Signals(Signals const&) = delete;
    Signals& operator=(Signals const&) = delete;
    [[nodiscard]] int descriptor() const { return descriptor_; }

private:
    int descriptor_ = -1;
};

bool is_local(std::string const& url)
{
    return url.starts_with("http://localhost") || url.starts_with("http://127.") || url.starts_with("http://[::1]");
}

Result<app::ServeOptions> options_of(app::Config const& settings)
{
    app::ServeOptions options;
    options.listen = *app::parse_listen(settings.text("listen"));
    options.public_url = settings.text("public-url");
    while (options.public_url.ends_with('/')) options.public_url.pop_back();
    options.trusted_proxies = settings.list("trusted-proxy");
    options.forwarded_only = settings.truth("forwarded-only");
    options.gzip = !settings.truth("no-gzip");
    auto const certificate = settings.text("tls-cert"), key = settings.text("tls-key");
    if (certificate.empty() != key.empty()) return Error::invalid("serve_tls_pair", {{"missing", certificate.empty() ? "tls-cert" : "tls-key"}});
    if (!certificate.empty()) options.tls = web::TlsFiles{certificate, key};
    if (options.tls && options.public_url.starts_with("http://")) return Error::invalid("serve_tls_public_url", {{"url", options.public_url}});
    if (!options.listen.is_loopback() && !options.tls && !options.public_url.starts_with("https://"))
        return Error::invalid("serve_needs_https", {{"listen", settings.text("listen")}});
    return options;
}

Status check_demo(app::Application& application, app::ServeOptions const& options)
{
    bool const beyond = !options.listen.is_loopback() || (!options.public_url.empty() && !is_local(options.public_url));
    if (!beyond || application.config.truth("allow-demo")) return Nothing{};
    for (auto const& organisation : application.organisations.all())
        if (organisation.demo) return Error::forbidden("serve_demo");
    return Nothing{};
}

}  // namespace

Result<int> run_serve(Invocation& call)
{
    // In a terminal, SIGHUP says that its window was closed; to a service it says "read again".
    bool const in_terminal = ::isatty(STDIN_FILENO) != 0;
    Signals const stop(in_terminal ? std::vector{SIGTERM, SIGINT, SIGHUP} : std::vector{SIGTERM, SIGINT});
    Signals const reload(in_terminal ? std::vector<int>{} : std::vector{SIGHUP});
    ::signal(SIGPIPE, SIG_IGN);
    auto const options = TRY(options_of(call.settings));
    if (options.tls) (void)TRY(web::load_tls(*options.tls));   // said before a long migration rather than after
    // Several programs may serve one database of a server; a file has one.
    bool const alone = app::engine_of(call.settings) == storage::Engine::Sqlite;
    if (alone && app::DataDirectory::exists(call.settings.text("data"))) {   // before a newer database or a long migration is touched
        auto const directory = TRY(app::DataDirectory::open(call.settings.text("data"), {}));
        TRY(directory.lock_for_serving());
    }
    auto application = TRY(call.open(app::OpenWish::Use::Write));
    std::unique_ptr<app::DataDirectory::Lock> lock;
    if (alone) lock = TRY(application->directory.lock_for_serving());
    TRY(check_demo(*application, options));
    app::Keeper keeper(*application);
    app::ServeHooks hooks;
    hooks.stop_descriptor = stop.descriptor();
    hooks.reload_descriptor = reload.descriptor();
    hooks.announce = [&](std::string const& address) {
        call.tell("cli.serve.at", {{"address", address}});
        if (auto const token = application->links.set_up(application->now())) call.tell("cli.serve.set_up", {{"address", address + "/setup/" + *token}});
        call.out.flush();
    };
    hooks.on_clock = [&] { keeper.tick(); };
    hooks.since_last_round = [&] { return keeper.since_last_round(); };
    (void)TRY(app::serve(*application, options, hooks, app::ServiceManager(call.environment)));
    call.tell("cli.serve.stopped");
    return 0;
}

}  // namespace greffier::cli
