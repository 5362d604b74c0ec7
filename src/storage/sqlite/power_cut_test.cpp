// Acknowledged means synced: the plug is pulled after each answer, and what was answered is there.

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <atomic>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <string>
#include <thread>
#include <vector>

#include "storage/test_database.hpp"

namespace greffier::storage {

namespace {

/// What a file holds, and what of it would survive.
struct Image {
    std::string written, durable;
    bool exists = false;
};

/// A disk that remembers what was synced: power_cut() writes, into another directory, the files as they would be after
/// the power went: every write since the last sync of its file is gone. Counts files opened through the default VFS.
class PowerCutDisk {
public:
    /// Becomes the default VFS until destroyed; open databases after, close them before.
    PowerCutDisk();
    ~PowerCutDisk();
    PowerCutDisk(PowerCutDisk const&) = delete;
    PowerCutDisk& operator=(PowerCutDisk const&) = delete;

    /// What is durable of the files of `from`, written into `to` (created). The running databases are not disturbed.
    void power_cut(std::filesystem::path const& from, std::filesystem::path const& to) const;

    struct State;

private:
    std::unique_ptr<State> state_;
};

struct PowerCutDisk::State {
    sqlite3_vfs vfs{};
    sqlite3_vfs* real = nullptr;
    std::mutex mutex;
    std::map<std::string, Image> files;   ///< guarded by mutex
};

/// Lies before the real file's own structure, as SQLite allocates szOsFile bytes for both.
struct WatchedFile {
    sqlite3_file base{};
    PowerCutDisk::State* disk = nullptr;
    std::string* path = nullptr;   ///< null for temporary files, which need not survive
    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

WatchedFile* watched(sqlite3_file* file) { return reinterpret_cast<WatchedFile*>(file); }
sqlite3_file* real(sqlite3_file* file) { return watched(file)->real(); }

template <class Act>
void with_image(sqlite3_file* file, Act const& act)
{
    auto* watch = watched(file);
    if (!watch->path) return;
    std::lock_guard const held(watch->disk->mutex);
    act(watch->disk->files[*watch->path]);
}

int close_file(sqlite3_file* file)
{
    int const code = real(file)->pMethods ? real(file)->pMethods->xClose(real(file)) : SQLITE_OK;
    delete watched(file)->path;
    watched(file)->path = nullptr;
    return code;
}
int read_file(sqlite3_file* f, void* to, int size, sqlite3_int64 at) { return real(f)->pMethods->xRead(real(f), to, size, at); }
int write_file(sqlite3_file* f, void const* from, int size, sqlite3_int64 at)
{
    int const code = real(f)->pMethods->xWrite(real(f), from, size, at);
    if (code == SQLITE_OK)
        with_image(f, [&](Image& image) {
            auto const end = static_cast<std::size_t>(at) + static_cast<std::size_t>(size);
            if (image.written.size() < end) image.written.resize(end);
            std::memcpy(image.written.data() + at, from, static_cast<std::size_t>(size));
        });
    return code;
}
int truncate_file(sqlite3_file* f, sqlite3_int64 size)
{
    int const code = real(f)->pMethods->xTruncate(real(f), size);
    if (code == SQLITE_OK) with_image(f, [&](Image& image) { image.written.resize(static_cast<std::size_t>(size)); });
    return code;
}
int sync_file(sqlite3_file* f, int flags)
{
    int const code = real(f)->pMethods->xSync(real(f), flags);
    if (code == SQLITE_OK) with_image(f, [](Image& image) { image.durable = image.written; });
    return code;
}
int size_of_file(sqlite3_file* f, sqlite3_int64* size) { return real(f)->pMethods->xFileSize(real(f), size); }
int lock_file(sqlite3_file* f, int level) { return real(f)->pMethods->xLock(real(f), level); }
int unlock_file(sqlite3_file* f, int level) { return real(f)->pMethods->xUnlock(real(f), level); }
int reserved(sqlite3_file* f, int* out) { return real(f)->pMethods->xCheckReservedLock(real(f), out); }
int control(sqlite3_file* f, int act, void* value) { return real(f)->pMethods->xFileControl(real(f), act, value); }
int sector(sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); }
int characteristics(sqlite3_file* f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); }
int shm_map(sqlite3_file* f, int region, int size, int extend, void volatile** out) { return real(f)->pMethods->xShmMap(real(f), region, size, extend, out); }
int shm_lock(sqlite3_file* f, int offset, int count, int flags) { return real(f)->pMethods->xShmLock(real(f), offset, count, flags); }
void shm_barrier(sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); }
int shm_unmap(sqlite3_file* f, int remove) { return real(f)->pMethods->xShmUnmap(real(f), remove); }

// Version 2: without xFetch, so that no page reaches the file behind our back.
constexpr sqlite3_io_methods watching{2,         close_file, read_file, write_file, truncate_file,   sync_file, size_of_file, lock_file,   unlock_file, reserved,
                                      control,   sector,     characteristics, shm_map, shm_lock, shm_barrier, shm_unmap, nullptr, nullptr};

int open_file(sqlite3_vfs* vfs, char const* name, sqlite3_file* file, int flags, int* out)
{
    auto* disk = static_cast<PowerCutDisk::State*>(vfs->pAppData);
    auto* watch = new (file) WatchedFile;
    watch->disk = disk;
    int const code = disk->real->xOpen(disk->real, name, watch->real(), flags, out);
    if (code != SQLITE_OK && !watch->real()->pMethods) return code;
    watch->base.pMethods = &watching;
    if (code != SQLITE_OK || !name || (flags & SQLITE_OPEN_DELETEONCLOSE)) return code;
    watch->path = new std::string(name);
    std::lock_guard const held(disk->mutex);
    auto& image = disk->files[name];
    if (image.exists) return code;
    std::ifstream there(name, std::ios::binary);
    image.written.assign(std::istreambuf_iterator<char>(there), {});
    image.durable = image.written;   // what was on the disk before we came is safe
    image.exists = true;
    return code;
}

int delete_file(sqlite3_vfs* vfs, char const* name, int sync_directory)
{
    auto* disk = static_cast<PowerCutDisk::State*>(vfs->pAppData);
    int const code = disk->real->xDelete(disk->real, name, sync_directory);
    std::lock_guard const held(disk->mutex);
    if (code == SQLITE_OK) disk->files.erase(name);
    return code;
}

PowerCutDisk::PowerCutDisk() : state_(std::make_unique<State>())
{
    state_->real = sqlite3_vfs_find(nullptr);
    state_->vfs = *state_->real;   // everything but these is the real one's
    state_->vfs.zName = "power-cut";
    state_->vfs.pNext = nullptr;
    state_->vfs.pAppData = state_.get();
    state_->vfs.szOsFile = static_cast<int>(sizeof(WatchedFile)) + state_->real->szOsFile;
    state_->vfs.xOpen = open_file;
    state_->vfs.xDelete = delete_file;
    sqlite3_vfs_register(&state_->vfs, 1);
}

PowerCutDisk::~PowerCutDisk()
{
    sqlite3_vfs_unregister(&state_->vfs);
    sqlite3_vfs_register(state_->real, 1);
}

void PowerCutDisk::power_cut(std::filesystem::path const& from, std::filesystem::path const& to) const
{
    std::filesystem::create_directories(to);
    std::lock_guard const held(state_->mutex);
    for (auto const& [name, image] : state_->files)
        if (std::filesystem::path(name).parent_path() == from)
            std::ofstream(to / std::filesystem::path(name).filename(), std::ios::binary) << image.durable;
}

std::int64_t rows_of(std::filesystem::path const& file)
{
    auto const database = open_sqlite(file.string());
    EXPECT_EQ(database->check_integrity(), std::vector<std::string>{});
    auto session = database->read();
    auto count = session->query(SqlText{"SELECT count(*) FROM installation WHERE key LIKE 'k%'"});
    count.next();
    return count.integer(0);
}

void keep(Database& database, std::string const& key)
{
    auto const kept = database.write([&](Session& session) -> Status {
        session.execute(SqlText{"INSERT INTO installation(key, value) VALUES(?,?)"}, "k" + key, std::string(3000, 'x'));
        return Nothing{};
    });
    ASSERT_TRUE(kept.ok());
}

TEST(PowerCut, what_was_answered_is_there_after_the_plug_is_pulled)
{
    PowerCutDisk disk;
    TestDatabase database;
    for (int answered = 1; answered <= 40; ++answered) {
        keep(*database, std::to_string(answered));
        auto const after = database.directory() / ("cut" + std::to_string(answered));
        disk.power_cut(database.directory(), after);
        ASSERT_EQ(rows_of(after / "greffier.db"), answered);
    }
    database.close();
}

TEST(PowerCut, many_writers_lose_nothing_they_were_told_is_kept)
{
    PowerCutDisk disk;
    TestDatabase database;
    std::atomic<int> answered{0};
    std::atomic<bool> stopping{false};
    std::vector<std::thread> writers;
    for (int writer = 0; writer < 6; ++writer)
        writers.emplace_back([&, writer] {
            for (int i = 0; !stopping; ++i) {
                keep(*database, std::to_string(writer) + "-" + std::to_string(i));
                ++answered;
            }
        });
    for (int cut = 0; cut < 10; ++cut) {
        while (answered < (cut + 1) * 20) std::this_thread::yield();
        int const told = answered;   // counted before the cut: at least these must be there
        auto const after = database.directory() / ("cut" + std::to_string(cut));
        disk.power_cut(database.directory(), after);
        EXPECT_GE(rows_of(after / "greffier.db"), told);
    }
    stopping = true;
    for (auto& writer : writers) writer.join();
    database.close();
}

/// The proof that the tests above can fail: the same disk, and a connection that does not wait for it.
TEST(PowerCut, a_lower_synchronous_loses_what_it_acknowledged)
{
    PowerCutDisk disk;
    TestDatabase database;
    database.close();
    sqlite3* careless = nullptr;
    ASSERT_EQ(sqlite3_open(database.file().c_str(), &careless), SQLITE_OK);
    auto run = [&](std::string const& sql) { ASSERT_EQ(sqlite3_exec(careless, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(careless); };
    run("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=0");
    for (int answered = 1; answered <= 5; ++answered) run("INSERT INTO installation(key, value) VALUES('k" + std::to_string(answered) + "','x')");
    auto const after = database.directory() / "cut";
    disk.power_cut(database.directory(), after);
    EXPECT_LT(rows_of(after / "greffier.db"), 5);
    sqlite3_close(careless);
}

}  // namespace

}  // namespace greffier::storage
