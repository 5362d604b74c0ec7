// The only file that pulls in Boost.Beast and Asio: accepting and stopping here, connections in connection.hpp.
#include "web/server.hpp"

#include <stdexcept>
#include <utility>

#include "web/connection.hpp"

namespace greffier::web {

namespace {

constexpr std::size_t refused_at_once = 200;

template <class Stream>
awaitable<void> run_connection(std::shared_ptr<Connection<Stream>> connection)
{
    co_await connection->run();
}

/// Says 503 to one connection too many, and reads what it sends for a moment so that it can read this.
awaitable<void> refuse_one(ServerState& server, tcp::socket given)
{
    // Shared with the timer, whose handler may come after this coroutine has ended.
    auto socket = std::make_shared<tcp::socket>(std::move(given));
    ++server.refusing;
    std::string_view words = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 5\r\nConnection: close\r\n\r\n";
    error_code problem;
    co_await asio::async_write(*socket, asio::const_buffer(words.data(), words.size()), asio::redirect_error(use_awaitable, problem));
    socket->shutdown(tcp::socket::shutdown_send, problem);
    asio::steady_timer timer(server.io);
    timer.expires_after(std::chrono::seconds(1));
    timer.async_wait([socket](error_code cancelled) {
        error_code ignored;
        if (!cancelled) socket->close(ignored);
    });
    std::array<char, 1024> rest;
    while (!problem) co_await socket->async_read_some(asio::buffer(rest), asio::redirect_error(use_awaitable, problem));
    --server.refusing;
}

void complain(std::exception_ptr problem)
{
    if (problem) log(LogLevel::Failure, "connection");
}

}  // namespace

ServerState::ServerState(ServerOptions given, std::function<Response(Request&)> handler)
    : options(std::move(given)), handle(std::move(handler)),
      proxies(options.trusted_proxies, options.forwarded_only ? TrustedProxies::Believe::ForwardedOnly : TrustedProxies::Believe::Either),
      workers(std::max<std::size_t>(1, options.worker_threads)), writers(std::max<std::size_t>(1, options.writer_threads)), patient(std::max<std::size_t>(1, options.patient_threads))
{
    if (!options.upload_directory.empty() && !std::filesystem::exists(options.upload_directory)) {
        std::filesystem::create_directories(options.upload_directory);
        std::filesystem::permissions(options.upload_directory, std::filesystem::perms::owner_all);
    }
    if (options.tls) load_certificate();
    listen();
}

void ServerState::load_certificate()
{
    tls_stamp = stamp_of(*options.tls);
    auto loaded = load_tls(*options.tls);
    if (!loaded.ok()) throw std::runtime_error("the certificate cannot be used: " + loaded.error().code);
    take_certificate(std::move(loaded).value());
}

void ServerState::take_certificate(TlsContext context)
{
    certificate_expires = std::chrono::system_clock::to_time_t(context.expires);
    if (context.expires <= std::chrono::system_clock::now()) log(LogLevel::Warning, "certificate_expired");
    tls.emplace(context.handle.release());
}

/// Looks at the files now and then, and at once when asked: whoever renews them need not tell us.
awaitable<void> ServerState::watch_certificate()
{
    while (!stopping) {
        if (!look_asked) {
            next_look.expires_after(options.certificate_look);
            error_code ignored;
            co_await next_look.async_wait(asio::redirect_error(use_awaitable, ignored));
        }
        if (stopping) co_return;
        bool const asked = std::exchange(look_asked, false);
        std::string stamp;
        std::optional<Result<TlsContext>> loaded;
        co_await run_on(disk, [&] {
            stamp = stamp_of(*options.tls);
            if (asked || stamp != tls_stamp) loaded.emplace(load_tls(*options.tls));
        });
        if (!loaded) continue;
        tls_stamp = stamp;
        if (loaded->ok()) {
            take_certificate(std::move(*loaded).value());
            log(LogLevel::Info, "certificate_loaded");
        } else {
            log(LogLevel::Warning, "certificate_kept", {{"reason", std::string_view{loaded->error().code}}});
        }
    }
}

void ServerState::look_at_certificate()
{
    look_asked = true;
    next_look.cancel();
}

void ServerState::listen()
{
    try {
        tcp::resolver resolver(io);
        auto found = resolver.resolve(options.address, std::to_string(options.port), tcp::resolver::passive);
        auto endpoint = found.begin()->endpoint();
        acceptor.open(endpoint.protocol());
        acceptor.set_option(tcp::acceptor::reuse_address(true));
        acceptor.bind(endpoint);
        acceptor.listen();
        port = acceptor.local_endpoint().port();
    } catch (boost::system::system_error const& problem) {
        throw std::runtime_error("cannot listen on " + options.address + ":" + std::to_string(options.port) + ": " +
                                 problem.code().message());
    }
}

awaitable<void> ServerState::accept()
{
    while (!stopping) {
        error_code problem;
        tcp::socket socket = co_await acceptor.async_accept(asio::redirect_error(use_awaitable, problem));
        if (stopping) co_return;
        if (problem) {
            // Out of file descriptors, most likely: accepting again at once would spin.
            pause.expires_after(std::chrono::milliseconds(100));
            error_code ignored;
            co_await pause.async_wait(asio::redirect_error(use_awaitable, ignored));
            continue;
        }
        error_code ignored;
        socket.set_option(tcp::no_delay(true), ignored);
        welcome(std::move(socket));
    }
}

void ServerState::welcome(tcp::socket socket)
{
    if (connections.size() >= options.max_connections) {
        ++turned_away;
        // Words in clear would say nothing to a client that waits for a handshake.
        if (refusing < refused_at_once && !tls) asio::co_spawn(io, refuse_one(*this, std::move(socket)), complain);
        return;
    }
    if (tls) {
        auto connection = std::make_shared<Connection<TlsStream>>(*this, TlsStream(std::move(socket), *tls));
        asio::co_spawn(io, run_connection<TlsStream>(std::move(connection)), complain);
    } else {
        auto connection = std::make_shared<Connection<tcp::socket>>(*this, std::move(socket));
        asio::co_spawn(io, run_connection<tcp::socket>(std::move(connection)), complain);
    }
}

void ServerState::begin_stop()
{
    if (stopping) return;
    stopping = true;
    error_code ignored;
    acceptor.close(ignored);
    pause.cancel();
    next_look.cancel();
    guard.reset();
    auto now = connections;
    for (auto* connection : now) connection->drop_when_idle();
    if (connections.empty()) return;
    drain.expires_after(options.drain);
    drain.async_wait([this](error_code cancelled) {
        if (cancelled) return;
        for (auto* connection : connections) connection->cut();
    });
}

void ServerState::forget(AnyConnection* connection)
{
    connections.erase(connection);
    --open;
    if (stopping && connections.empty()) drain.cancel();
}

struct Server::Impl : ServerState {
    using ServerState::ServerState;
};

Server::Server(ServerOptions options, std::function<Response(Request&)> handle)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(handle)))
{
}

Server::~Server()
{
    impl_->stopping = false;   // whatever is left is torn down, not drained
    impl_->disk.join();
    impl_->workers.join();
    impl_->writers.join();
    impl_->patient.join();
}

void Server::run()
{
    asio::co_spawn(impl_->io, impl_->accept(), complain);
    if (impl_->tls) asio::co_spawn(impl_->io, impl_->watch_certificate(), complain);
    impl_->io.run();
}

void Server::stop()
{
    asio::post(impl_->io, [impl = impl_.get()] { impl->begin_stop(); });
}

std::uint16_t Server::port() const { return impl_->port; }

void Server::reload_certificate()
{
    if (impl_->options.tls) asio::post(impl_->io, [impl = impl_.get()] { impl->look_at_certificate(); });
}

void Server::when_alive(std::function<void()> quick) { asio::post(impl_->io, std::move(quick)); }

ServerFacts Server::facts() const
{
    ServerFacts facts;
    facts.connections = impl_->open;
    facts.turned_away = impl_->turned_away;
    facts.in_flight = impl_->in_flight;
    facts.waiting = impl_->waiting;
    facts.workers = static_cast<std::int64_t>(std::max<std::size_t>(1, impl_->options.worker_threads) + std::max<std::size_t>(1, impl_->options.writer_threads) + std::max<std::size_t>(1, impl_->options.patient_threads));
    if (impl_->options.tls) facts.certificate_expires = std::chrono::system_clock::from_time_t(impl_->certificate_expires);
    return facts;
}

}  // namespace greffier::web
