#pragma once
// Inside of the server; included by server.cpp and connection.hpp alone, for Asio takes long to compile.

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <set>

#include "web/forwarded.hpp"
#include "web/server.hpp"

namespace greffier::web {

namespace asio = boost::asio;
using asio::awaitable;
using asio::use_awaitable;
using asio::ip::tcp;
using boost::system::error_code;
using SteadyClock = std::chrono::steady_clock;

inline constexpr std::size_t piece_size = 64 * 1024;
inline constexpr std::size_t head_piece = 4 * 1024;

using TlsStream = asio::ssl::stream<tcp::socket>;
template <class Stream>
inline constexpr bool is_tls = std::is_same_v<Stream, TlsStream>;

/// Nothing else looks under the stream.
inline tcp::socket& socket_of(tcp::socket& socket) { return socket; }
inline tcp::socket& socket_of(TlsStream& stream) { return stream.next_layer(); }

inline std::chrono::milliseconds time_for(std::uint64_t bytes) { return std::chrono::seconds(bytes / 8192); }

/// Runs `work` on a pool and comes back to the I/O thread. `work` must not throw; what it refers to stays
/// in the frame of the coroutine that waits.
template <class Work>
awaitable<void> run_on(asio::thread_pool& pool, Work work)
{
    auto start = [&pool](auto done, Work todo) {
        auto home = asio::get_associated_executor(done);
        // The guard keeps the I/O thread from ending while a worker still has something to bring back.
        asio::post(pool, [done = std::move(done), todo = std::move(todo), guard = asio::make_work_guard(home)]() mutable {
            todo();
            asio::post(guard.get_executor(), std::move(done));
        });
    };
    co_await asio::async_initiate<asio::use_awaitable_t<> const, void()>(std::move(start), use_awaitable, std::move(work));
}

class OpenFile {
public:
    OpenFile() = default;
    ~OpenFile()
    {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    OpenFile(OpenFile const&) = delete;
    OpenFile& operator=(OpenFile const&) = delete;

    bool open(std::filesystem::path const& path)
    {
        descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        struct stat facts{};
        if (descriptor_ < 0 || ::fstat(descriptor_, &facts) != 0 || !S_ISREG(facts.st_mode)) return false;
        size = static_cast<std::uint64_t>(facts.st_size);
        return true;
    }
    /// Bytes read; 0 on failure or when the file became shorter.
    std::size_t read(std::uint64_t from, char* into, std::size_t count) const
    {
        auto got = ::pread(descriptor_, into, count, static_cast<off_t>(from));
        return got > 0 ? static_cast<std::size_t>(got) : 0;
    }

    std::uint64_t size = 0;

private:
    int descriptor_ = -1;
};

class AnyConnection {
public:
    virtual ~AnyConnection() = default;
    virtual void drop_when_idle() = 0;
    virtual void cut() = 0;
};

/// What all connections share; only the I/O thread touches it, but for the counters.
struct ServerState {
    ServerState(ServerOptions given, std::function<Response(Request&)> handler);
    void listen();
    void load_certificate();
    void take_certificate(TlsContext context);
    awaitable<void> accept();
    void welcome(tcp::socket socket);
    awaitable<void> watch_certificate();
    void look_at_certificate();
    void begin_stop();
    void forget(AnyConnection* connection);

    ServerOptions options;
    std::function<Response(Request&)> handle;
    TrustedProxies proxies;
    std::set<AnyConnection*> connections;
    std::size_t refusing = 0;
    bool stopping = false;
    std::uint16_t port = 0;
    asio::io_context io{1};
    asio::executor_work_guard<asio::io_context::executor_type> guard{io.get_executor()};
    tcp::acceptor acceptor{io};
    asio::steady_timer pause{io}, drain{io}, next_look{io};
    asio::thread_pool workers, writers, patient, disk{1};
    std::atomic<std::int64_t> patient_waiting{0};
    /// Where a request is handled.
    asio::thread_pool& pool_of(Request const& request)
    {
        if (options.waits_for_others && options.waits_for_others(request)) return patient;
        return request.method == Method::Get || request.method == Method::Head ? workers : writers;
    }
    std::optional<asio::ssl::context> tls;   ///< for the next connections; those that stand keep theirs
    std::string tls_stamp;
    bool look_asked = false;
    std::atomic<std::int64_t> open{0}, in_flight{0}, waiting{0}, turned_away{0}, certificate_expires{0};
};

}  // namespace greffier::web
