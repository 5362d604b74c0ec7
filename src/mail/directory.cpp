#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <system_error>

#include "mail/transport.hpp"

namespace greffier::mail {

namespace {

class Directory final : public Transport {
public:
    explicit Directory(std::filesystem::path path) : path_(std::move(path)) {}

    Delivery send(Parcel const& parcel, std::function<bool()> const&) override
    {
        std::error_code failed;
        if (std::filesystem::create_directories(path_, failed) && !failed) std::filesystem::permissions(path_, std::filesystem::perms::owner_all, failed);
        auto const place = path_ / (parcel.id + ".eml");
        auto const fresh = place.string() + ".new";
        if (!write(fresh, parcel.mime)) return {Delivery::Outcome::Later, "directory", 0, {}, true};
        std::filesystem::rename(fresh, place, failed);
        if (failed) return {Delivery::Outcome::Later, "directory", 0, {}, true};
        return {};
    }
    [[nodiscard]] std::string way() const override { return path_.string(); }

private:
    static bool write(std::string const& path, std::string_view content)
    {
        int const file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        if (file < 0) return false;
        while (!content.empty()) {
            auto const written = ::write(file, content.data(), content.size());
            if (written <= 0) break;
            content.remove_prefix(static_cast<std::size_t>(written));
        }
        return ::close(file) == 0 && content.empty();
    }

    std::filesystem::path path_;
};

}  // namespace

std::unique_ptr<Transport> directory_transport(std::filesystem::path directory) { return std::make_unique<Directory>(std::move(directory)); }

}  // namespace greffier::mail
