#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <ostream>

#include "app/keeper.hpp"
#include "app/web_app.hpp"
#include "cli/commands.hpp"

namespace greffier::cli {

namespace {

/// SIGTERM and SIGINT as a descriptor, blocked before any thread starts so that none is interrupted by them.
class StopSignals {
public:
    StopSignals()
    {
        sigset_t signals;
        sigemptyset(&signals);
        sigaddset(&signals, SIGTERM);
        sigaddset(&signals, SIGINT);
        ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
        ::signal(SIGPIPE, SIG_IGN);
        descriptor_ = ::signalfd(-1, &signals, SFD_CLOEXEC);
    }
    ~StopSignals() { ::close(descriptor_); }
    StopSignals(StopSignals const&) = delete;
    StopSignals& operator=(StopSignals const&) = delete;
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
    if (!options.listen.is_loopback() && !options.public_url.starts_with("https://"))
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
    StopSignals const stop;
    auto const options = TRY(options_of(call.settings));
    if (app::DataDirectory::exists(call.settings.text("data"))) {   // before a newer database or a long migration is touched
        auto const directory = TRY(app::DataDirectory::open(call.settings.text("data"), {}));
        TRY(directory.lock_for_serving());
    }
    auto application = TRY(call.open(app::OpenWish::Use::Write));
    auto const lock = TRY(application->directory.lock_for_serving());
    TRY(check_demo(*application, options));
    app::Keeper keeper(*application);
    auto announce = [&](std::string const& address) {
        call.tell("cli.serve.at", {{"address", address}});
        if (auto const token = application->links.set_up(application->now())) call.tell("cli.serve.set_up", {{"address", address + "/setup/" + *token}});
        call.out.flush();
    };
    app::serve(*application, options, stop.descriptor(), announce, [&] { keeper.tick(); });
    call.tell("cli.serve.stopped");
    return 0;
}

}  // namespace greffier::cli
