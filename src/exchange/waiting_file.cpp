#include "exchange/waiting_file.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <system_error>

#include "core/crypto.hpp"

namespace greffier::exchange {
namespace {

namespace fs = std::filesystem;
constexpr std::chrono::hours kept{1};

fs::path path_of(fs::path const& directory, accounts::Actor const& actor, std::string_view word)
{
    return directory / ("import-" + actor.organisation.uuid.hex() + "-" + actor.id.hex() + "-" + std::string(word));
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
    std::ofstream out(path, std::ios::binary);
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
    if (!out.write(bytes.data(), static_cast<std::streamsize>(bytes.size())).flush()) {
        int const reason = errno;
        std::error_code ignored;
        fs::remove(path, ignored);
        throw std::system_error(reason, std::generic_category(), "the file to import could not be kept");
    }
    return word;
}

std::optional<fs::path> waiting_file(fs::path const& directory, accounts::Actor const& actor, std::string_view word)
{
    auto const plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; };
    if (word.size() < 20 || word.size() > 64 || !std::ranges::all_of(word, plain)) return std::nullopt;
    auto path = path_of(directory, actor, word);
    std::error_code failure;
    if (!fs::is_regular_file(path, failure) || is_old(path)) return std::nullopt;
    return path;
}

} // namespace greffier::exchange
