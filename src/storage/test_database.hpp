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

namespace greffier::storage {

/// The engines every storage test runs on.
inline std::vector<Engine> tested_engines() { return {Engine::Sqlite}; }

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
        reopen();
        if (start == Start::Migrated) database_->migrate();
    }

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
        if (engine_ != Engine::Sqlite) throw std::logic_error("this engine is not built yet");
        return open_sqlite(file());
    }
    [[nodiscard]] std::filesystem::path const& directory() const { return directory_.path(); }
    [[nodiscard]] std::string file() const { return (directory_.path() / "greffier.db").string(); }

private:
    Engine engine_;
    TestDirectory directory_;   // before the database: it must outlive it
    std::unique_ptr<Database> database_;
};

}  // namespace greffier::storage
