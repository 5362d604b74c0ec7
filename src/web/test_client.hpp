#pragma once
// For tests: a client that writes exactly the bytes it is told, which no HTTP library would.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace greffier::web {

class TestClient {
public:
    explicit TestClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        timeval patience{20, 0};   // a broken server must fail the test, not hang it
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        if (::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) throw std::runtime_error("cannot connect");
    }
    ~TestClient() { ::close(socket_); }
    TestClient(TestClient const&) = delete;
    TestClient& operator=(TestClient const&) = delete;

    /// False when the server has hung up.
    bool send(std::string_view bytes)
    {
        while (!bytes.empty()) {
            auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    struct Answer {
        int status = 0;
        std::string head, body;
        [[nodiscard]] bool has(std::string_view line) const { return head.find("\r\n" + std::string(line) + "\r\n") != head.npos; }
    };
    /// The next answer; status 0 at the end of the stream. A head without length is taken for chunked.
    Answer read(bool head_only = false)
    {
        Answer answer;
        while (buffer_.find("\r\n\r\n") == buffer_.npos)
            if (!fill()) return answer;
        answer.head = take(buffer_.find("\r\n\r\n") + 4);
        answer.status = std::atoi(answer.head.c_str() + 9);
        if (head_only || answer.status == 204 || answer.status == 304 || answer.status == 100) return answer;
        auto length = answer.head.find("\r\nContent-Length: ");
        if (length != answer.head.npos) answer.body = take(std::strtoull(answer.head.c_str() + length + 18, nullptr, 10));
        else answer.body = read_chunks();
        return answer;
    }
    Answer ask(std::string_view request)
    {
        send(request);
        return read();
    }
    /// True when the server has closed, with nothing more to read.
    bool is_closed() { return buffer_.empty() && !fill(); }

private:
    bool fill()
    {
        char piece[65536];
        auto got = ::recv(socket_, piece, sizeof piece, 0);
        if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) throw std::runtime_error("the server says nothing");
        if (got > 0) buffer_.append(piece, static_cast<std::size_t>(got));
        return got > 0;
    }
    std::string take(std::size_t count)
    {
        while (buffer_.size() < count && fill()) {}
        auto taken = buffer_.substr(0, count);
        buffer_.erase(0, count);
        return taken;
    }
    std::string read_chunks()
    {
        std::string all;
        while (true) {
            while (buffer_.find("\r\n") == buffer_.npos)
                if (!fill()) return all + "(cut)";
            auto size = std::strtoull(take(buffer_.find("\r\n") + 2).c_str(), nullptr, 16);
            auto piece = take(size + 2);
            if (size == 0) return all;
            all += piece.substr(0, size);
        }
    }

    int socket_;
    std::string buffer_;
};

}  // namespace greffier::web
