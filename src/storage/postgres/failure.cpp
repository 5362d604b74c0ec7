#include "storage/postgres/failure.hpp"

#include <libpq-fe.h>

#include <stdexcept>

#include "core/log.hpp"
#include "core/text.hpp"
#include "storage/no_room.hpp"

namespace greffier::storage {

namespace {

std::string field_of(pg_result const* result, int field)
{
    char const* text = result ? PQresultErrorField(result, field) : nullptr;
    return text ? text : "";
}

std::string one_line(std::string text)
{
    for (auto& c : text)
        if (c == '\n' || c == '\t') c = ' ';
    return std::string{trim(text)};
}

/// Empty when the code is not the operator's business.
std::string operator_message(std::string const& code)
{
    auto const is = [&code](std::string_view start) { return code.starts_with(start); };
    if (is("5320")) return "The database server has not enough memory.";
    if (is("42501")) return "The database account is not allowed to do this. Let it own the database, or grant it what docs/operator says.";
    if (is("25006") || is("0A000")) return "The database server takes no writes (a standby, or set to read only).";
    if (is("58") || is("XX001") || is("XX002")) return "The database server could not read or write its files. Look at its log and its disk.";
    if (is("22021") || is("22P05")) return "A text holds a character that the database cannot keep (a zero, or bytes that are no UTF-8).";
    if (is("54")) return "A value is too big for the database.";
    return {};
}

/// Codes after which the same act may succeed in a moment.
std::string passing_message(std::string const& code)
{
    auto const is = [&code](std::string_view start) { return code.starts_with(start); };
    if (is("40001") || is("40P01")) return "Two writes stood in each other's way in the database; nothing of this one was kept. Try again.";
    if (is("55P03") || is("57014")) return "The database was kept busy by others for too long; nothing was kept. Try again in a moment.";
    if (is("53300")) return "The database server takes no more connections. Raise its limit, or stop what holds them.";
    return {};
}

}  // namespace

bool is_lost(pg_conn const* connection, pg_result const* result)
{
    if (PQstatus(connection) == CONNECTION_BAD) return true;
    auto const code = field_of(result, PG_DIAG_SQLSTATE);
    return code.starts_with("08") || code.starts_with("57P");   // shut down, or not yet up again
}

void fail(pg_conn const* connection, pg_result const* result, std::string_view sql)
{
    auto const code = field_of(result, PG_DIAG_SQLSTATE);
    if (is_lost(connection, result)) throw Unavailable("The connection to the database was lost; nothing was kept. Try again in a moment.");
    if (code == "53100") throw NoRoom("The disk of the database server is full: nothing was changed. Free some space, then try again.");
    if (auto const message = passing_message(code); !message.empty()) throw Unavailable(message);
    if (auto const message = operator_message(code); !message.empty()) throw StorageFailure(message + " (code " + code + ")");
    log(LogLevel::Failure, "statement_refused", {{"code", std::string_view{code}}, {"statement", sql.substr(0, 300)}});
    std::string what = "PostgreSQL refused a statement (code " + code;
    for (auto const& [field, name] : {std::pair{PG_DIAG_TABLE_NAME, "table"}, {PG_DIAG_COLUMN_NAME, "column"}, {PG_DIAG_CONSTRAINT_NAME, "constraint"}})
        if (auto const text = field_of(result, field); !text.empty()) what += std::string{", "} + name + " " + text;
    throw std::logic_error(what + "); the log names it");
}

void fail_to_connect(pg_conn const* connection)
{
    // libpq says host, port, account and reason, never the password.
    auto const reason = shorten(one_line(PQerrorMessage(connection)), 400);
    throw Unavailable("The database server could not be reached: " + reason);
}

}  // namespace greffier::storage
