#pragma once
// The second half of Connection: answering. Included by connection.hpp alone.

#include "web/connection.hpp"

namespace greffier::web {

template <class Stream>
awaitable<void> Connection<Stream>::answer(Exchange& exchange)
{
    Response response;
    auto& pool = server_.pool_of(exchange.request);
    bool const is_patient = &pool == &server_.patient;
    if (is_patient && server_.patient_waiting >= static_cast<std::int64_t>(options_.most_patient)) {
        co_await refuse(exchange, 429, true);
        exchange.framing.keep_alive = false;
        co_return;
    }
    if (is_patient) ++server_.patient_waiting;
    ++server_.waiting;
    co_await run_on(pool, [&] {
        --server_.waiting;
        if (is_patient) --server_.patient_waiting;
        try {
            response = server_.handle(exchange.request);
            if (options_.gzip) pack(exchange.request, response);
        } catch (std::exception const&) {
            log(LogLevel::Failure, "handler_threw", {{"id", exchange.request.id}});   // what() may quote what a person typed
            response = plain_refusal(500);
        }
    });
    bool keep_alive = exchange.framing.keep_alive && !server_.stopping;
    exchange.framing.keep_alive = co_await send(exchange, response, keep_alive);
}

template <class Stream>
awaitable<void> Connection<Stream>::refuse(Exchange& exchange, int status, bool address_known)
{
    Response response = plain_refusal(status);
    if (address_known && options_.refusal) {
        co_await run_on(server_.workers, [&] {
            try {
                response = options_.refusal(exchange.request, status);
            } catch (std::exception const&) {
                response = plain_refusal(status);
            }
        });
    }
    timed_out_ = false;
    co_await send(exchange, response, false);
    co_await linger();
}

/// True when the connection can serve another request.
template <class Stream>
awaitable<bool> Connection<Stream>::send(Exchange& exchange, Response& response, bool keep_alive)
{
    OpenFile file;
    if (response.file) {
        bool opened = false;
        co_await run_on(server_.disk, [&] { opened = file.open(*response.file); });
        if (!opened) response = plain_refusal(500);
    }
    AnswerContext context;
    context.minor_version = exchange.minor_version;
    context.keep_alive = keep_alive;
    context.secure = exchange.request.secure;
    if (response.file) context.file_size = file.size;
    context.now = std::chrono::system_clock::now();
    auto plan = plan_answer(exchange.request, response, context);
    using Body = AnswerPlan::Body;
    std::string_view text;
    if (plan.body == Body::Text) text = std::string_view{response.body}.substr(plan.part.first, plan.part.length);
    bool fine = co_await write(exchange, plan.head, text);
    if (fine && plan.body == Body::File) fine = co_await send_file(exchange, file, plan.part);
    if (fine && (plan.body == Body::Chunks || plan.body == Body::UntilClose))
        fine = co_await send_stream(exchange, response, plan.body == Body::Chunks);
    finish(exchange, plan.status);
    co_return fine && plan.keep_alive;
}

template <class Stream>
awaitable<bool> Connection<Stream>::send_file(Exchange& exchange, OpenFile const& file, Range part)
{
    std::string piece(std::min<std::uint64_t>(piece_size, part.length), '\0');
    while (part.length > 0) {
        std::size_t got = 0;
        co_await run_on(server_.disk, [&] {
            got = file.read(part.first, piece.data(), std::min<std::uint64_t>(piece.size(), part.length));
        });
        if (got == 0) co_return false;   // the promised length cannot be kept: cut rather than lie
        if (!co_await write(exchange, std::string_view{piece}.substr(0, got))) co_return false;
        part.first += got;
        part.length -= got;
    }
    co_return true;
}

template <class Stream>
awaitable<bool> Connection<Stream>::send_stream(Exchange& exchange, Response& response, bool chunked)
{
    while (true) {
        std::string piece;
        bool failed = false;
        co_await run_on(server_.workers, [&] {
            try {
                piece = response.stream();
            } catch (std::exception const&) {
                failed = true;
            }
        });
        if (failed) co_return false;   // without the last chunk the client knows that something is missing
        std::string head;
        if (chunked) {
            char size[24];
            std::snprintf(size, sizeof size, "%zx\r\n", piece.size());
            head = size;
        }
        bool last = piece.empty();
        if (chunked) piece += "\r\n";
        if (!co_await write(exchange, head, piece)) co_return false;
        if (last) co_return true;
    }
}

template <class Stream>
awaitable<bool> Connection<Stream>::write(Exchange& exchange, std::string_view head, std::string_view body)
{
    auto const begun = SteadyClock::now();
    std::uint64_t written = 0;
    std::string joined;
    if (is_tls<Stream> && !head.empty() && !body.empty() && body.size() <= piece_size) {   // one record instead of two
        joined.append(head).append(body);
        head = joined;
        body = {};
    }
    while (!head.empty() || !body.empty()) {
        arm(begun + options_.write_timeout + time_for(written));
        std::array<asio::const_buffer, 2> buffers;
        buffers[0] = asio::const_buffer(head.data(), head.size());
        buffers[1] = asio::const_buffer(body.data(), body.size());
        error_code problem;
        auto sent = co_await stream_.async_write_some(buffers, asio::redirect_error(use_awaitable, problem));
        if (problem) co_return false;
        written += sent;
        exchange.sent += sent;
        auto of_head = std::min(sent, head.size());
        head.remove_prefix(of_head);
        body.remove_prefix(sent - of_head);
    }
    co_return true;
}

/// Closing at once on a client that still sends would reset the connection and lose the answer on its way.
template <class Stream>
awaitable<void> Connection<Stream>::linger()
{
    idle_ = true;
    co_await say_goodbye(std::chrono::seconds(3));
    auto& socket = socket_of(stream_);
    error_code problem;
    socket.shutdown(tcp::socket::shutdown_send, problem);
    arm(SteadyClock::now() + std::chrono::seconds(3));
    std::string piece(piece_size, '\0');
    problem.clear();
    for (std::size_t drained = 0; drained < 32 * 1024 * 1024 && !server_.stopping && !problem && !timed_out_;)
        drained += co_await socket.async_read_some(asio::buffer(piece), asio::redirect_error(use_awaitable, problem));
    input_.clear();
}

/// Somebody typed http:// for an https port: a browser shows these words, where a silent end would puzzle.
template <class Stream>
awaitable<void> Connection<Stream>::refuse_clear_text(char first)
{
    if (first < 'A' || first > 'Z') co_return;
    std::string_view const words = "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 74\r\nConnection: close\r\n\r\n"
                                   "Cette adresse se lit en https.\nThis address is read over https, not http.\n";
    said_goodbye_ = true;
    error_code problem;
    co_await asio::async_write(socket_of(stream_), asio::const_buffer(words.data(), words.size()), asio::redirect_error(use_awaitable, problem));
    if (!problem) co_await linger();
}

template <class Stream>
void Connection<Stream>::finish(Exchange& exchange, int status)
{
    if (!options_.access_log) return;
    auto const& request = exchange.request;
    AccessLine line;
    line.method = request.path.empty() ? "-" : name_of(request.method);
    line.route = request.route.empty() ? "-" : std::string_view{request.route};
    line.status = status;
    line.took = std::chrono::duration_cast<std::chrono::microseconds>(SteadyClock::now() - exchange.started);
    line.bytes = exchange.sent;
    line.id = request.id;
    options_.access_log(line);
}

}  // namespace greffier::web
