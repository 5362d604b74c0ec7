#include "archive/sealed_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <stdexcept>
#include <system_error>

#include "core/passphrase.hpp"
#include "core/text.hpp"

namespace greffier::archive {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view first_line = "greffier-sealed-archive 1\n";

[[noreturn]] void fail(fs::path const& path) { throw std::system_error(errno, std::generic_category(), "cannot write " + path.string()); }

/// A file under a passing name until it is whole.
class FreshFile {
public:
    explicit FreshFile(fs::path path) : path_(std::move(path)), beside_(path_.string() + ".part"), file_(::open(beside_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600))
    {
        if (file_ < 0) fail(path_);
    }
    ~FreshFile()
    {
        if (file_ < 0) return;
        ::close(file_);
        ::unlink(beside_.c_str());
    }
    FreshFile(FreshFile const&) = delete;
    FreshFile& operator=(FreshFile const&) = delete;

    void write(ByteView bytes)
    {
        while (!bytes.empty()) {
            auto const done = ::write(file_, bytes.data(), bytes.size());
            if (done < 0 && errno == EINTR) continue;
            if (done < 0) fail(path_);
            bytes = bytes.subspan(static_cast<std::size_t>(done));
        }
    }
    void keep()
    {
        if (::fsync(file_) != 0) fail(path_);
        ::close(std::exchange(file_, -1));
        fs::rename(beside_, path_);
    }

private:
    fs::path path_, beside_;
    int file_;
};

std::string read_some(std::ifstream& file, std::size_t most)
{
    std::string piece(most, '\0');
    file.read(piece.data(), static_cast<std::streamsize>(most));
    piece.resize(static_cast<std::size_t>(file.gcount()));
    return piece;
}

}  // namespace

bool is_sealed(fs::path const& file)
{
    std::ifstream stream(file, std::ios::binary);
    return stream && read_some(stream, first_line.size()) == first_line;
}

Result<FileKey> key_for(SecretText const& passphrase)
{
    if (length_utf8(passphrase.reveal()) < shortest_passphrase) return Error::invalid("archive.passphrase_short", {{"min", std::to_string(shortest_passphrase)}});
    FileKey key{random_bytes(passphrase_salt_size), {}};
    key.key = key_of_passphrase(passphrase, key.salt);
    return key;
}

void seal_file(fs::path const& plain, fs::path const& sealed, FileKey const& key)
{
    std::ifstream from(plain, std::ios::binary);
    if (!from) throw std::system_error(errno, std::generic_category(), "cannot read " + plain.string());
    FreshFile out(sealed);
    SealStream stream(key.key);
    out.write(as_bytes(first_line));
    out.write(key.salt);
    out.write(stream.header());
    auto piece = read_some(from, SealStream::piece_size);
    for (bool last = false; !last;) {
        auto next = read_some(from, SealStream::piece_size);
        last = next.empty();
        out.write(stream.push(as_bytes(piece), last));
        piece = std::move(next);
    }
    if (from.bad()) throw std::runtime_error("cannot read " + plain.string());
    out.keep();
}

namespace {

/// `key_of` makes the key from the salt that the file bears.
template <class KeyOf>
Result<documents::ScratchFile> opened(fs::path const& sealed, fs::path const& scratch, KeyOf const& key_of)
{
    std::ifstream from(sealed, std::ios::binary);
    (void)read_some(from, first_line.size());
    auto const salt = read_some(from, passphrase_salt_size), header = read_some(from, OpenStream::header_size);
    if (header.size() != OpenStream::header_size) return Error::invalid("archive.truncated");
    OpenStream stream(key_of(as_bytes(salt)), as_bytes(header));
    documents::ScratchFile plain(scratch);
    for (bool first = true;; first = false) {
        auto const piece = read_some(from, SealStream::piece_size + SealStream::overhead);
        if (piece.empty()) return Error::invalid("archive.truncated");
        auto const opened = stream.pull(as_bytes(piece));
        if (!opened) return Error::invalid(first ? "archive.wrong_passphrase" : "archive.truncated");
        plain.write(as_text(opened->bytes));
        if (!opened->last) continue;
        if (from.peek() != std::ifstream::traits_type::eof()) return Error::invalid("archive.truncated");
        return plain;
    }
}

}  // namespace

FileKey made_key() { return {random_bytes(passphrase_salt_size), Secret<Bytes>{random_bytes(32)}}; }

Result<documents::ScratchFile> open_file(fs::path const& sealed, SecretText const& passphrase, fs::path const& scratch)
{
    return opened(sealed, scratch, [&](ByteView salt) { return key_of_passphrase(passphrase, salt); });
}

Result<documents::ScratchFile> open_file(fs::path const& sealed, Secret<Bytes> const& key, fs::path const& scratch)
{
    return opened(sealed, scratch, [&](ByteView) -> Secret<Bytes> const& { return key; });
}

}  // namespace greffier::archive
