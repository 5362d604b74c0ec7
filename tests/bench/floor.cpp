// The floor the program is held against: the same rows and the same questions on the bare engine, the same answers
// fetched by a client that does nothing else. Prints one JSON object.
//
//   floor insert FROM.db TO.db            copies the rows of records, 200 records a transaction
//   floor list FILE.db ORG REGISTER N     the statements of a list page
//   floor sync DIRECTORY N                a 4 KB append and its fsync
//   floor get PORT PATH COOKIE N          one request at a time on one connection

#include <arpa/inet.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <netinet/tcp.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

double micros(Clock::duration span) { return std::chrono::duration<double, std::micro>(span).count(); }

double cpu_micros()
{
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return 1e6 * double(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + double(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

struct Times {
    std::vector<double> each;
    double cpu = 0;

    template <class Act>
    void run(int count, Act const& act)
    {
        auto const before = cpu_micros();
        for (int i = 0; i < count; ++i) {
            auto const start = Clock::now();
            act();
            each.push_back(micros(Clock::now() - start));
        }
        cpu = (cpu_micros() - before) / count;
    }
    void print(std::string const& more = "")
    {
        std::sort(each.begin(), each.end());
        auto const at = [&](double part) { return each[static_cast<std::size_t>(part * double(each.size() - 1))]; };
        std::printf("{\"p50_us\":%.1f,\"p99_us\":%.1f,\"cpu_us\":%.1f%s}\n", at(0.5), at(0.99), cpu, more.c_str());
    }
};

void check(bool good, char const* what)
{
    if (!good) throw std::runtime_error(what);
}

struct Lite {
    sqlite3* db = nullptr;
    explicit Lite(char const* path, int flags = SQLITE_OPEN_READONLY) { check(sqlite3_open_v2(path, &db, flags | SQLITE_OPEN_NOMUTEX, nullptr) == SQLITE_OK, path); }
    ~Lite() { sqlite3_close(db); }
    void run(std::string const& sql) const { check(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK, sqlite3_errmsg(db)); }
    sqlite3_stmt* prepare(std::string const& sql) const
    {
        sqlite3_stmt* statement = nullptr;
        check(sqlite3_prepare_v2(db, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK, sqlite3_errmsg(db));
        return statement;
    }
};

std::string from_hex(std::string const& hex)
{
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    return bytes;
}

constexpr char const* counting = "SELECT count(*) FROM (SELECT 1 FROM record r WHERE r.organisation_id=? AND r.register=? AND r.deleted_at IS NULL LIMIT 10001) counted";
// The page's own query: its usual columns show a field of the body.
constexpr char const* listing =
    "SELECT r.id, r.reference, r.title, r.status, r.version, r.created_at, r.updated_at, r.updated_by, r.review_at, r.deleted_at, r.completeness, r.worst_finding, b.body, b.schema_version "
    "FROM record r JOIN record_body b ON b.rid=r.rid WHERE r.organisation_id=? AND r.register=? AND r.deleted_at IS NULL ORDER BY r.title_key, r.id LIMIT 51 OFFSET 0";

void list(char const* path, std::string const& organisation, std::string const& name, int count)
{
    Lite lite(path);
    lite.run("PRAGMA cache_size=-16000");
    auto* counted = lite.prepare(counting);
    auto* listed = lite.prepare(listing);
    auto const id = from_hex(organisation);
    std::size_t seen = 0;
    auto const ask = [&](sqlite3_stmt* statement) {
        sqlite3_bind_blob(statement, 1, id.data(), static_cast<int>(id.size()), SQLITE_STATIC);
        sqlite3_bind_text(statement, 2, name.c_str(), -1, SQLITE_STATIC);
        while (sqlite3_step(statement) == SQLITE_ROW)
            for (int column = 0; column < sqlite3_column_count(statement); ++column) seen += static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
        sqlite3_reset(statement);
    };
    auto const page = [&] { ask(counted); ask(listed); };
    for (int i = 0; i < 50; ++i) page();
    Times times;
    times.run(count, page);
    times.print(",\"bytes\":" + std::to_string(seen / static_cast<std::size_t>(count + 50)));
    sqlite3_finalize(counted);
    sqlite3_finalize(listed);
}

void list_postgres(char const* url, std::string const& organisation, std::string const& name, int count)
{
    auto* connection = PQconnectdb(url);
    check(PQstatus(connection) == CONNECTION_OK, "no connection to PostgreSQL");
    PQclear(PQexec(connection, "SET plan_cache_mode=force_custom_plan"));
    PQclear(PQexec(connection, "SET jit=off"));
    auto numbered = [](std::string sql) {
        int number = 0;
        for (auto at = sql.find('?'); at != std::string::npos; at = sql.find('?')) sql.replace(at, 1, "$" + std::to_string(++number));
        return sql;
    };
    PQclear(PQprepare(connection, "c", numbered(counting).c_str(), 0, nullptr));
    PQclear(PQprepare(connection, "l", numbered(listing).c_str(), 0, nullptr));
    auto const id = from_hex(organisation);
    char const* values[] = {id.data(), name.c_str()};
    int const lengths[] = {static_cast<int>(id.size()), static_cast<int>(name.size())};
    int const formats[] = {1, 0};
    auto const ask = [&](char const* statement) {
        auto* rows = PQexecPrepared(connection, statement, 2, values, lengths, formats, 1);
        check(PQresultStatus(rows) == PGRES_TUPLES_OK, PQerrorMessage(connection));
        PQclear(rows);
    };
    auto const page = [&] { ask("c"); ask("l"); };
    for (int i = 0; i < 50; ++i) page();
    Times times;
    times.run(count, page);
    times.print();
    PQfinish(connection);
}

/// The rows of record and of what hangs on it, table by table for each group: what any program would have to write.
void insert(char const* from, char const* to)
{
    Lite lite(to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    lite.run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA cache_size=-64000;");
    std::string schema;
    {
        Lite source(from);
        auto* objects = source.prepare("SELECT sql || ';' FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'record_fts_%' ORDER BY CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 ELSE 2 END, rowid");
        while (sqlite3_step(objects) == SQLITE_ROW) schema += reinterpret_cast<char const*>(sqlite3_column_text(objects, 0));
        sqlite3_finalize(objects);
    }
    lite.run(schema);
    Lite source(from);
    struct Table { std::string name, condition; sqlite3_stmt *read = nullptr, *write = nullptr; };
    std::vector<Table> tables{{"record", "rid BETWEEN ? AND ?"}, {"record_body", "rid BETWEEN ? AND ?"}, {"record_version", "rid BETWEEN ? AND ?"},
                              {"record_link", "rid BETWEEN ? AND ?"}, {"finding", "rid BETWEEN ? AND ?"}, {"record_text", "rid BETWEEN ? AND ?"}};
    for (auto& table : tables) {
        table.read = source.prepare("SELECT * FROM " + table.name + " WHERE " + table.condition);
        std::string marks;
        for (int column = 0; column < sqlite3_column_count(table.read); ++column) marks += column ? ",?" : "?";
        table.write = lite.prepare("INSERT INTO " + table.name + " VALUES(" + marks + ")");
    }
    auto* last = source.prepare("SELECT max(rid) FROM record");
    sqlite3_step(last);
    auto const most = sqlite3_column_int64(last, 0);
    sqlite3_finalize(last);
    auto* entries = source.prepare("SELECT * FROM ledger_entry");
    auto* entry = lite.prepare("INSERT INTO ledger_entry VALUES(?,?,?,?,?,?)");
    auto const copy = [](sqlite3_stmt* read, sqlite3_stmt* write) {
        for (int column = 0; column < sqlite3_column_count(read); ++column) sqlite3_bind_value(write, column + 1, sqlite3_column_value(read, column));
        check(sqlite3_step(write) == SQLITE_DONE, "insert failed");
        sqlite3_reset(write);
    };
    constexpr int group = 200;
    auto const start = Clock::now();
    for (sqlite3_int64 first = 1; first <= most; first += group) {
        lite.run("BEGIN IMMEDIATE");
        for (auto& table : tables) {
            sqlite3_bind_int64(table.read, 1, first);
            sqlite3_bind_int64(table.read, 2, first + group - 1);
            while (sqlite3_step(table.read) == SQLITE_ROW) copy(table.read, table.write);
            sqlite3_reset(table.read);
        }
        for (int i = 0; i < group && sqlite3_step(entries) == SQLITE_ROW; ++i) copy(entries, entry);
        lite.run("COMMIT");
    }
    auto const seconds = micros(Clock::now() - start) / 1e6;
    std::printf("{\"records\":%lld,\"seconds\":%.2f,\"per_second\":%.0f}\n", static_cast<long long>(most), seconds, double(most) / seconds);
    for (auto& table : tables) {
        sqlite3_finalize(table.read);
        sqlite3_finalize(table.write);
    }
    sqlite3_finalize(entries);
    sqlite3_finalize(entry);
}

void sync_once(std::string const& directory, int count)
{
    auto const path = directory + "/floor-sync";
    int const file = open(path.c_str(), O_CREAT | O_WRONLY | O_TRUNC, 0600);
    check(file >= 0, path.c_str());
    std::string const block(4096, 'x');
    Times times;
    times.run(count, [&] {
        check(write(file, block.data(), block.size()) == static_cast<ssize_t>(block.size()), "write failed");
        fsync(file);
    });
    close(file);
    unlink(path.c_str());
    times.print();
}

void get(int port, std::string const& path, std::string const& cookie, int count)
{
    int const socket_ = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    check(connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0, "no connection");
    int const yes = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    auto const request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) + "\r\nAccept: */*\r\n" + cookie + "\r\n";
    std::string answer(1 << 20, '\0');
    std::size_t size = 0;
    auto const once = [&] {
        check(write(socket_, request.data(), request.size()) == static_cast<ssize_t>(request.size()), "write failed");
        std::size_t have = 0, whole = 0;
        while (whole == 0 || have < whole) {
            auto const more = read(socket_, answer.data() + have, answer.size() - have);
            check(more > 0, "the server hung up");
            have += static_cast<std::size_t>(more);
            if (whole != 0) continue;
            auto const head = std::string_view{answer}.substr(0, have).find("\r\n\r\n");
            if (head == std::string_view::npos) continue;
            check(answer.compare(9, 3, "200") == 0, ("answered " + answer.substr(0, 200)).c_str());
            auto length = answer.find("Content-Length: ");
            if (length == std::string::npos || length > head) length = answer.find("content-length: ");
            check(length < head, "no Content-Length");
            whole = head + 4 + std::stoul(answer.substr(length + 16));
            check(whole < answer.size(), "answer too large");
        }
        size = whole;
    };
    for (int i = 0; i < 30; ++i) once();
    Times times;
    times.run(count, once);
    close(socket_);
    times.print(",\"bytes\":" + std::to_string(size));
}

}  // namespace

int main(int count, char** words)
{
    try {
        std::string const act = count > 1 ? words[1] : "";
        if (act == "insert" && count == 4) insert(words[2], words[3]);
        else if (act == "list" && count == 6) list(words[2], words[3], words[4], std::atoi(words[5]));
        else if (act == "list-postgres" && count == 6) list_postgres(words[2], words[3], words[4], std::atoi(words[5]));
        else if (act == "sync" && count == 4) sync_once(words[2], std::atoi(words[3]));
        else if (act == "get" && count == 6) get(std::atoi(words[2]), words[3], words[4], std::atoi(words[5]));
        else throw std::runtime_error("unknown act; see the head of floor.cpp");
    } catch (std::exception const& problem) {
        std::fprintf(stderr, "floor: %s\n", problem.what());
        return 2;
    }
    return 0;
}
