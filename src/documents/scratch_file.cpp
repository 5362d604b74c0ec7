#include "documents/scratch_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace greffier::documents {
namespace {

[[noreturn]] void fail(char const* what)
{
    throw std::system_error(errno, std::generic_category(), what);
}

} // namespace

ScratchFile::ScratchFile(std::filesystem::path const& directory)
{
    auto const where = directory.empty() ? std::filesystem::temp_directory_path() : directory;
    descriptor_ = ::open(where.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (descriptor_ >= 0) return;
    // Some file systems know no nameless file: one that loses its name at once is as good.
    auto name = (where / "greffier-XXXXXX").string();
    descriptor_ = ::mkostemp(name.data(), O_CLOEXEC);
    if (descriptor_ < 0) fail("scratch file");
    ::unlink(name.c_str());
}

ScratchFile::~ScratchFile()
{
    if (descriptor_ >= 0) ::close(descriptor_);
}

ScratchFile::ScratchFile(ScratchFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), read_to_(other.read_to_)
{
}

void ScratchFile::write(std::string_view bytes)
{
    while (!bytes.empty()) {
        auto const done = ::write(descriptor_, bytes.data(), bytes.size());
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) fail("scratch file");
        bytes.remove_prefix(static_cast<std::size_t>(done));
    }
}

std::string ScratchFile::path() const
{
    return "/proc/self/fd/" + std::to_string(descriptor_);
}

std::uint64_t ScratchFile::size() const
{
    struct stat facts{};
    if (::fstat(descriptor_, &facts) != 0) fail("scratch file");
    return static_cast<std::uint64_t>(facts.st_size);
}

std::string ScratchFile::read(std::size_t most)
{
    std::string piece(most, '\0');
    ssize_t got = 0;
    do got = ::pread(descriptor_, piece.data(), most, static_cast<off_t>(read_to_));
    while (got < 0 && errno == EINTR);
    if (got < 0) fail("scratch file");
    piece.resize(static_cast<std::size_t>(got));
    read_to_ += static_cast<std::uint64_t>(got);
    return piece;
}

} // namespace greffier::documents
