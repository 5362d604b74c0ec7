#pragma once
// The data directory of the embedded default: one folder, readable by its owner alone, that is the whole installation.
//   greffier.db   keys/{ledger,data}.key   attachments/   checkpoints/   backups/   tmp/   greffier.toml

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "core/crypto.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "storage/database.hpp"

namespace greffier::app {

/// 32 bytes of a file. Errors: key_missing, key_damaged.
Result<Secret<Bytes>> read_key_file(std::filesystem::path const& path);

class DataDirectory {
public:
    enum class Absent { Create, Refuse };
    struct Wish {
        Absent absent = Absent::Refuse;
        bool test_clock = false;     ///< made for tests: an existing directory that is not is refused
        storage::Engine engine = storage::Engine::Sqlite;   ///< on a server, the directory holds no database
    };
    /// Keys are made with the directory and never later: a missing key of a directory in use is an error, for a new
    /// one would neither sign the same history nor open what is sealed.
    static Result<DataDirectory> open(std::filesystem::path const& path, Wish wish);
    /// True when `path` holds an installation: its database or, where that is a server's, its keys.
    static bool exists(std::filesystem::path const& path, storage::Engine engine = storage::Engine::Sqlite);

    [[nodiscard]] std::filesystem::path const& path() const { return path_; }
    [[nodiscard]] std::filesystem::path database_file() const { return path_ / "greffier.db"; }
    [[nodiscard]] std::filesystem::path keys() const { return path_ / "keys"; }
    [[nodiscard]] std::filesystem::path attachments() const { return path_ / "attachments"; }
    [[nodiscard]] std::filesystem::path checkpoints() const { return path_ / "checkpoints"; }
    [[nodiscard]] std::filesystem::path backups() const { return path_ / "backups"; }
    [[nodiscard]] std::filesystem::path temporary() const { return path_ / "tmp"; }

    [[nodiscard]] Result<Secret<Bytes>> ledger_key() const { return read_key_file(keys() / "ledger.key"); }
    [[nodiscard]] bool is_for_tests() const;

    /// Held by the one `serve` of this directory until it goes; the system frees it when the process dies.
    class Lock {
    public:
        explicit Lock(int file) : file_(file) {}
        ~Lock();
        Lock(Lock const&) = delete;
        Lock& operator=(Lock const&) = delete;

    private:
        int file_;
    };
    [[nodiscard]] Result<std::unique_ptr<Lock>> lock_for_serving() const;

private:
    explicit DataDirectory(std::filesystem::path path) : path_(std::move(path)) {}
    Status make(bool test_clock) const;

    std::filesystem::path path_;
};

/// Writes a file readable by its owner alone, whole or not at all; an existing one is replaced. Throws on failure.
void write_private_file(std::filesystem::path const& path, std::string_view content);

}  // namespace greffier::app
