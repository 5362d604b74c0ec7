#include "storage/test_cluster.hpp"

#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

#include "storage/database.hpp"

namespace greffier::storage {

namespace fs = std::filesystem;

namespace {

constexpr char named[] = "GREFFIER_TEST_POSTGRES";

/// The folder of the newest server that Debian installed, or empty.
fs::path programs()
{
    fs::path newest;
    std::error_code ignored;
    for (auto const& version : fs::directory_iterator("/usr/lib/postgresql", ignored))
        if (fs::exists(version.path() / "bin/initdb") && (newest.empty() || std::stoi(version.path().filename()) > std::stoi(newest.parent_path().filename())))
            newest = version.path() / "bin";
    return newest;
}

/// The server refuses to run as root.
passwd const* server_account() { return ::geteuid() == 0 ? ::getpwnam("postgres") : nullptr; }

pid_t start_program(std::vector<std::string> words)
{
    auto const* account = server_account();
    pid_t const child = ::fork();
    if (child != 0) return child;
    if (account && (::setgid(account->pw_gid) != 0 || ::setuid(account->pw_uid) != 0)) ::_exit(126);
    ::prctl(PR_SET_PDEATHSIG, SIGQUIT);   // a test program that crashes leaves no server behind
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    ::execv(arguments[0], arguments.data());
    ::_exit(127);
}

/// Making a database is making 300 files: ten times faster in memory than on many a disk.
fs::path roomy_memory()
{
    std::error_code problem;
    auto const space = fs::space("/dev/shm", problem);
    return !problem && space.available > 2'000'000'000 ? fs::path{"/dev/shm"} : fs::temp_directory_path();
}

class Cluster {
public:
    Cluster()
    {
        auto pattern = (roomy_memory() / "greffier-pg-XXXXXX").string();
        if (!::mkdtemp(pattern.data())) throw std::runtime_error("no temporary directory");
        directory_ = pattern;
        if (auto const* account = server_account(); account && ::chown(pattern.c_str(), account->pw_uid, account->pw_gid) != 0) throw std::runtime_error("cannot give " + pattern + " away");
        auto const bin = programs().string();
        auto const data = pattern + "/data";
        run({"/bin/sh", "-c", "exec " + bin + "/initdb -D " + data + " -U postgres --auth=trust --no-sync --encoding=UTF8 --locale=C > " + pattern + "/initdb.log 2>&1"});
        // Tests survive no power cut: nothing is synced, and the log of the database is as short as can be.
        server_ = start_program({"/bin/sh", "-c", "exec " + bin + "/postgres -D " + data + " -k " + pattern + " -c listen_addresses='' -c fsync=off "
                                 "-c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 -c autovacuum=off -c max_connections=200 -c shared_buffers=64MB > " + pattern + "/server.log 2>&1"});
        wait_until_ready();
    }
    ~Cluster()
    {
        ::kill(server_, SIGQUIT);
        ::waitpid(server_, nullptr, 0);
        std::error_code ignored;
        fs::remove_all(directory_, ignored);
    }
    Cluster(Cluster const&) = delete;
    Cluster& operator=(Cluster const&) = delete;

    [[nodiscard]] std::string address() const { return "postgresql:///postgres?host=" + directory_.string() + "&user=postgres"; }

private:
    static void run(std::vector<std::string> words)
    {
        int status = 0;
        if (::waitpid(start_program(std::move(words)), &status, 0) < 0 || status != 0) throw std::runtime_error("the test server could not be made");
    }
    void wait_until_ready()
    {
        auto const until = std::chrono::steady_clock::now() + std::chrono::seconds{60};
        while (PQping(address().c_str()) != PQPING_OK) {
            if (std::chrono::steady_clock::now() > until || ::waitpid(server_, nullptr, WNOHANG) != 0) throw std::runtime_error("the test server did not start: " + (directory_ / "server.log").string());
            std::this_thread::sleep_for(std::chrono::milliseconds{10});
        }
    }

    fs::path directory_;
    pid_t server_ = -1;
};

std::string const& server_address()
{
    static std::string const address = [] {
        if (char const* given = std::getenv(named)) return std::string{given};
        static Cluster const own;
        return own.address();
    }();
    return address;
}

/// postgresql:///NAME?… or postgresql://host/NAME?… with another name.
std::string with_name(std::string const& address, std::string const& name)
{
    auto const path = address.find('/', address.find("://") + 3);
    auto const query = address.find('?', path);
    return address.substr(0, path + 1) + name + (query == std::string::npos ? "" : address.substr(query));
}

std::string name_of(std::string const& address)
{
    auto const path = address.find('/', address.find("://") + 3) + 1;
    return address.substr(path, address.find('?', path) - path);
}

void run_on(std::string const& address, std::string const& command)
{
    std::unique_ptr<PGconn, decltype(&PQfinish)> const connection{PQconnectdb(address.c_str()), PQfinish};
    PQsetNoticeReceiver(connection.get(), [](void*, PGresult const*) {}, nullptr);
    std::unique_ptr<PGresult, decltype(&PQclear)> const done{PQexec(connection.get(), command.c_str()), PQclear};
    if (PQresultStatus(done.get()) != PGRES_COMMAND_OK) throw std::runtime_error(command + ": " + PQerrorMessage(connection.get()));
}

void administer(std::string const& command) { run_on(server_address(), command); }

std::string new_name()
{
    static std::atomic<int> number{0};
    return "test_" + std::to_string(::getpid()) + "_" + std::to_string(++number);
}

/// Migrated databases. Making one costs a hundred times what emptying one does, so they are used again.
class Shelf {
public:
    Shelf()
    {
        administer("CREATE DATABASE " + template_ + " TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'");
        open_postgres(SecretText{with_name(server_address(), template_)})->migrate();
    }
    ~Shelf()
    {
        idle_.push_back(template_);
        for (auto const& name : idle_) drop(name);
    }
    Shelf(Shelf const&) = delete;
    Shelf& operator=(Shelf const&) = delete;

    std::string take()
    {
        std::lock_guard const held(mutex_);
        if (!idle_.empty()) {
            auto name = std::move(idle_.back());
            idle_.pop_back();
            return name;
        }
        auto const name = new_name();
        administer("CREATE DATABASE " + name + " TEMPLATE " + template_);
        used_[name] = 0;
        return name;
    }
    /// False for one that is not of the shelf, or has served its time.
    bool put_back(std::string const& name)
    {
        std::lock_guard const held(mutex_);
        auto const known = used_.find(name);
        if (known == used_.end() || ++known->second > most_uses || !emptied(name)) return false;
        idle_.push_back(name);
        return true;
    }
    static void drop(std::string const& name)
    {
        try {
            administer("DROP DATABASE " + name + " WITH (FORCE)");
        } catch (std::runtime_error const&) {   // the server was stopped by the test, or goes soon anyway
        }
    }

private:
    static constexpr int most_uses = 50;   // nothing sweeps up the dead rows

    /// False when the test changed more than rows.
    static bool emptied(std::string const& name)
    {
        try {
            run_on(with_name(server_address(), name),
                   "SET session_replication_role=replica;"
                   "DO $$DECLARE t name; BEGIN "
                   "IF (SELECT max(version) FROM schema_migration) <> " + std::to_string(newest_version()) + " THEN RAISE 'changed'; END IF;"
                   "FOR t IN SELECT relname FROM pg_class WHERE relnamespace='public'::regnamespace AND relkind='r' AND relname<>'schema_migration' LOOP "
                   "EXECUTE format('DELETE FROM %I', t); END LOOP; END$$");
            return true;
        } catch (std::runtime_error const&) {
            return false;
        }
    }

    std::string template_ = new_name();
    std::mutex mutex_;
    std::vector<std::string> idle_;      ///< guarded by mutex_, as is used_
    std::map<std::string, int> used_;
};

Shelf& shelf()
{
    (void)server_address();   // made first, so gone last
    static Shelf kept;
    return kept;
}

}  // namespace

bool postgres_is_available() { return std::getenv(named) || (!programs().empty() && (::geteuid() != 0 || server_account())); }

std::string make_test_database(bool migrated)
{
    if (migrated) return with_name(server_address(), shelf().take());
    auto const name = new_name();
    administer("CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'");
    return with_name(server_address(), name);
}

void drop_test_database(std::string const& url)
{
    auto const name = name_of(url);
    if (!shelf().put_back(name)) Shelf::drop(name);
}

}  // namespace greffier::storage
