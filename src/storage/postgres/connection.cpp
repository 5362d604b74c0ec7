#include "storage/postgres/connection.hpp"

#include <libpq-fe.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "storage/postgres/dialect.hpp"
#include "storage/postgres/failure.hpp"
#include "storage/postgres/stream.hpp"

namespace greffier::storage {

namespace {

constexpr int oldest_server = 130000;

// A plan made for the values at hand: one made for any value costs ten times more in a great organisation (storage.md, trap 7).
// Workers that start for one page cost more than they bring.
constexpr char settings[] =
    "SET plan_cache_mode=force_custom_plan; SET jit=off; SET max_parallel_workers_per_gather=0; SET statement_timeout='120s'; SET lock_timeout='15s'; "
    "SET idle_in_transaction_session_timeout='120s'; SET default_transaction_read_only=on; "
    "SET default_transaction_isolation='read committed'; SET standard_conforming_strings=on; SET client_min_messages=error; SET TimeZone='UTC'; "
    // Bodies are read by the page: lz4 unpacks them ten times faster than what servers before 14 know.
    "SELECT set_config('default_toast_compression', 'lz4', false) FROM pg_settings WHERE name='default_toast_compression' AND 'lz4'=ANY(enumvals)";

constexpr std::int64_t whole_installation = 0x6772'6566'6669'6572;   // "greffier"

/// The number under which the server knows an organisation's lock.
std::int64_t lock_of(Uuid const& organisation)
{
    std::uint64_t halves[2];
    std::memcpy(halves, organisation.bytes.data(), sizeof halves);
    return static_cast<std::int64_t>(halves[0] ^ (halves[1] * 0x9e37'79b9'7f4a'7c15U));
}

/// The values of a statement in the shape libpq wants; numbers are written out, all else is handed over as it is.
struct Bound {
    std::vector<char const*> values;
    std::vector<int> lengths, formats;
    std::vector<Oid> types;
    std::vector<std::array<char, 32>> numbers;

    explicit Bound(std::vector<Param> const& params) : numbers(params.size())
    {
        for (std::size_t i = 0; i < params.size(); ++i) add(params[i], numbers[i]);
    }

    void add(Param const& param, std::array<char, 32>& number)
    {
        if (auto const* text = std::get_if<std::string_view>(&param)) add(text->data() ? text->data() : "", text->size(), 1, 25);
        else if (auto const* bytes = std::get_if<ByteView>(&param)) add(bytes->data() ? reinterpret_cast<char const*>(bytes->data()) : "", bytes->size(), 1, 17);
        else if (auto const* integer = std::get_if<std::int64_t>(&param)) add_number(*integer, number, 20);
        else if (auto const* real = std::get_if<double>(&param)) add_number(*real, number, 701);
        else add(nullptr, 0, 0, 0);
    }
    void add(char const* value, std::size_t length, int format, Oid type)
    {
        values.push_back(value);
        lengths.push_back(static_cast<int>(length));
        formats.push_back(format);
        types.push_back(type);
    }
    template <class Number>
    void add_number(Number value, std::array<char, 32>& number, Oid type)
    {
        *std::to_chars(number.data(), number.data() + number.size() - 1, value).ptr = '\0';
        add(number.data(), 0, 0, type);
    }
};

bool succeeded(PGresult const* result)
{
    auto const status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

}  // namespace

void LockQueues::join(std::int64_t lock)
{
    std::lock_guard const held(mutex_);
    ++joined_[lock];
}

void LockQueues::leave(std::int64_t lock)
{
    std::lock_guard const held(mutex_);
    if (auto const found = joined_.find(lock); found != joined_.end() && --found->second == 0) joined_.erase(found);
}

bool LockQueues::is_shared(std::int64_t lock)
{
    std::lock_guard const held(mutex_);
    auto const found = joined_.find(lock);
    return found != joined_.end() && found->second > 1;
}

PostgresConnection::PostgresConnection(SecretText const& url, unsigned age, RowSecurity apart, LockQueues& queues) : age_(age), apart_(apart), queues_(queues)
{
    // The address comes last but one: what it says itself goes before ours, except the encoding.
    char const* const names[] = {"connect_timeout", "keepalives", "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout",
                                 "fallback_application_name", "dbname", "client_encoding", nullptr};
    char const* const values[] = {"10", "1", "30", "10", "3", "30000", "greffier", url.reveal().c_str(), "UTF8", nullptr};
    connection_ = PQconnectdbParams(names, values, 1);
    try {
        settle();
    } catch (...) {
        PQfinish(connection_);
        throw;
    }
}

PostgresConnection::~PostgresConnection() { PQfinish(connection_); }

void PostgresConnection::settle()
{
    if (!connection_ || PQstatus(connection_) != CONNECTION_OK) fail_to_connect(connection_);
    PQsetNoticeReceiver(connection_, [](void*, PGresult const*) {}, nullptr);
    if (PQserverVersion(connection_) < oldest_server)
        throw StorageFailure("The database server is too old: version " + std::to_string(PQserverVersion(connection_) / 10000) + ", 13 or later is needed.");
    char const* encoding = PQparameterStatus(connection_, "server_encoding");
    if (!encoding || std::string_view{encoding} != "UTF8")
        throw StorageFailure("The database is not in UTF8. Create it anew with that encoding (docs/operator).");
    command(settings);
}

bool PostgresConnection::is_good() const { return PQstatus(connection_) == CONNECTION_OK && PQtransactionStatus(connection_) == PQTRANS_IDLE; }

/// Runs `attempt` once more on a new connection when this one is lost and nothing was done on it that matters.
template <class Try>
auto PostgresConnection::retried(Try const& attempt)
{
    try {
        return attempt();
    } catch (Unavailable const&) {
        if (PQstatus(connection_) != CONNECTION_BAD) throw;
        lost_ = true;
        if (phase_ == Phase::Begun) throw;
        reconnect();
        return attempt();
    }
}

void PostgresConnection::reconnect()
{
    prepared_.clear();
    auto const organisation = std::exchange(works_for_, std::nullopt);
    PQreset(connection_);
    settle();
    work_for(organisation);
}

void PostgresConnection::work_for(std::optional<Uuid> const& organisation)
{
    if (apart_ == RowSecurity::Off || organisation == works_for_) return;
    auto const text = "SELECT set_config('greffier.organisation', '" + (organisation ? organisation->hex() : "") + "', false)";
    retried([&] { command(text.c_str()); });
    works_for_ = organisation;
}

// ---- jobs ------------------------------------------------------------------------------------------------

void PostgresConnection::begin_job()
{
    phase_ = Phase::Fresh;
    locks_all_ = false;
}

/// Before the server is asked for the lock.
void PostgresConnection::join(std::int64_t lock)
{
    queues_.join(lock);
    locked_.insert(lock);
}

void PostgresConnection::leave_all() noexcept
{
    for (auto const lock : locked_) queues_.leave(lock);
    locked_.clear();
}

bool PostgresConnection::others_wait() const
{
    return std::ranges::any_of(locked_, [this](auto const lock) { return queues_.is_shared(lock); });
}

/// One round trip: the transaction and its locks.
void PostgresConnection::begin(std::string const& locks)
{
    auto const text = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE" + (locks.empty() ? "" : "; SELECT " + locks);
    retried([&] { command(text.c_str()); });
    phase_ = Phase::Begun;
}

void PostgresConnection::lock(Uuid const& organisation)
{
    if (phase_ == Phase::Reading || locks_all_) return;
    auto const number = lock_of(organisation);
    if (locked_.contains(number)) return;
    auto const own = "pg_advisory_xact_lock(" + std::to_string(number) + ")";
    auto const shared = "pg_advisory_xact_lock_shared(" + std::to_string(whole_installation) + ")";
    bool const first = locked_.empty();
    auto locks = first ? shared + ", " + own : own;
    // A job of two organisations sees both.
    if (apart_ == RowSecurity::On) locks += ", set_config('greffier.organisation', '" + (first ? organisation.hex() : "") + "', true)";
    join(number);
    if (phase_ == Phase::Fresh) begin(locks);
    else command(("SELECT " + locks).c_str());
}

void PostgresConnection::lock_nothing()
{
    if (phase_ == Phase::Fresh) begin("");
}

/// Before a statement: the rows still on their way are taken in, and a job that named no lock takes them all.
void PostgresConnection::ready()
{
    if (stream_) stream_->take_in();
    if (phase_ != Phase::Fresh) return;
    join(whole_installation);
    begin("pg_advisory_xact_lock(" + std::to_string(whole_installation) + ")");
    locks_all_ = true;
}

void PostgresConnection::end_job()
{
    if (stream_) stream_->take_in();
    auto const begun = phase_ == Phase::Begun;
    phase_ = Phase::Reading;
    if (begun) commit();
    leave_all();
}

/// Whoever waits for a lock of this job waits for its COMMIT: not for the disk too, when this connection can do so behind it.
/// Those who wait for the disk together share one fsync; a later commit makes this one durable with it, for the log is one.
void PostgresConnection::commit()
{
    bool const behind = others_wait();
    PostgresAnswer const answer{PQexec(connection_, behind ? "SET LOCAL synchronous_commit=off; COMMIT" : "COMMIT")};
    if (is_lost(connection_, answer.get())) fail_unsure();
    if (!succeeded(answer.get())) fail(connection_, answer.get(), "COMMIT");
    if (std::string_view{PQcmdStatus(answer.get())} == "ROLLBACK") throw std::logic_error("A job went on after a statement that failed");
    if (behind) make_durable();
}

/// A transaction that says nothing, kept with the sync that the operator asks for: all that was committed before it is on the disk.
void PostgresConnection::make_durable()
{
    PostgresAnswer const answer{PQexec(connection_, "BEGIN READ WRITE; SELECT pg_logical_emit_message(true, 'greffier', ''); COMMIT")};
    if (!succeeded(answer.get())) fail_unsure();
}

void PostgresConnection::fail_unsure()
{
    lost_ = true;
    throw Unsure("The connection to the database was lost while the change was being kept: it may be there, or not. Look before doing it again.");
}

void PostgresConnection::abandon_job() noexcept
{
    phase_ = Phase::Reading;
    if (PQtransactionStatus(connection_) != PQTRANS_IDLE) PQclear(PQexec(connection_, "ROLLBACK"));
    leave_all();
}

void PostgresConnection::run_script(std::string const& script)
{
    ready();
    command(script.c_str());
}

void PostgresConnection::command(char const* text)
{
    PostgresAnswer const answer{PQexec(connection_, text)};
    if (!succeeded(answer.get())) fail(connection_, answer.get(), text);
}

// ---- statements ------------------------------------------------------------------------------------------

PostgresConnection::Prepared const& PostgresConnection::prepared(std::string_view sql, std::vector<Param> const& params)
{
    auto found = prepared_.find(sql.data());
    if (found == prepared_.end()) {
        auto const said = numbered(sql);
        if (said.values != static_cast<int>(params.size()))
            throw std::logic_error("SQL text and values do not agree in number: " + std::to_string(said.values) + " and " + std::to_string(params.size()));
        Prepared one{"s" + std::to_string(prepared_.size()), said.values};
        Bound const bound(params);
        PostgresAnswer const answer{PQprepare(connection_, one.name.c_str(), said.text.c_str(), said.values, bound.types.data())};
        if (!succeeded(answer.get())) fail(connection_, answer.get(), sql);
        found = prepared_.emplace(sql.data(), std::move(one)).first;
    }
    if (found->second.values != static_cast<int>(params.size())) throw std::logic_error("SQL text and values do not agree in number");
    return found->second;
}

/// The answer, or null when its rows come one by one.
pg_result* PostgresConnection::ask(std::string_view sql, std::vector<Param> const& params, Answer how)
{
    auto const& statement = prepared(sql, params);
    Bound const bound(params);
    if (how == Answer::Whole) {
        PostgresAnswer answer{PQexecPrepared(connection_, statement.name.c_str(), statement.values, bound.values.data(), bound.lengths.data(), bound.formats.data(), 1)};
        if (!succeeded(answer.get())) fail(connection_, answer.get(), sql);
        return answer.release();
    }
    if (!PQsendQueryPrepared(connection_, statement.name.c_str(), statement.values, bound.values.data(), bound.lengths.data(), bound.formats.data(), 1))
        fail(connection_, nullptr, sql);
    PQsetSingleRowMode(connection_);
    return nullptr;
}

pg_result* PostgresConnection::whole(SqlText sql, std::vector<Param> const& params)
{
    ready();
    return retried([&] { return ask(sql.postgres(), params, Answer::Whole); });
}

Cursor PostgresConnection::run_query(SqlText sql, std::vector<Param> params)
{
    return Cursor{std::make_unique<PostgresCursor>(PostgresAnswer{whole(sql, params)})};
}

Cursor PostgresConnection::run_stream(SqlText sql, std::vector<Param> params)
{
    ready();
    retried([&] { return ask(sql.postgres(), params, Answer::RowByRow); });
    return Cursor{std::make_unique<PostgresStream>(*this, sql.postgres())};
}

std::int64_t PostgresConnection::run(SqlText sql, std::vector<Param> params)
{
    PostgresAnswer const answer{whole(sql, params)};
    if (PQresultStatus(answer.get()) == PGRES_TUPLES_OK && std::string_view{PQcmdStatus(answer.get())}.starts_with("SELECT")) return 0;
    std::int64_t rows = 0;
    std::string_view const count = PQcmdTuples(answer.get());
    std::from_chars(count.data(), count.data() + count.size(), rows);
    return rows;
}

}  // namespace greffier::storage
