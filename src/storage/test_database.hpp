#pragma once
// A migrated database in a directory of its own, gone with the value: for the tests of any library.
//
//   class RecordsTest : public testing::TestWithParam<storage::Engine> {};
//   TEST_P(RecordsTest, keeps_what_was_saved) { storage::TestDatabase database{GetParam()}; database->write(…); }
//   INSTANTIATE_TEST_SUITE_P(Engines, RecordsTest, testing::ValuesIn(storage::tested_engines()), storage::engine_name);

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "storage/database.hpp"
#include "storage/test_cluster.hpp"

namespace greffier::storage {

/// The engines every storage test runs on.
inline std::vector<Engine> tested_engines()
{
    if (postgres_is_available()) return {Engine::Sqlite, Engine::Postgres};
    return {Engine::Sqlite};
}

inline constexpr auto engine_name = [](auto const& parameter) -> std::string {
    return parameter.param == Engine::Sqlite ? "Sqlite" : "Postgres";
};

class TestDirectory {
public:
    TestDirectory()
    {
        auto pattern = (std::filesystem::temp_directory_path() / "greffier-test-XXXXXX").string();
        if (!::mkdtemp(pattern.data())) throw std::runtime_error("no temporary directory");
        path_ = pattern;
    }
    ~TestDirectory()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TestDirectory(TestDirectory const&) = delete;
    TestDirectory& operator=(TestDirectory const&) = delete;
    [[nodiscard]] std::filesystem::path const& path() const { return path_; }

private:
    std::filesystem::path path_;
};

class TestDatabase {
public:
    enum class Start { Migrated, Empty };

    explicit TestDatabase(Engine engine = Engine::Sqlite, Start start = Start::Migrated) : engine_(engine)
    {
        if (engine == Engine::Postgres) url_ = make_test_database(start == Start::Migrated);
        reopen();
        if (engine == Engine::Sqlite && start == Start::Migrated) database_->migrate();
    }
    ~TestDatabase()
    {
        close();
        if (!url_.empty()) drop_test_database(url_);
    }
    TestDatabase(TestDatabase const&) = delete;
    TestDatabase& operator=(TestDatabase const&) = delete;

    Database& operator*() const { return *database_; }
    Database* operator->() const { return database_.get(); }

    void close() { database_.reset(); }
    void reopen()
    {
        close();
        database_ = open();
    }
    /// One more Database on the same data, as another process would have.
    [[nodiscard]] std::unique_ptr<Database> open() const
    {
        return engine_ == Engine::Sqlite ? open_sqlite(file()) : open_postgres(SecretText{url_});
    }
    [[nodiscard]] std::string const& url() const { return url_; }   ///< empty on SQLite
    [[nodiscard]] std::filesystem::path const& directory() const { return directory_.path(); }
    [[nodiscard]] std::string file() const { return (directory_.path() / "greffier.db").string(); }

private:
    Engine engine_;
    std::string url_;
    TestDirectory directory_;   // before the database: it must outlive it
    std::unique_ptr<Database> database_;
};

}  // namespace greffier::storage
