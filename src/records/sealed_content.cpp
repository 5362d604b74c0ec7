#include "records/sealed_content.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "core/key_wrap.hpp"

namespace greffier::records {

namespace {

/// With the reason of errno, so that a full disk can be told from the rest.
[[noreturn]] void fail_to_write(std::filesystem::path const& path)
{
    throw std::system_error(errno, std::generic_category(), "attachment " + path.filename().string());
}

/// A file descriptor that closes itself.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor()
    {
        if (number_ >= 0) ::close(number_);
    }
    Descriptor(Descriptor const&) = delete;
    Descriptor& operator=(Descriptor const&) = delete;
    [[nodiscard]] int number() const { return number_; }

private:
    int number_;
};

void write_whole(int descriptor, ByteView bytes, std::filesystem::path const& path)
{
    while (!bytes.empty()) {
        auto const written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail_to_write(path);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
}

}  // namespace

Secret<Bytes> contents_key_of(Secret<Bytes> const& record_key) { return derived_key(record_key, "greffier contents"); }

std::string content_name(Secret<Bytes> const& key, Hash const& sha256) { return to_hex(hmac_sha256(key.reveal(), sha256)); }

std::filesystem::path content_place(std::filesystem::path const& directory, std::string const& name) { return directory / name.substr(0, 2) / name; }

void sync_directory(std::filesystem::path const& directory)
{
    Descriptor const opened(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (opened.number() < 0 || ::fsync(opened.number()) != 0) fail_to_write(directory);
}

void make_content_directory(std::filesystem::path const& directory)
{
    if (std::filesystem::create_directories(directory)) {
        std::filesystem::permissions(directory, std::filesystem::perms::owner_all);
        sync_directory(directory.parent_path());
    }
}

void write_sealed_content(std::filesystem::path const& path, Secret<Bytes> const& key, ContentReader const& read)
{
    Descriptor const file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (file.number() < 0) fail_to_write(path);
    try {
        SealStream stream(key);
        write_whole(file.number(), stream.header(), path);
        std::string now(SealStream::piece_size, '\0'), ahead = now;
        auto size = read(now.data(), now.size());
        for (bool last = false; !last;) {
            auto const next = read(ahead.data(), ahead.size());
            last = next == 0;
            write_whole(file.number(), stream.push(as_bytes({now.data(), size}), last), path);
            std::swap(now, ahead);
            size = next;
        }
        if (::fsync(file.number()) != 0) fail_to_write(path);
    } catch (...) {
        ::unlink(path.c_str());
        throw;
    }
}

}  // namespace greffier::records
