#include "storage/sqlite/connection.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "storage/sqlite/failure.hpp"

namespace greffier::storage {

/// Holds its statement until destroyed, then resets it and gives it back to the connection.
class SqliteCursor final : public CursorImpl {
public:
    SqliteCursor(Connection& connection, std::string_view sql, sqlite3_stmt* statement)
        : connection_(connection), sql_(sql), statement_(statement)
    {
        ++connection_.open_cursors_;
    }
    ~SqliteCursor() override
    {
        --connection_.open_cursors_;
        connection_.put_back(sql_, statement_);
    }

    bool step() override
    {
        if (done_) return false;   // stepping once more would run the statement again
        int const code = sqlite3_step(statement_);
        if (code == SQLITE_ROW) return true;
        done_ = true;
        if (code != SQLITE_DONE) fail(connection_.connection_, code, connection_.path_, sql_);
        return false;
    }
    bool is_null(int column) const override { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
    std::int64_t integer(int column) const override { return sqlite3_column_int64(statement_, column); }
    std::string_view text(int column) const override
    {
        auto const* start = reinterpret_cast<char const*>(sqlite3_column_text(statement_, column));
        return {start, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }
    [[nodiscard]] sqlite3_stmt* statement() const { return statement_; }
    ByteView bytes(int column) const override
    {
        auto const* start = static_cast<std::uint8_t const*>(sqlite3_column_blob(statement_, column));
        return {start, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }

private:
    Connection& connection_;
    std::string_view sql_;
    sqlite3_stmt* statement_;
    bool done_ = false;
};

namespace {

/// SQLite would create the file readable by all; its journals take their rights from it.
void create_private(std::string const& path)
{
    int const file = ::open(path.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
    if (file >= 0) ::close(file);
}

int bind_one(sqlite3_stmt* statement, int place, Param const& param, sqlite3_destructor_type lifetime)
{
    if (auto const* integer = std::get_if<std::int64_t>(&param)) return sqlite3_bind_int64(statement, place, *integer);
    if (auto const* real = std::get_if<double>(&param)) return sqlite3_bind_double(statement, place, *real);
    if (auto const* text = std::get_if<std::string_view>(&param))   // a null pointer would bind NULL
        return sqlite3_bind_text64(statement, place, text->data() ? text->data() : "", text->size(), lifetime, SQLITE_UTF8);
    if (auto const* bytes = std::get_if<ByteView>(&param)) {
        if (bytes->empty()) return sqlite3_bind_zeroblob(statement, place, 0);
        return sqlite3_bind_blob64(statement, place, bytes->data(), bytes->size(), lifetime);
    }
    return sqlite3_bind_null(statement, place);
}

}  // namespace

Connection::Connection(std::string const& path, Use use) : path_(path)
{
    if (use == Use::Writing) create_private(path);
    int const code = sqlite3_open_v2(path.c_str(), &connection_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    try {
        if (code != SQLITE_OK) fail(connection_, code, path_);
        sqlite3_extended_result_codes(connection_, 1);
        apply_settings(use);
    } catch (...) {
        sqlite3_close(connection_);
        throw;
    }
}

Connection::~Connection()
{
    for (auto const& [sql, statements] : idle_)
        for (auto* statement : statements) sqlite3_finalize(statement);
    sqlite3_close_v2(connection_);
}

void Connection::apply_settings(Use use)
{
    sqlite3_busy_timeout(connection_, 5000);
    // Else a value that some partial index names ("register='notes'") has the statement planned anew at each binding.
    if (sqlite3_db_config(connection_, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr) != SQLITE_OK) throw StorageFailure("SQLite was built without the settings that Greffier needs.");
    if (use == Use::Writing) {
        run_script("PRAGMA journal_mode=WAL");
        auto mode = run_query(SqlText{"PRAGMA journal_mode"}, {});
        if (!mode.next() || mode.view(0) != "wal")
            throw StorageFailure("The folder of the database \"" + path_ +
                                 "\" does not allow shared memory (a network disk?). Put the data on a local disk.");
    }
    run_script("PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON");
    run_script(use == Use::Writing ? "PRAGMA cache_size=-64000" : "PRAGMA cache_size=-16000");
    if (use == Use::Reading) run_script("PRAGMA query_only=ON");
}

void Connection::run_script(std::string_view script)
{
    std::string const text{script};
    int const code = sqlite3_exec(connection_, text.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) fail(connection_, code, path_, script);
}

bool Connection::try_begin()
{
    // Waiting is the writer's business: SQLite's own wait starves whoever comes second (storage.md, trap 4).
    sqlite3_busy_timeout(connection_, 0);
    constexpr SqlText begin{"BEGIN IMMEDIATE"};
    auto* const statement = take(begin.sqlite());
    int const code = sqlite3_step(statement);
    put_back(begin.sqlite(), statement);
    sqlite3_busy_timeout(connection_, 5000);
    if (code == SQLITE_DONE) return true;
    if ((code & 0xff) != SQLITE_BUSY) fail(connection_, code, path_, begin.sqlite());
    return false;
}

void Connection::commit() { run(SqlText{"COMMIT"}, {}); }

void Connection::rollback() noexcept
{
    if (in_transaction()) sqlite3_exec(connection_, "ROLLBACK", nullptr, nullptr, nullptr);
}

bool Connection::in_transaction() const { return sqlite3_get_autocommit(connection_) == 0; }

sqlite3_stmt* Connection::take(std::string_view sql)
{
    if (auto found = idle_.find(sql.data()); found != idle_.end() && !found->second.empty()) {
        auto* statement = found->second.back();
        found->second.pop_back();
        return statement;
    }
    sqlite3_stmt* statement = nullptr;
    char const* rest = nullptr;
    int const code = sqlite3_prepare_v3(connection_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                        &statement, &rest);
    if (code != SQLITE_OK) fail(connection_, code, path_, sql);
    ++prepared_;
    // A second statement would be dropped in silence.
    if (!statement || std::string_view{rest, sql.data() + sql.size()}.find_first_not_of("; \n\t") != sql.npos) {
        sqlite3_finalize(statement);
        throw std::logic_error("SQL text holds no statement, or more than one: " + std::string{sql.substr(0, 200)});
    }
    return statement;
}

void Connection::put_back(std::string_view sql, sqlite3_stmt* statement)
{
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    prepared_ += sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_REPREPARE, 1);
    idle_[sql.data()].push_back(statement);
}

void Connection::bind(sqlite3_stmt* statement, std::string_view sql, std::vector<Param> const& params, bool copy)
{
    if (sqlite3_bind_parameter_count(statement) != static_cast<int>(params.size()))
        throw std::logic_error("SQL text and values do not agree in number: " + std::string{sql.substr(0, 200)});
    for (std::size_t i = 0; i < params.size(); ++i) {
        int const code = bind_one(statement, static_cast<int>(i) + 1, params[i], copy ? SQLITE_TRANSIENT : SQLITE_STATIC);
        if (code != SQLITE_OK) fail(connection_, code, path_, sql);
    }
}

Cursor Connection::run_query(SqlText sql, std::vector<Param> params)
{
    auto cursor = std::make_unique<SqliteCursor>(*this, sql.sqlite(), take(sql.sqlite()));
    // Copied: the caller's temporaries are gone when the rows are read.
    bind(cursor->statement(), sql.sqlite(), params, true);
    return Cursor{std::move(cursor)};
}

std::int64_t Connection::run(SqlText sql, std::vector<Param> params)
{
    SqliteCursor cursor{*this, sql.sqlite(), take(sql.sqlite())};
    bind(cursor.statement(), sql.sqlite(), params, false);
    while (cursor.step()) {}
    return sqlite3_stmt_readonly(cursor.statement()) ? 0 : sqlite3_changes64(connection_);
}

}  // namespace greffier::storage
