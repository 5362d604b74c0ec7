#include "app/monitoring.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cinttypes>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>

#include "core/log.hpp"

namespace greffier::app {

using storage::SqlText;

namespace {

constexpr std::uint64_t room_needed = 64ULL * 1024 * 1024;
constexpr std::chrono::minutes longest_silence{30};   ///< the nightly round over a territory takes minutes

/// The text format of Prometheus: https://prometheus.io/docs/instrumenting/exposition_formats/
class MetricsText {
public:
    void about(std::string_view name, std::string_view type, std::string_view help)
    {
        text_.append("# HELP ").append(name).append(" ").append(help).append("\n# TYPE ").append(name).append(" ").append(type).append("\n");
    }
    void sample(std::string_view name, double value, std::initializer_list<std::pair<std::string_view, std::string_view>> labels = {})
    {
        text_.append(name);
        char before = '{';
        for (auto const& [label, what] : labels) {
            text_.append(1, before).append(label).append("=\"");
            for (char const c : what) {
                if (c == '"' || c == '\\') text_ += '\\';
                if (c == '\n') text_.append("\\n");
                else text_ += c;
            }
            text_ += '"';
            before = ',';
        }
        if (labels.size() > 0) text_ += '}';
        char number[40];
        std::snprintf(number, sizeof number, " %.15g\n", value);
        text_.append(number);
    }
    void one(std::string_view name, std::string_view type, std::string_view help, double value)
    {
        about(name, type, help);
        sample(name, value);
    }
    [[nodiscard]] std::string take() { return std::move(text_); }

private:
    std::string text_;
};

std::string_view kind_of(std::string_view route)
{
    return route.starts_with("/api/") ? "api" : route.starts_with("/static/") || route == "/favicon.ico" ? "static" : "page";
}

std::int64_t count_rows(storage::Session& session, SqlText sql, std::vector<storage::Param> params = {})
{
    auto rows = session.query_with(sql, std::move(params));
    return rows.next() ? rows.integer(0) : 0;
}

std::uint64_t database_size(Application& application)
{
    if (application.database->engine() == storage::Engine::Postgres)
        return static_cast<std::uint64_t>(count_rows(*application.database->read(), SqlText{"SELECT pg_database_size(current_database())"}));
    std::uint64_t size = 0;
    for (auto const* ending : {"", "-wal"}) {
        std::error_code absent;
        auto const bytes = std::filesystem::file_size(application.directory.database_file().string() + ending, absent);
        if (!absent) size += bytes;
    }
    return size;
}

std::optional<std::uint64_t> free_room(std::filesystem::path const& directory)
{
    struct statvfs facts{};
    if (::statvfs(directory.c_str(), &facts) != 0) return std::nullopt;
    return static_cast<std::uint64_t>(facts.f_bavail) * facts.f_frsize;
}

/// A file system can be full, read-only or gone while its database still answers: only writing tells.
std::string_view disk_trouble(DataDirectory const& directory)
{
    auto const room = free_room(directory.path());
    if (!room) return "absent";
    if (*room < room_needed) return "full";
    auto path = (directory.temporary() / "ready-XXXXXX").string();
    int const file = ::mkostemp(path.data(), O_CLOEXEC);
    if (file < 0) return "not_writable";
    bool const written = ::write(file, "ready\n", 6) == 6;
    ::close(file);
    ::unlink(path.c_str());
    return written ? "" : "not_writable";
}

std::string_view database_trouble(Application& application)
{
    try {
        auto session = application.database->read();
        auto row = session->query(SqlText{"SELECT max(version) FROM schema_migration"});
        if (!row.next() || row.is_null(0)) return "empty";
        return row.integer(0) == storage::newest_version() ? "" : "other_version";
    } catch (std::exception const&) {
        log(LogLevel::Failure, "database_not_ready");
        return "no_answer";
    }
}

void write_server(MetricsText& out, web::ServerFacts const& facts)
{
    out.one("greffier_connections", "gauge", "Open connections.", static_cast<double>(facts.connections));
    out.one("greffier_connections_refused_total", "counter", "Connections refused for their number.", static_cast<double>(facts.turned_away));
    out.one("greffier_requests_in_flight", "gauge", "Requests being received or answered.", static_cast<double>(facts.in_flight));
    out.one("greffier_worker_queue", "gauge", "Requests that wait for a worker.", static_cast<double>(facts.waiting));
    out.one("greffier_workers", "gauge", "Workers.", static_cast<double>(facts.workers));
    if (facts.certificate_expires)
        out.one("greffier_certificate_expiry_timestamp_seconds", "gauge", "When the certificate in use ends.",
                static_cast<double>(std::chrono::system_clock::to_time_t(*facts.certificate_expires)));
}

void write_process(MetricsText& out)
{
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    auto const seconds = [](timeval const& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
    out.one("process_cpu_seconds_total", "counter", "CPU time used.", seconds(used.ru_utime) + seconds(used.ru_stime));
    std::uint64_t pages = 0, resident = 0;
    std::ifstream("/proc/self/statm") >> pages >> resident;
    auto const page = static_cast<double>(::sysconf(_SC_PAGESIZE));
    out.one("process_virtual_memory_bytes", "gauge", "Virtual memory.", static_cast<double>(pages) * page);
    out.one("process_resident_memory_bytes", "gauge", "Resident memory.", static_cast<double>(resident) * page);
    std::error_code unreadable;
    std::filesystem::directory_iterator const open("/proc/self/fd", unreadable);
    out.one("process_open_fds", "gauge", "Open file descriptors.", static_cast<double>(std::distance(begin(open), end(open))));
    rlimit most{};
    ::getrlimit(RLIMIT_NOFILE, &most);
    out.one("process_max_fds", "gauge", "File descriptors allowed.", static_cast<double>(most.rlim_cur));
}

double const started = static_cast<double>(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now()));

}  // namespace

Monitoring::Monitoring(Application& application) : application_(application) {}

void Monitoring::count(web::AccessLine const& line)
{
    std::lock_guard const held(mutex_);
    auto& classes = answered_[RouteKey{line.method, line.route}];
    ++classes[static_cast<std::size_t>(std::clamp(line.status / 100, 0, 5))];
    bytes_ += line.bytes;
    if (line.status == 429) ++throttled_;
    auto const took = std::chrono::duration<double>(line.took).count();
    auto& histogram = took_[kind_of(line.route)];
    ++histogram.count;
    histogram.seconds += took;
    for (std::size_t i = 0; i < limits.size(); ++i) {
        if (took > limits[i]) continue;
        ++histogram.within[i];
        break;
    }
}

std::string Monitoring::metrics()
{
    MetricsText out;
    bool const sqlite = application_.database->engine() == storage::Engine::Sqlite;
    out.about("greffier_build_info", "gauge", "The program that runs.");
    out.sample("greffier_build_info", 1, {{"version", GREFFIER_VERSION}, {"engine", sqlite ? "sqlite" : "postgresql"}});
    {
        std::lock_guard const held(mutex_);
        out.about("greffier_requests_total", "counter", "Requests answered, by route and class of status.");
        for (auto const& [key, classes] : answered_)
            for (std::size_t i = 1; i < classes.size(); ++i)
                if (classes[i] > 0) out.sample("greffier_requests_total", static_cast<double>(classes[i]), {{"method", key.first}, {"route", key.second}, {"status", std::to_string(i) + "xx"}});
        out.about("greffier_request_duration_seconds", "histogram", "From the last byte of a request's head to the last byte of its answer.");
        for (auto const& [kind, histogram] : took_) {
            std::uint64_t so_far = 0;
            for (std::size_t i = 0; i < limits.size(); ++i) {
                char limit[16];
                std::snprintf(limit, sizeof limit, "%g", limits[i]);
                out.sample("greffier_request_duration_seconds_bucket", static_cast<double>(so_far += histogram.within[i]), {{"kind", kind}, {"le", limit}});
            }
            out.sample("greffier_request_duration_seconds_bucket", static_cast<double>(histogram.count), {{"kind", kind}, {"le", "+Inf"}});
            out.sample("greffier_request_duration_seconds_sum", histogram.seconds, {{"kind", kind}});
            out.sample("greffier_request_duration_seconds_count", static_cast<double>(histogram.count), {{"kind", kind}});
        }
        out.one("greffier_answer_bytes_total", "counter", "Bytes sent, heads included.", static_cast<double>(bytes_));
        out.one("greffier_throttled_total", "counter", "Attempts told to wait (429).", static_cast<double>(throttled_));
    }
    if (server_) write_server(out, server_());
    auto const writer = application_.database->writer_facts();
    out.one("greffier_write_queue", "gauge", "Writes that wait for the next transaction.", static_cast<double>(writer.waiting));
    out.one("greffier_writes_total", "counter", "Writes done; over greffier_commits_total, how many share a transaction.", static_cast<double>(writer.jobs));
    out.one("greffier_commits_total", "counter", "Transactions that wrote.", static_cast<double>(writer.commits));
    out.one("greffier_database_size_bytes", "gauge", "Size of the database.", static_cast<double>(database_size(application_)));
    if (auto const room = free_room(application_.directory.path())) out.one("greffier_disk_free_bytes", "gauge", "Room left for the data directory.", static_cast<double>(*room));
    auto session = application_.database->read();
    out.one("greffier_sessions", "gauge", "Sessions of people in force.",
            static_cast<double>(count_rows(*session, SqlText{"SELECT count(*) FROM session WHERE expires_at > ?"}, {storage::to_param(application_.now())})));
    out.about("greffier_jobs", "gauge", "Background jobs, by state.");
    {
        auto rows = session->query(SqlText{"SELECT state, count(*) FROM job GROUP BY state ORDER BY state"});
        while (rows.next()) out.sample("greffier_jobs", static_cast<double>(rows.integer(1)), {{"state", rows.view(0)}});
    }
    out.about("greffier_mail", "gauge", "Outgoing mail of the last 30 days, by state.");
    {
        auto rows = session->query(SqlText{"SELECT state, count(*) FROM mail_outbox GROUP BY state ORDER BY state"});
        while (rows.next()) out.sample("greffier_mail", static_cast<double>(rows.integer(1)), {{"state", rows.view(0)}});
    }
    if (jobs_) out.one("greffier_jobs_idle_seconds", "gauge", "Since the keeper's last round.", static_cast<double>(jobs_().count()));
    write_process(out);
    out.one("process_start_time_seconds", "gauge", "When the program started.", started);
    return out.take();
}

std::vector<ReadyCheck> Monitoring::readiness()
{
    auto const database = database_trouble(application_), disk = disk_trouble(application_.directory);
    std::string_view const jobs = jobs_ && jobs_() > longest_silence ? "silent" : "";
    std::string_view const serving = draining_ ? "stopping" : "";
    return {{"database", database.empty(), database}, {"disk", disk.empty(), disk}, {"jobs", jobs.empty(), jobs}, {"serving", serving.empty(), serving}};
}

}  // namespace greffier::app
