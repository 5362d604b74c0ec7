#pragma once
// The HTTP server: Boost.Beast behind a plain interface (its headers stay in server.cpp).
// One I/O thread reads and writes; a pool of workers runs the handler. HTTP/1.1 keep-alive; limits give
// 408, 413, 414, 431, 400; a slow client holds a connection, never a worker. SIGTERM handling belongs to the
// caller: stop() ceases to accept, lets requests in flight finish (at most `drain`), then returns.

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "web/message.hpp"

namespace greffier::web {

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;                    ///< 0 = any free port (see Server::port)
    std::vector<std::string> allowed_hosts;       ///< Host values accepted ("name" or "name:port"); others get 421/400
    std::filesystem::path upload_directory;       ///< where bodies above `memory_body` and files go
    std::size_t worker_threads = 2;
    std::size_t max_target = 8 * 1024;
    std::size_t max_header = 32 * 1024;
    std::size_t memory_body = 1024 * 1024;        ///< larger non-multipart bodies are refused (413) unless upload
    std::uint64_t max_upload = 64ULL * 1024 * 1024;
    std::size_t max_fields = 5000;                ///< form fields in one request
    std::size_t max_connections = 2000;
    std::chrono::seconds header_timeout{10}, body_timeout{120}, idle_timeout{60}, write_timeout{60};
    std::chrono::seconds drain{20};
};

class Server {
public:
    /// `handle` runs on a worker; it must not throw. Binds at once: an address in use throws std::runtime_error.
    Server(ServerOptions options, std::function<Response(Request&)> handle);
    ~Server();
    void run();                                   ///< blocks until stop()
    void stop();                                  ///< thread-safe
    [[nodiscard]] std::uint16_t port() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace greffier::web
