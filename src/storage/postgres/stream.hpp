#pragma once
// Rows that come one by one. When the connection is wanted for something else, those still on their way are taken in.

#include "storage/postgres/answer.hpp"
#include "storage/postgres/connection.hpp"

namespace greffier::storage {

class PostgresStream final : public PostgresCursor {
public:
    PostgresStream(PostgresConnection& connection, std::string_view sql);
    ~PostgresStream() override;
    bool step() override;
    /// Takes in the rest; the connection is free afterwards.
    void take_in();

private:
    PostgresAnswer next_answer();

    PostgresConnection& connection_;
    std::string_view sql_;
    std::deque<PostgresAnswer> taken_in_;
    bool on_its_way_ = true;
};

}  // namespace greffier::storage
