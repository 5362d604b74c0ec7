#include "archive/reader.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <set>
#include <stdexcept>

#include "archive/parts.hpp"
#include "archive/sealed_file.hpp"
#include "documents/zip_archive.hpp"

namespace greffier::archive {

namespace {

constexpr std::size_t longest_line = 80U << 20, longest_text = 64U << 20, most_parts = 2'000'000;
constexpr documents::ZipLimits limits{most_parts, longest_text, 300};

bool is_hash(std::string_view text) { return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos; }

/// Names are compared with these, and never used as paths.
bool is_known(std::string_view name)
{
    static constexpr std::array fixed = {part::organisation, part::people, part::attachments, part::settings, part::discussion, part::entries, part::checkpoints, part::former};
    if (std::ranges::find(fixed, name) != fixed.end()) return true;
    if (name.starts_with(part::contents)) return is_hash(name.substr(part::contents.size()));
    if (!name.starts_with(part::registers) || !name.ends_with(part::lines)) return false;
    name.remove_prefix(part::registers.size());
    name.remove_suffix(part::lines.size());
    return !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

/// What the zip says of itself, in this archive's own words.
Error in_our_words(Error const& error, std::string_view part)
{
    if (error.code == "import.bomb" || error.code == "import.too_many_entries") return Error::too_large("archive.bomb");
    return Error::invalid("archive.altered_part", {{"part", std::string{part}}});
}

struct Entry {
    std::size_t place = 0;
    Part const* part = nullptr;
};

}  // namespace

struct ArchiveReader::Impl {
    std::optional<documents::ScratchFile> plain;   ///< before what reads it
    std::unique_ptr<documents::ZipReader> zip;
    Manifest manifest;
    std::map<std::string, Entry, std::less<>> entries;
};

ArchiveReader::ArchiveReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ArchiveReader::~ArchiveReader() = default;
ArchiveReader::ArchiveReader(ArchiveReader&&) noexcept = default;

Result<ArchiveReader> ArchiveReader::open(std::filesystem::path const& file, std::optional<SecretText> const& passphrase, std::filesystem::path const& scratch)
{
    auto impl = std::make_unique<Impl>();
    if (!std::filesystem::is_regular_file(file)) return Error::not_found("archive.no_file", {{"path", file.string()}});
    auto path = file.string();
    if (is_sealed(file)) {
        if (!passphrase) return Error::invalid("archive.needs_passphrase");
        impl->plain.emplace(TRY(open_file(file, *passphrase, scratch)));
        path = impl->plain->path();
    }
    auto zip = documents::ZipReader::open_file(path, limits);
    if (!zip.ok()) return zip.error().code == "import.damaged" ? Error::invalid("archive.truncated") : in_our_words(zip.error(), "");
    impl->zip = std::make_unique<documents::ZipReader>(std::move(*zip));
    if (!impl->zip->has(std::string{part::manifest})) return Error::invalid("archive.not_one");
    auto const manifest = impl->zip->read(std::string{part::manifest});
    if (!manifest.ok()) return in_our_words(manifest.error(), part::manifest);
    impl->manifest = TRY(parse_manifest(*manifest));

    for (auto const& part : impl->manifest.parts) {
        if (!is_known(part.name)) return Error::invalid("archive.extra_part", {{"part", part.name}});
        if (!impl->entries.emplace(part.name, Entry{most_parts, &part}).second) return Error::invalid("archive.twice", {{"part", part.name}});
    }
    std::size_t place = 0, manifests = 0;
    for (auto const& name : impl->zip->names()) {
        auto const here = place++;
        if (name == part::manifest && ++manifests == 1) continue;
        auto const found = impl->entries.find(name);
        if (found == impl->entries.end()) return Error::invalid(name == part::manifest ? "archive.twice" : "archive.extra_part", {{"part", name}});
        if (found->second.place != most_parts) return Error::invalid("archive.twice", {{"part", name}});
        found->second.place = here;
    }
    for (auto const& [name, entry] : impl->entries)
        if (entry.place == most_parts) return Error::invalid("archive.missing_part", {{"part", name}});
    for (auto const name : {part::organisation, part::people, part::attachments, part::settings, part::discussion, part::entries, part::checkpoints})
        if (!impl->entries.contains(name)) return Error::invalid("archive.missing_part", {{"part", std::string{name}}});
    return ArchiveReader(std::move(impl));
}

Manifest const& ArchiveReader::manifest() const { return impl_->manifest; }

bool ArchiveReader::has(std::string_view part) const { return impl_->entries.contains(part); }

std::vector<std::string> ArchiveReader::registers() const
{
    std::vector<std::string> slugs;
    for (auto const& [name, entry] : impl_->entries)
        if (name.starts_with(part::registers)) slugs.push_back(name.substr(part::registers.size(), name.size() - part::registers.size() - part::lines.size()));
    return slugs;
}

Status ArchiveReader::each_piece(std::string_view part, std::function<Status(std::string_view)> const& take) const
{
    auto const found = impl_->entries.find(part);
    if (found == impl_->entries.end()) return Error::invalid("archive.missing_part", {{"part", std::string{part}}});
    auto const& [place, said] = found->second;
    constexpr std::size_t some_more = 1U << 20;   // what is a little longer was altered; what is far longer is an attack
    auto stream = impl_->zip->stream(place, said->size + some_more);
    if (!stream.ok()) return in_our_words(stream.error(), part);
    Sha256 hash;
    std::uint64_t size = 0;
    std::string buffer(1U << 18, '\0');
    for (;;) {
        auto const got = stream->read(buffer.data(), buffer.size());
        if (!got.ok()) return in_our_words(got.error(), part);
        if (*got == 0) break;
        hash.update(as_bytes({buffer.data(), *got}));
        size += *got;
        if (size > said->size) break;
        TRY(take({buffer.data(), *got}));
    }
    if (size != said->size || hash.finish() != said->sha256) return Error::invalid("archive.altered_part", {{"part", std::string{part}}});
    return Nothing{};
}

Status ArchiveReader::each_line(std::string_view part, std::function<Status(std::string_view, Place const&)> const& take) const
{
    std::string held;
    Place place{std::string{part}, 0};
    TRY(each_piece(part, [&](std::string_view piece) -> Status {
        held += piece;
        std::size_t from = 0;
        for (auto end = held.find('\n'); end != std::string::npos; end = held.find('\n', from)) {
            ++place.line;
            TRY(take(std::string_view{held}.substr(from, end - from), place));
            from = end + 1;
        }
        held.erase(0, from);
        if (held.size() > longest_line) return damaged(place);
        return Nothing{};
    }));
    if (!held.empty()) return damaged(place);
    return Nothing{};
}

Result<std::string> ArchiveReader::text(std::string_view part) const
{
    std::string whole;
    TRY(each_piece(part, [&](std::string_view piece) -> Status {
        if (whole.size() + piece.size() > longest_text) return damaged({std::string{part}});
        whole += piece;
        return Nothing{};
    }));
    return whole;
}

ArchiveReader::Pull ArchiveReader::pull(std::string_view part) const
{
    auto const& [place, said] = impl_->entries.find(part)->second;
    auto opened = impl_->zip->stream(place, said->size);
    if (!opened.ok()) throw std::runtime_error("the archive changed while it was read");
    // shared: a std::function is copied, a stream is not.
    auto stream = std::make_shared<documents::ZipStream>(std::move(*opened));
    return [stream](char* buffer, std::size_t size) {
        std::size_t filled = 0;
        while (filled < size) {
            auto const got = stream->read(buffer + filled, size - filled);
            if (!got.ok()) throw std::runtime_error("the archive changed while it was read");
            if (*got == 0) break;
            filled += *got;
        }
        return filled;
    };
}

}  // namespace greffier::archive
