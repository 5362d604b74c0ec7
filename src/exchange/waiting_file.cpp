#include "exchange/waiting_file.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>

#include "core/crypto.hpp"
#include "core/key_wrap.hpp"

namespace greffier::exchange {
namespace {

namespace fs = std::filesystem;
constexpr std::chrono::hours kept{1};

fs::path path_of(fs::path const& directory, accounts::Actor const& actor, std::string_view word)
{
    // By its hash: who reads the names of the directory cannot open what they name.
    return directory / ("import-" + actor.organisation.uuid.hex() + "-" + actor.id.hex() + "-" + to_hex(sha256(as_bytes(word))).substr(0, 32));
}

Secret<Bytes> key_of(std::string_view word)
{
    auto const key = hmac_sha256(as_bytes(word), as_bytes("greffier waiting file"));
    return Secret<Bytes>(Bytes(key.begin(), key.end()));
}

bool is_old(fs::path const& path)
{
    std::error_code failure;
    auto const written = fs::last_write_time(path, failure);
    return failure || fs::file_time_type::clock::now() - written > kept;
}

void sweep(fs::path const& directory)
{
    std::error_code failure;
    for (auto const& entry : fs::directory_iterator(directory, failure))
        if (entry.path().filename().string().starts_with("import-") && is_old(entry.path())) fs::remove(entry.path(), failure);
}

} // namespace

std::string keep_waiting(fs::path const& directory, accounts::Actor const& actor, std::string const& bytes)
{
    fs::create_directories(directory);
    sweep(directory);
    auto word = random_token();
    auto const path = path_of(directory, actor, word);
    auto const sealed = seal_bound(key_of(word), as_bytes(bytes), {});
    std::ofstream out(path, std::ios::binary);
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
    if (!out.write(reinterpret_cast<char const*>(sealed.data()), static_cast<std::streamsize>(sealed.size())).flush()) {
        int const reason = errno;
        std::error_code ignored;
        fs::remove(path, ignored);
        throw std::system_error(reason, std::generic_category(), "the file to import could not be kept");
    }
    return word;
}

std::optional<std::string> read_waiting(fs::path const& directory, accounts::Actor const& actor, std::string_view word)
{
    auto const plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; };
    if (word.size() < 20 || word.size() > 64 || !std::ranges::all_of(word, plain)) return std::nullopt;
    auto const path = path_of(directory, actor, word);
    std::error_code failure;
    if (!fs::is_regular_file(path, failure) || is_old(path)) return std::nullopt;
    std::ifstream in(path, std::ios::binary);
    std::string const sealed(std::istreambuf_iterator<char>(in), {});
    auto const opened = open_bound(key_of(word), as_bytes(sealed), {});
    return opened ? std::optional{std::string{as_text(opened->reveal())}} : std::nullopt;
}

void forget_waiting(fs::path const& directory, accounts::Actor const& actor, std::string_view word)
{
    std::error_code ignored;
    fs::remove(path_of(directory, actor, word), ignored);
}

} // namespace greffier::exchange
