#pragma once
// One SQLite connection with its prepared statements. Belongs to one thread at a time.

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "storage/database.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace greffier::storage {

class Connection final : public Session {
public:
    /// A reading connection cannot change anything; a copying one could, for SQLite refuses VACUUM INTO otherwise.
    enum class Use { Reading, Copying, Writing };

    /// Opens the file, creating it (readable by its owner alone) when absent and Use::Writing.
    Connection(std::string const& path, Use use);
    ~Connection() override;
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;

    Engine engine() const override { return Engine::Sqlite; }

    /// Runs a text of several statements that are part of the program (migrations).
    void run_script(std::string_view script);
    /// BEGIN IMMEDIATE; false when another process holds the write lock.
    bool try_begin();
    void commit();
    void rollback() noexcept;
    /// False when an error (disk full, I/O) made SQLite undo the whole transaction by itself.
    [[nodiscard]] bool in_transaction() const;

    [[nodiscard]] std::string const& path() const { return path_; }
    [[nodiscard]] int open_cursors() const { return open_cursors_; }
    [[nodiscard]] std::int64_t prepared_count() const { return prepared_; }   ///< statements compiled so far, each time they were

private:
    friend class SqliteCursor;

    Cursor run_query(SqlText sql, std::vector<Param> params) override;
    std::int64_t run(SqlText sql, std::vector<Param> params) override;

    void apply_settings(Use use);
    sqlite3_stmt* take(std::string_view sql);
    void put_back(std::string_view sql, sqlite3_stmt* statement);
    void bind(sqlite3_stmt* statement, std::string_view sql, std::vector<Param> const& params, bool copy);

    std::string path_;
    sqlite3* connection_ = nullptr;
    /// Idle statements by the address of their literal; several when one text runs inside itself.
    std::unordered_map<char const*, std::vector<sqlite3_stmt*>> idle_;
    int open_cursors_ = 0;
    std::int64_t prepared_ = 0;
};

}  // namespace greffier::storage
