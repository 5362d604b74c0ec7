#include "storage/postgres/stream.hpp"

#include <libpq-fe.h>

#include "storage/postgres/failure.hpp"

namespace greffier::storage {

PostgresStream::PostgresStream(PostgresConnection& connection, std::string_view sql) : PostgresCursor(nullptr), connection_(connection), sql_(sql)
{
    connection_.stream_ = this;
}

PostgresStream::~PostgresStream()
{
    if (!on_its_way_) return;
    // Whoever stops early need not wait for the rest; in a transaction a cancelled statement would undo all of it.
    if (connection_.phase_ == PostgresConnection::Phase::Reading) {
        auto* cancel = PQgetCancel(connection_.connection_);
        char ignored[1];
        PQcancel(cancel, ignored, 0);
        PQfreeCancel(cancel);
    }
    while (auto* rest = PQgetResult(connection_.connection_)) PQclear(rest);
    connection_.stream_ = nullptr;
}

/// Null at the end.
PostgresAnswer PostgresStream::next_answer()
{
    PostgresAnswer answer{PQgetResult(connection_.connection_)};
    if (answer && PQresultStatus(answer.get()) == PGRES_SINGLE_TUPLE) return answer;
    on_its_way_ = false;
    connection_.stream_ = nullptr;
    auto const failed = answer && PQresultStatus(answer.get()) != PGRES_TUPLES_OK;
    while (auto* rest = PQgetResult(connection_.connection_)) PQclear(rest);
    if (failed || !answer) {
        if (is_lost(connection_.connection_, answer.get())) connection_.lost_ = true;
        fail(connection_.connection_, answer.get(), sql_);
    }
    return nullptr;
}

void PostgresStream::take_in()
{
    while (on_its_way_)
        if (auto answer = next_answer()) taken_in_.push_back(std::move(answer));
}

bool PostgresStream::step()
{
    if (!taken_in_.empty()) {
        answer_ = std::move(taken_in_.front());
        taken_in_.pop_front();
    } else {
        answer_ = on_its_way_ ? next_answer() : nullptr;
    }
    row_ = -1;
    return PostgresCursor::step();
}

}  // namespace greffier::storage
