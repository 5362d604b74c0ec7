#pragma once
// The answer of a PostgreSQL server, and its values: integers, texts and bytes in the binary form of the protocol.

#include <deque>
#include <memory>
#include <string>
#include <string_view>

#include "storage/database.hpp"

struct pg_result;

namespace greffier::storage {

struct ClearResult { void operator()(pg_result* result) const; };
using PostgresAnswer = std::unique_ptr<pg_result, ClearResult>;

/// Rows that are all here.
class PostgresCursor : public CursorImpl {
public:
    explicit PostgresCursor(PostgresAnswer answer) : answer_(std::move(answer)) {}

    bool step() override;
    bool is_null(int column) const override;
    std::int64_t integer(int column) const override;
    std::string_view text(int column) const override;
    ByteView bytes(int column) const override;

protected:
    PostgresAnswer answer_;
    int row_ = -1;

private:
    mutable std::deque<std::string> written_;   ///< numbers asked for as text; until the next step
};

}  // namespace greffier::storage
