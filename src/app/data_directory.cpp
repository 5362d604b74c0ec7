#include "app/data_directory.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

namespace greffier::app {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t key_size = 32;
constexpr auto test_marker = "test-clock";

[[noreturn]] void fail(std::string const& what, fs::path const& path) { throw std::system_error(errno, std::generic_category(), what + " " + path.string()); }

/// A new file of ours, synced; the caller gives it its name.
fs::path write_beside(fs::path const& path, ByteView content)
{
    auto pattern = path.string() + ".XXXXXX";
    int const file = ::mkostemp(pattern.data(), O_CLOEXEC);   // 0600
    if (file < 0) fail("cannot write", path);
    for (std::size_t done = 0; done < content.size();) {
        auto const count = ::write(file, content.data() + done, content.size() - done);
        if (count < 0 && errno != EINTR) { ::close(file); ::unlink(pattern.c_str()); fail("cannot write", path); }
        if (count > 0) done += static_cast<std::size_t>(count);
    }
    bool const synced = ::fsync(file) == 0;
    ::close(file);
    if (!synced) { ::unlink(pattern.c_str()); fail("cannot write", path); }
    return pattern;
}

/// Two first commands at once both end with the key of the one that was first.
void make_key(fs::path const& path)
{
    if (fs::exists(path)) return;
    auto const made = write_beside(path, random_bytes(key_size));
    if (::link(made.c_str(), path.c_str()) != 0 && errno != EEXIST) fail("cannot write", path);
    ::unlink(made.c_str());
}

void make_directory(fs::path const& path)
{
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) fail("cannot create", path);
}

}  // namespace

void write_private_file(fs::path const& path, std::string_view content)
{
    auto const made = write_beside(path, as_bytes(content));
    if (::rename(made.c_str(), path.c_str()) != 0) fail("cannot write", path);
}

bool DataDirectory::exists(fs::path const& path, storage::Engine engine)
{
    std::error_code ignored;
    if (engine == storage::Engine::Sqlite) return fs::exists(path / "greffier.db", ignored);
    // The last that is made, or what stands for it (master_key.hpp): there is one at every moment.
    static constexpr std::array keys = std::to_array<std::string_view>({"data.key", "master.json", "next-data.key", "next-master.json"});
    return std::ranges::any_of(keys, [&](std::string_view name) { return fs::exists(path / "keys" / name, ignored); });
}

Result<DataDirectory> DataDirectory::open(fs::path const& path, Wish wish)
{
    ::umask(0077);   // whatever is made from here on holds personal data
    std::error_code problem;
    auto const state = fs::status(path, problem);
    if (fs::exists(state) && !fs::is_directory(state)) return Error::invalid("data_not_a_directory", {{"path", path.string()}});
    DataDirectory directory{fs::absolute(path).lexically_normal()};
    if (!exists(path, wish.engine)) {
        if (wish.absent == Absent::Refuse) return Error::not_found("data_absent", {{"path", path.string()}});
        TRY(directory.make(wish.test_clock));
    } else if (wish.test_clock && !directory.is_for_tests()) {
        return Error::conflict("data_not_for_tests", {{"path", path.string()}});
    }
    if (::access(path.c_str(), R_OK | W_OK | X_OK) != 0) return Error::forbidden("data_forbidden", {{"path", path.string()}});
    return directory;
}

Status DataDirectory::make(bool test_clock) const
{
    try {
        if (path_.has_parent_path()) fs::create_directories(path_.parent_path());
        make_directory(path_);
        for (auto const& part : {keys(), attachments(), checkpoints(), backups(), temporary()}) make_directory(part);
        make_key(keys() / "ledger.key");
        make_key(keys() / "data.key");
        if (test_clock) write_private_file(path_ / test_marker, "");
    } catch (std::system_error const& failure) {
        return Error::forbidden("data_cannot_create", {{"path", path_.string()}, {"reason", failure.code().message()}});
    }
    return Nothing{};
}

bool DataDirectory::is_for_tests() const { return fs::exists(path_ / test_marker); }

Result<Secret<Bytes>> read_key_file(fs::path const& path)
{
    int const file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return Error::not_found("key_missing", {{"path", path.string()}});
    std::array<std::uint8_t, key_size + 1> buffer{};
    auto const count = ::read(file, buffer.data(), buffer.size());
    ::close(file);
    Secret<Bytes> key{Bytes(buffer.begin(), buffer.begin() + key_size)};
    wipe(buffer.data(), buffer.size());
    if (count != static_cast<ssize_t>(key_size)) return Error::invalid("key_damaged", {{"path", path.string()}});
    return key;
}

DataDirectory::Lock::~Lock() { ::close(file_); }

Result<std::unique_ptr<DataDirectory::Lock>> DataDirectory::lock_for_serving() const
{
    auto const path = path_ / "serve.lock";
    int const file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) fail("cannot open", path);
    auto lock = std::make_unique<Lock>(file);
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) return Error::conflict("already_served", {{"path", path_.string()}});
    return lock;
}

}  // namespace greffier::app
