#pragma once
// The HTTP server: Boost.Beast behind a plain interface (its headers stay in server.cpp).
// One I/O thread reads and writes; a pool of workers runs the handler, another those that may write (they wait for the
// disk, and reads must not wait behind them); one more thread writes and reads files.
// HTTP/1.1 keep-alive, over TLS when given a certificate; limits give 400, 408, 413, 414, 421, 431, 501; a slow client holds a connection, never a
// worker. Every answer gets Date, X-Request-Id and the headers of security_headers.hpp. Signals belong to the
// caller, who calls stop().

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "web/answer.hpp"
#include "web/message.hpp"
#include "web/tls.hpp"

namespace greffier::web {

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;                    ///< 0 = any free port (see Server::port)
    std::vector<std::string> allowed_hosts;       ///< Host values accepted ("name" or "name:port"); others get 421. Empty: loopback names
    std::filesystem::path upload_directory;       ///< where bodies above `memory_body` and files go; created 0700 when absent
    std::size_t worker_threads = 2;               ///< for GET and HEAD: they compute, more than cores would hinder each other
    std::size_t writer_threads = 2;               ///< for the others: those that wait for a commit together share it
    std::size_t max_target = 9000;   // the ids of 200 ticked records fit
    std::size_t max_header = 32 * 1024;
    std::size_t memory_body = 1024 * 1024;        ///< larger non-multipart bodies are refused (413) unless upload
    std::uint64_t max_upload = 64ULL * 1024 * 1024;
    std::size_t max_fields = 5000;                ///< form fields in one request
    std::size_t max_connections = 2000;           ///< the next ones get 503 at once
    /// A body and an answer get these plus a second for each 8 KiB moved: slow lines pass, dripping clients do not.
    std::chrono::milliseconds header_timeout{10'000}, body_timeout{120'000}, idle_timeout{60'000}, write_timeout{60'000};
    std::chrono::milliseconds drain{20'000};
    /// Requests that wait for a computation done one at a time, or for another machine: they have workers of their own, so that pages
    /// do not wait behind them, and those too many get 429.
    std::function<bool(Request const&)> waits_for_others = {};
    std::size_t patient_threads = 4, most_patient = 64;
    std::vector<std::string> trusted_proxies = {};   ///< CIDR; what they say of their visitors is believed (forwarded.hpp)
    bool forwarded_only = false;                     ///< …in the Forwarded header alone
    bool gzip = true;                                ///< text, for those who ask for it (compress.hpp)
    std::optional<TlsFiles> tls = {};                ///< https instead of http; the files are read again when they change
    std::chrono::milliseconds handshake_timeout{10'000}, certificate_look{10'000};
    /// Words for what the server refuses itself once it knows the address (400, 413, 415, 421 …); runs on a worker.
    std::function<Response(Request const&, int status)> refusal = {};
    std::function<void(AccessLine const&)> access_log = log_access;   ///< on the I/O thread: quick, never throws
};

/// How the server fares at this instant.
struct ServerFacts {
    std::int64_t connections = 0, turned_away = 0;          ///< open now; refused with 503 since the start
    std::int64_t in_flight = 0, waiting = 0, workers = 0;   ///< requests being served; those of them that wait for a worker; workers of all pools
    std::optional<std::chrono::system_clock::time_point> certificate_expires;
};

class Server {
public:
    /// `handle` runs on a worker; it must not throw. Binds at once: an address in use, or a certificate that load_tls()
    /// refuses, throws std::runtime_error.
    /// Files of Request::files are removed once `handle` has returned, unless it moved them away.
    Server(ServerOptions options, std::function<Response(Request&)> handle);
    ~Server();
    Server(Server const&) = delete;
    Server& operator=(Server const&) = delete;
    /// Blocks until stop(), then until the requests in flight are answered: their connections are cut after `drain`,
    /// but a handler is never interrupted. To be called once.
    void run();
    /// Ceases to accept and drops idle connections; returns at once (run() returns later). Thread-safe.
    void stop();
    [[nodiscard]] std::uint16_t port() const;
    /// Reads the certificate again though nothing seems to have changed; a bad one is logged and the old one kept. Thread-safe.
    void reload_certificate();
    /// Runs `quick` on the I/O thread: that it runs proves that the server serves. Thread-safe.
    void when_alive(std::function<void()> quick);
    [[nodiscard]] ServerFacts facts() const;   ///< thread-safe

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace greffier::web
