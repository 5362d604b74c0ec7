#pragma once
// One connection: reading and timing here, answering in connection_answer.hpp. Included by server.cpp alone. What a
// request means is decided in request_head.cpp, body_reader.cpp and answer.cpp, which know no socket.

#include <algorithm>
#include <array>
#include <boost/beast/http.hpp>
#include <cstdio>
#include <utility>

#include "core/id.hpp"
#include "core/log.hpp"
#include "web/body_reader.hpp"
#include "web/compress.hpp"
#include "web/request_head.hpp"
#include "web/server_state.hpp"

namespace greffier::web {

namespace http = boost::beast::http;
using Parser = http::request_parser<http::buffer_body>;

struct Leave {
    void operator()(std::atomic<std::int64_t>* count) const { --*count; }
};

/// One connection. Shared, because the watchdog's handler may come after the connection has ended.
template <class Stream>
class Connection final : public AnyConnection, public std::enable_shared_from_this<Connection<Stream>> {
public:
    Connection(ServerState& server, Stream stream)
        : server_(server), options_(server.options), stream_(std::move(stream)), watchdog_(server.io)
    {
        error_code ignored;
        auto peer = socket_of(stream_).remote_endpoint(ignored).address();
        if (peer.is_v6() && peer.to_v6().is_v4_mapped()) peer = asio::ip::make_address_v4(asio::ip::v4_mapped, peer.to_v6());
        address_ = peer.to_string();
        server_.connections.insert(this);
        ++server_.open;
    }
    ~Connection() override { server_.forget(this); }

    void drop_when_idle() override
    {
        if (idle_) cut();
    }
    void cut() override
    {
        error_code ignored;
        socket_of(stream_).close(ignored);
    }

    awaitable<void> run()
    {
        bool more = co_await greet();
        bool const greeted = more;
        for (bool first = true; more && !server_.stopping; first = false) more = co_await serve_one(first);
        if (greeted) co_await say_goodbye(std::chrono::seconds(2));
        watchdog_.cancel();
    }

private:
    struct Exchange {
        Request request;
        Framing framing;
        int minor_version = 1;
        SteadyClock::time_point started;
        std::vector<std::filesystem::path> files;
        std::uint64_t sent = 0;
    };

    awaitable<bool> greet();
    awaitable<void> say_goodbye(std::chrono::milliseconds patience);
    awaitable<bool> serve_one(bool first);
    awaitable<int> read_head(Parser& parser, Exchange& exchange, bool first);
    int understand(Parser& parser, Exchange& exchange);
    awaitable<int> read_body(Parser& parser, Exchange& exchange);
    awaitable<int> read_pieces(Parser& parser, Exchange& exchange, BodyReader& reader);
    awaitable<void> answer(Exchange& exchange);
    awaitable<void> refuse(Exchange& exchange, int status, bool address_known);
    awaitable<bool> send(Exchange& exchange, Response& response, bool keep_alive);
    awaitable<bool> send_file(Exchange& exchange, OpenFile const& file, Range part);
    awaitable<bool> send_stream(Exchange& exchange, Response& response, bool chunked);
    awaitable<bool> write(Exchange& exchange, std::string_view head, std::string_view body = {});
    awaitable<void> linger();
    awaitable<void> refuse_clear_text(char first);
    awaitable<bool> receive(std::size_t at_most);
    void arm(SteadyClock::time_point deadline);
    void finish(Exchange& exchange, int status);

    ServerState& server_;
    ServerOptions const& options_;
    Stream stream_;
    asio::steady_timer watchdog_;
    std::string address_;
    std::string input_;            ///< received and not yet consumed; holds pipelined requests
    std::uint64_t watch_ = 0;      ///< which arming of the watchdog is the current one
    bool idle_ = true;             ///< no byte of a request has come
    bool timed_out_ = false;
    bool said_goodbye_ = false;
};

/// The TLS handshake, within its time; false when there will be no conversation.
template <class Stream>
awaitable<bool> Connection<Stream>::greet()
{
    if constexpr (is_tls<Stream>) {
        constexpr char handshake_record = 0x16;
        arm(SteadyClock::now() + options_.handshake_timeout);
        error_code problem;
        auto& socket = socket_of(stream_);
        co_await socket.async_wait(tcp::socket::wait_read, asio::redirect_error(use_awaitable, problem));
        char first = 0;
        if (!problem) socket.receive(asio::buffer(&first, 1), tcp::socket::message_peek, problem);
        if (problem) co_return false;
        if (first != handshake_record) {
            co_await refuse_clear_text(first);
            co_return false;
        }
        co_await stream_.async_handshake(asio::ssl::stream_base::server, asio::redirect_error(use_awaitable, problem));
        co_return !problem;
    } else {
        co_return true;
    }
}

/// Says that nothing more comes, so that the client knows the last answer was not cut short by somebody on the line.
template <class Stream>
awaitable<void> Connection<Stream>::say_goodbye(std::chrono::milliseconds patience)
{
    if constexpr (is_tls<Stream>) {
        if (std::exchange(said_goodbye_, true) || !socket_of(stream_).is_open()) co_return;
        idle_ = true;
        arm(SteadyClock::now() + patience);
        error_code ignored;
        co_await stream_.async_shutdown(asio::redirect_error(use_awaitable, ignored));
    }
    co_return;
}

template <class Stream>
void Connection<Stream>::arm(SteadyClock::time_point deadline)
{
    timed_out_ = false;
    watchdog_.expires_at(deadline);
    watchdog_.async_wait([weak = this->weak_from_this(), watch = ++watch_](error_code problem) {
        auto self = weak.lock();
        if (problem || !self || self->watch_ != watch) return;
        self->timed_out_ = true;
        error_code ignored;
        socket_of(self->stream_).cancel(ignored);
    });
}

/// False at the end of the stream, on an error, or when the watchdog barked.
template <class Stream>
awaitable<bool> Connection<Stream>::receive(std::size_t at_most)
{
    if (timed_out_) co_return false;
    auto old = input_.size();
    input_.resize(old + at_most);
    error_code problem;
    auto space = asio::buffer(input_.data() + old, at_most);
    auto got = co_await stream_.async_read_some(space, asio::redirect_error(use_awaitable, problem));
    input_.resize(old + got);
    co_return !problem && got > 0;
}

/// Serves one request; false when the connection is to be closed.
template <class Stream>
awaitable<bool> Connection<Stream>::serve_one(bool first)
{
    Exchange exchange;
    exchange.request.id = Uuid::make().hex();
    exchange.request.remote_address = address_;
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(options_.max_header + options_.max_target + 1024));
    parser.body_limit(boost::none);

    idle_ = input_.empty();
    int status = co_await read_head(parser, exchange, first);
    if (status < 0) co_return false;
    exchange.started = SteadyClock::now();
    ++server_.in_flight;
    auto const counted = std::unique_ptr<std::atomic<std::int64_t>, Leave>(&server_.in_flight);
    bool address_known = false;
    if (status == 414 || status == 431) address_known = glimpse(input_, exchange.request);
    if (status == 0) {
        status = understand(parser, exchange);
        address_known = status != 501 && !exchange.request.path.empty();
    }
    if (status == 0) status = co_await read_body(parser, exchange);
    bool keep_alive = status == 0 && exchange.framing.keep_alive;
    if (status == 0) {
        co_await answer(exchange);
        keep_alive = exchange.framing.keep_alive;
    } else if (status > 0) {
        co_await refuse(exchange, status, address_known);
    }
    if (!exchange.files.empty()) {
        co_await run_on(server_.disk, [&exchange] {
            std::error_code ignored;
            for (auto const& path : exchange.files) std::filesystem::remove(path, ignored);
        });
    }
    co_return keep_alive;
}

/// 0 when the head is parsed; a status to refuse with; -1 when there is nobody to answer.
template <class Stream>
awaitable<int> Connection<Stream>::read_head(Parser& parser, Exchange&, bool first)
{
    HeadLimits limits{options_.max_target, options_.max_header, options_.max_fields};
    HeadScanner scanner(limits);
    if (input_.empty()) {
        arm(SteadyClock::now() + (first ? options_.header_timeout : options_.idle_timeout));
        if (!co_await receive(head_piece)) co_return -1;
    }
    idle_ = false;
    arm(SteadyClock::now() + options_.header_timeout);
    while (input_.starts_with("\r\n")) input_.erase(0, 2);   // RFC 9112 §2.2: some clients end a body with a line too many
    while (true) {
        auto found = scanner.scan(input_);
        if (found.status != 0) co_return found.status;
        if (found.size != 0) {
            error_code problem;
            auto used = parser.put(asio::const_buffer(input_.data(), found.size), problem);
            input_.erase(0, used);
            if (problem == http::error::bad_version) co_return 505;
            co_return problem || !parser.is_header_done() ? 400 : 0;
        }
        if (co_await receive(head_piece)) continue;
        co_return timed_out_ ? 408 : -1;
    }
}

template <class Stream>
int Connection<Stream>::understand(Parser& parser, Exchange& exchange)
{
    RawHead head;
    auto const& message = parser.get();
    head.method = std::string(message.method_string());
    head.target = std::string(message.target());
    head.minor_version = exchange.minor_version = message.version() % 10;
    for (auto const& field : message) head.fields.emplace_back(std::string(field.name_string()), std::string(field.value()));
    HeadLimits limits{options_.max_target, options_.max_header, options_.max_fields};
    auto visitor = server_.proxies.visitor(address_, head);
    replace_host(head, visitor, options_.allowed_hosts);
    exchange.request.remote_address = std::move(visitor.address);
    exchange.request.secure = visitor.secure.value_or(is_tls<Stream>);
    int status = web::read_head(head, limits, options_.allowed_hosts, exchange.request, exchange.framing);
    take_marks_off(exchange.request);
    return status;
}

template <class Stream>
awaitable<int> Connection<Stream>::read_body(Parser& parser, Exchange& exchange)
{
    auto const& framing = exchange.framing;
    if (!framing.chunked && framing.length.value_or(0) == 0) co_return 0;
    BodyLimits limits{options_.upload_directory, options_.memory_body, options_.max_upload, options_.max_fields};
    BodyReader reader(limits, exchange.request);
    if (auto problem = reader.begin(framing.length); problem != BodyProblem::None) co_return status_of(problem);
    if (framing.expects_continue && input_.empty()) {
        std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
        if (!co_await write(exchange, go_on)) co_return -1;
    }
    int status = co_await read_pieces(parser, exchange, reader);
    exchange.files = reader.files();
    co_return status;
}

template <class Stream>
awaitable<int> Connection<Stream>::read_pieces(Parser& parser, Exchange&, BodyReader& reader)
{
    std::string piece(piece_size, '\0');
    auto const begun = SteadyClock::now();
    std::uint64_t received = 0;
    auto problem = BodyProblem::None;
    arm(begun + options_.body_timeout);
    while (!parser.is_done()) {
        auto& body = parser.get().body();
        body.data = piece.data();
        body.size = piece.size();
        error_code error;
        auto used = parser.put(asio::const_buffer(input_.data(), input_.size()), error);
        input_.erase(0, used);
        if (error && error != http::error::need_buffer && error != http::error::need_more) co_return 400;
        auto got = piece.size() - body.size;
        if (got > 0) {
            received += got;
            co_await run_on(server_.disk, [&] { problem = reader.put({piece.data(), got}); });
            if (problem != BodyProblem::None) co_return status_of(problem);
        } else if (used == 0) {
            // Chunk extensions and trailers are no place to send megabytes.
            if (input_.size() > options_.max_header) co_return 400;
            arm(begun + options_.body_timeout + time_for(received));
            if (!co_await receive(piece_size)) co_return timed_out_ ? 408 : -1;
        }
    }
    co_await run_on(server_.disk, [&] { problem = reader.finish(); });
    co_return problem == BodyProblem::None ? 0 : status_of(problem);
}

}  // namespace greffier::web

#include "web/connection_answer.hpp"
