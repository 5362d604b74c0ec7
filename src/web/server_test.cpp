#include "web/server.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <fstream>
#include <future>
#include <latch>
#include <mutex>
#include <thread>

#include "core/crypto.hpp"
#include "web/test_client.hpp"

namespace greffier::web {
namespace {

/// A server on a free port, its own thread and a directory of its own, both gone at the end.
class Running {
public:
    explicit Running(std::function<void(ServerOptions&)> adjust = {}, std::function<Response(Request&)> handle = {})
        : directory_(std::filesystem::temp_directory_path() / ("greffier-web-" + random_token(128)))
    {
        ServerOptions options;
        options.port = 0;
        options.upload_directory = directory_;
        options.access_log = [this](AccessLine const& line) {
            std::lock_guard lock(mutex_);
            log_ += std::string(line.method) + " " + std::string(line.route) + " " + std::to_string(line.status) + "\n";
        };
        if (adjust) adjust(options);
        server.emplace(std::move(options), handle ? std::move(handle) : [](Request& request) { return echo(request); });
        thread_ = std::thread([this] { server->run(); });
    }
    ~Running()
    {
        stop();
        std::filesystem::remove_all(directory_);
    }
    void stop()
    {
        server->stop();
        if (thread_.joinable()) thread_.join();
    }
    static Response echo(Request& request)
    {
        request.route = "/echo";
        std::string text(name_of(request.method));
        text += " " + request.path;
        for (auto const& [name, value] : request.form) text += " " + name + "=" + value;
        text += " [" + request.body + "]";
        return Response::text(text);
    }
    [[nodiscard]] std::uint16_t port() const { return server->port(); }
    [[nodiscard]] std::filesystem::path const& directory() const { return directory_; }
    [[nodiscard]] std::string log()
    {
        std::lock_guard lock(mutex_);
        return log_;
    }
    std::optional<Server> server;

private:
    std::filesystem::path directory_;
    std::mutex mutex_;
    std::string log_;
    std::thread thread_;
};

std::string get(std::string_view path, std::string_view more = "")
{
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(more) + "\r\n";
}
std::string post(std::string_view type, std::string_view body)
{
    return "POST /p HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + std::string(type) + "\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + std::string(body);
}

TEST(Server, keeps_a_connection_for_several_requests)
{
    Running running;
    TestClient client(running.port());
    auto first = client.ask(get("/a?q=secret"));
    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(first.body, "GET /a []");
    EXPECT_TRUE(first.has("X-Content-Type-Options: nosniff"));
    EXPECT_EQ(client.ask(post("application/x-www-form-urlencoded", "a=1&b=%C3%A9")).body, "POST /p a=1 b=é []");
    EXPECT_EQ(client.ask(get("/b", "Connection: close\r\n")).body, "GET /b []");
    EXPECT_TRUE(client.is_closed());
    EXPECT_EQ(running.log(), "GET /echo 200\nPOST /echo 200\nGET /echo 200\n");
}

TEST(Server, answers_pipelined_requests_in_order)
{
    Running running;
    TestClient client(running.port());
    client.send(get("/1") + post("text/plain", "two") + get("/3"));
    EXPECT_EQ(client.read().body, "GET /1 []");
    EXPECT_EQ(client.read().body, "POST /p [two]");
    EXPECT_EQ(client.read().body, "GET /3 []");
}

TEST(Server, answers_head_with_the_length_and_no_body)
{
    Running running;
    TestClient client(running.port());
    client.send("HEAD /a HTTP/1.1\r\nHost: localhost\r\n\r\n" + get("/b"));
    auto head = client.read(true);
    EXPECT_TRUE(head.has("Content-Length: 10"));
    EXPECT_EQ(client.read().body, "GET /b []");
}

TEST(Server, reads_chunked_bodies)
{
    Running running;
    TestClient client(running.port());
    client.send("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nTrailer: t\r\n\r\n" + get("/n"));
    EXPECT_EQ(client.read().body, "POST / [abcde]");
    EXPECT_EQ(client.read().body, "GET /n []");
}

TEST(Server, refuses_what_is_not_proper_http_and_closes)
{
    Running running([](ServerOptions& options) {
        options.max_target = 100;
        options.max_header = 500;
        options.memory_body = 100;
    });
    auto status = [&](std::string const& request) {
        TestClient client(running.port());
        auto answer = client.ask(request);
        EXPECT_TRUE(answer.has("Connection: close")) << request;
        EXPECT_TRUE(client.is_closed()) << request;
        return answer.status;
    };
    EXPECT_EQ(status("GET / HTTP/1.1\r\n\r\n"), 400);
    EXPECT_EQ(status("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n"), 421);
    EXPECT_EQ(status("GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n"), 400);
    EXPECT_EQ(status("GET / HTTP/1.1\nHost: localhost\n\n"), 400);
    EXPECT_EQ(status("nonsense\r\n\r\n"), 400);
    EXPECT_EQ(status("GET / HTTP/1.1\r\nHost : localhost\r\n\r\n"), 400);
    EXPECT_EQ(status("GET / HTTP/1.1\r\nHost: localhost\r\n folded: x\r\n\r\n"), 400);
    EXPECT_EQ(status("GET / HTTP/2.0\r\nHost: localhost\r\n\r\n"), 505);
    EXPECT_EQ(status("BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n"), 501);
    EXPECT_EQ(status("TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n"), 501);
    EXPECT_EQ(status(get("/" + std::string(200, 'a'))), 414);
    EXPECT_EQ(status(get("/", "X: " + std::string(600, 'a') + "\r\n")), 431);
    EXPECT_EQ(status("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400);
    EXPECT_EQ(status("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc"), 400);
    EXPECT_EQ(status("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), 400);
    EXPECT_EQ(status(post("application/json", std::string(101, 'a'))), 413);
    EXPECT_EQ(status(post("application/x-www-form-urlencoded", "a=%zz")), 400);
    EXPECT_EQ(status(post("multipart/form-data", "x")), 400);
    EXPECT_EQ(status("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx"), 415);
    EXPECT_EQ(status("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n80\r\n" + std::string(128, 'a') + "\r\n"), 413);
}

TEST(Server, lets_the_application_word_its_refusals)
{
    Running running([](ServerOptions& options) {
        options.memory_body = 10;
        options.refusal = [](Request const& request, int status) { return Response::text("words for " + request.path, status); };
    });
    TestClient client(running.port());
    auto answer = client.ask(post("text/plain", std::string(11, 'a')));
    EXPECT_EQ(answer.status, 413);
    EXPECT_EQ(answer.body, "words for /p");
}

TEST(Server, says_continue_before_the_body_or_refuses_without_it)
{
    Running running([](ServerOptions& options) { options.memory_body = 10; });
    TestClient client(running.port());
    auto head = [](int length) {
        return "POST / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n";
    };
    EXPECT_EQ(client.ask(head(3)).status, 100);
    EXPECT_EQ(client.ask("abc").body, "POST / [abc]");
    EXPECT_EQ(client.ask(head(11)).status, 413);
}

TEST(Server, serves_others_while_slow_clients_hold_their_connections)
{
    Running running([](ServerOptions& options) { options.worker_threads = 1; });
    std::vector<std::unique_ptr<TestClient>> slow;
    for (int i = 0; i < 20; ++i) {
        slow.push_back(std::make_unique<TestClient>(running.port()));
        slow.back()->send(i % 2 == 0 ? "GET / HTT" : "POST /slow HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nab");
    }
    TestClient quick(running.port());
    EXPECT_EQ(quick.ask(get("/quick")).body, "GET /quick []");
    EXPECT_EQ(slow[1]->ask("cd").body, "POST /slow [abcd]");
}

TEST(Server, writes_wait_together_and_no_reading_waits_behind_them)
{
    std::latch all_in{3};
    std::promise<void> leave;
    Running running([](ServerOptions& options) { options.writer_threads = 3; }, [&, left = leave.get_future().share()](Request& request) {
        if (request.method == Method::Get) return Response::text("read");
        all_in.count_down();
        left.wait();
        return Response::text("written");
    });
    std::vector<std::unique_ptr<TestClient>> writing(3);
    for (auto& client : writing) (client = std::make_unique<TestClient>(running.port()))->send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
    all_in.wait();
    EXPECT_EQ(TestClient(running.port()).ask(get("/")).body, "read");
    leave.set_value();
    for (auto& client : writing) EXPECT_EQ(client->read().body, "written");
}

TEST(Server, drops_clients_that_dawdle)
{
    Running running([](ServerOptions& options) {
        options.header_timeout = options.body_timeout = options.idle_timeout = std::chrono::milliseconds(400);
    });
    TestClient silent(running.port()), head(running.port()), body(running.port()), idle(running.port());
    head.send("GET / HTTP/1.1\r\nHo");
    body.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nab");
    EXPECT_EQ(idle.ask(get("/")).status, 200);
    EXPECT_TRUE(silent.is_closed());
    EXPECT_EQ(head.read().status, 408);
    EXPECT_EQ(body.read().status, 408);
    EXPECT_TRUE(idle.is_closed());
}

TEST(Server, finishes_what_is_in_flight_when_stopped)
{
    std::promise<void> entered, leave;
    auto left = leave.get_future().share();
    Running running({}, [&](Request&) {
        entered.set_value();
        left.wait();
        return Response::text("done");
    });
    TestClient busy(running.port()), idle(running.port());
    busy.send(get("/"));
    entered.get_future().wait();
    running.server->stop();
    EXPECT_TRUE(idle.is_closed());
    leave.set_value();
    auto answer = busy.read();
    EXPECT_EQ(answer.body, "done");
    EXPECT_TRUE(answer.has("Connection: close"));
    running.stop();
    EXPECT_THROW(TestClient{running.port()}, std::runtime_error);
}

TEST(Server, cuts_what_does_not_end_within_the_drain)
{
    Running running([](ServerOptions& options) { options.drain = std::chrono::milliseconds(50); });
    TestClient stuck(running.port());
    stuck.send("POST / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
    EXPECT_EQ(stuck.read().status, 100);
    running.stop();
    EXPECT_TRUE(stuck.is_closed());
}

TEST(Server, says_503_at_once_beyond_its_connections)
{
    Running running([](ServerOptions& options) { options.max_connections = 2; });
    TestClient one(running.port()), two(running.port());
    EXPECT_EQ(one.ask(get("/")).status, 200);
    EXPECT_EQ(two.ask(get("/")).status, 200);
    TestClient three(running.port());
    EXPECT_EQ(three.ask(get("/")).status, 503);
    EXPECT_EQ(one.ask(get("/")).status, 200);
}

TEST(Server, lets_no_page_wait_behind_those_who_sign_in_and_says_429_to_one_too_many)
{
    std::promise<void> leave;
    auto const left = leave.get_future().share();
    std::atomic<int> inside = 0;
    Running running(
        [](ServerOptions& options) {
            options.waits_for_others = [](Request const& request) { return request.path == "/slow"; };
            options.patient_threads = 1;
            options.most_patient = 1;
        },
        [&](Request& request) {
            if (request.path == "/slow") {
                ++inside;
                left.wait();
            }
            return Response::text("done");
        });
    TestClient first(running.port()), second(running.port()), third(running.port()), reader(running.port());
    first.send(get("/slow"));
    while (inside == 0) std::this_thread::yield();
    second.send(get("/slow"));
    while (running.server->facts().waiting == 0) std::this_thread::yield();
    EXPECT_EQ(third.ask(get("/slow")).status, 429);
    EXPECT_EQ(reader.ask(get("/")).status, 200);
    leave.set_value();
    EXPECT_EQ(first.read().status, 200);
    EXPECT_EQ(second.read().status, 200);
}

TEST(Server, streams_files_whole_or_in_part)
{
    auto path = std::filesystem::temp_directory_path() / ("greffier-file-" + random_token(128));
    std::string content;
    for (int i = 0; i < 60'000; ++i) content += std::to_string(i);
    std::ofstream(path, std::ios::binary) << content;
    Running running({}, [&](Request&) { return Response::download_file("a.txt", "text/plain", path); });
    TestClient client(running.port());
    auto whole = client.ask(get("/"));
    EXPECT_EQ(whole.status, 200);
    EXPECT_EQ(whole.body, content);
    auto part = client.ask(get("/", "Range: bytes=100000-200000\r\n"));
    EXPECT_EQ(part.status, 206);
    EXPECT_EQ(part.body, content.substr(100'000, 100'001));
    EXPECT_TRUE(part.has("Content-Range: bytes 100000-200000/" + std::to_string(content.size())));
    EXPECT_EQ(client.ask(get("/", "Range: bytes=9999999-\r\n")).status, 416);
    std::filesystem::remove(path);
    EXPECT_EQ(client.ask(get("/")).status, 500);
}

TEST(Server, streams_what_a_producer_gives_and_cuts_when_it_fails)
{
    std::atomic<int> pieces = 0;
    Running running({}, [&](Request& request) {
        Response response;
        bool fails = request.path == "/fails";
        pieces = 0;
        response.stream = [&pieces, fails] {
            if (++pieces > 3 && fails) throw std::runtime_error("no more");
            return pieces > 3 ? std::string() : std::string(100'000, static_cast<char>('a' + pieces));
        };
        return response;
    });
    TestClient client(running.port());
    auto answer = client.ask(get("/"));
    EXPECT_EQ(answer.body, std::string(100'000, 'b') + std::string(100'000, 'c') + std::string(100'000, 'd'));
    EXPECT_TRUE(client.ask(get("/fails")).body.ends_with("(cut)"));
}

TEST(Server, turns_a_throwing_handler_into_an_opaque_500)
{
    Running running({}, [](Request&) -> Response { throw std::runtime_error("secret"); });
    TestClient client(running.port());
    auto answer = client.ask(get("/"));
    EXPECT_EQ(answer.status, 500);
    EXPECT_EQ(answer.body.find("secret"), std::string::npos);
}

TEST(Server, refuses_an_address_in_use)
{
    Running running;
    ServerOptions options;
    options.port = running.port();
    EXPECT_THROW(Server(options, [](Request&) { return Response{}; }), std::runtime_error);
}

bool is_empty_directory(std::filesystem::path const& directory) { return std::filesystem::is_empty(directory); }

TEST(Server, puts_an_upload_of_5_MB_on_disk_and_removes_it_afterwards)
{
    std::string content(5 * 1024 * 1024, '\0');
    for (std::size_t i = 0; i < content.size(); ++i) content[i] = static_cast<char>(i * 7919 >> 3);
    Running running({}, [&](Request& request) {
        if (request.files.size() != 1 || !request.form.has("note")) return Response::text("wrong form", 500);
        auto const& file = request.files[0];
        struct stat facts{};
        ::stat(file.path.c_str(), &facts);
        std::ifstream in(file.path, std::ios::binary);
        std::string stored{std::istreambuf_iterator<char>(in), {}};
        bool same = stored == content && file.size == content.size();
        return Response::text(file.field + " " + file.name + " " + (same ? "same" : "differs") + " " + std::to_string(facts.st_mode & 0777));
    });
    auto body = "--B\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nun\r\n--B\r\nContent-Disposition: form-data; name=\"file\"; "
                "filename=\"c:\\a\\registre.ods\"\r\n\r\n" + content + "\r\n--B--\r\n";
    TestClient client(running.port());
    EXPECT_EQ(client.ask(post("multipart/form-data; boundary=B", body)).body, "file registre.ods same " + std::to_string(0600));
    client.ask(get("/"));   // answered after the files of the first request are gone
    EXPECT_TRUE(is_empty_directory(running.directory()));
}

TEST(Server, spills_a_spreadsheet_sent_as_a_body_and_nothing_else)
{
    Running running([](ServerOptions& options) {
        options.memory_body = 1000;
        options.max_upload = 5000;
    }, [](Request& request) {
        return Response::text(std::to_string(request.body.size()) + "/" + (request.files.empty() ? "-" : std::to_string(request.files[0].size)));
    });
    auto ask = [&](std::string_view type, std::size_t size) {
        TestClient client(running.port());
        return client.ask(post(type, std::string(size, 'x')));
    };
    EXPECT_EQ(ask("text/csv; charset=utf-8", 1000).body, "1000/-");
    EXPECT_EQ(ask("text/csv; charset=utf-8", 4000).body, "0/4000");
    EXPECT_EQ(ask("application/vnd.oasis.opendocument.spreadsheet", 4000).body, "0/4000");
    EXPECT_EQ(ask("application/octet-stream", 5001).status, 413);
    EXPECT_EQ(ask("application/json", 1001).status, 413);
}

TEST(Server, leaves_no_file_behind_when_an_upload_is_refused)
{
    Running running;
    TestClient client(running.port());
    auto body = "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n" + std::string(200'000, 'x');
    EXPECT_EQ(client.ask(post("multipart/form-data; boundary=B", body)).status, 400);
    running.stop();
    EXPECT_TRUE(is_empty_directory(running.directory()));
}

TEST(Server, keeps_repeated_fields_and_caps_their_number_and_size)
{
    Running running([](ServerOptions& options) {
        options.max_fields = 3;
        options.memory_body = 1000;
    });
    auto part = [](std::string const& name, std::string const& value) {
        return "--B\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    };
    auto ask = [&](std::string const& parts) {
        TestClient client(running.port());
        return client.ask(post("multipart/form-data; boundary=B", parts + "--B--"));
    };
    EXPECT_EQ(ask(part("a", "1") + part("a", "2")).body, "POST /p a=1 a=2 []");
    EXPECT_EQ(ask(part("a", "1") + part("b", "1") + part("c", "1") + part("d", "1")).status, 413);
    EXPECT_EQ(ask(part("a", std::string(1000, 'x'))).status, 413);
    EXPECT_EQ(ask(part("a", "\xff")).status, 400);
}

}  // namespace
}  // namespace greffier::web
