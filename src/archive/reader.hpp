#pragma once
// An archive as a stranger sent it: opened, its list of parts held against what is there, each part against its hash.

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/format.hpp"
#include "archive/json_line.hpp"
#include "core/result.hpp"

namespace greffier::archive {

/// Not thread-safe.
class ArchiveReader {
public:
    /// `passphrase` for an archive under one. Errors: archive.no_file, archive.truncated, archive.not_one, archive.newer_format,
    /// archive.needs_passphrase, archive.wrong_passphrase, archive.missing_part, archive.extra_part, archive.twice, archive.damaged_part.
    static Result<ArchiveReader> open(std::filesystem::path const& file, std::optional<SecretText> const& passphrase, std::filesystem::path const& scratch);
    ~ArchiveReader();
    ArchiveReader(ArchiveReader&&) noexcept;
    ArchiveReader& operator=(ArchiveReader&&) = delete;

    [[nodiscard]] Manifest const& manifest() const;
    /// Slugs of the registers it has parts of.
    [[nodiscard]] std::vector<std::string> registers() const;
    [[nodiscard]] bool has(std::string_view part) const;

    /// Pieces of a part; at its end its length and hash are held against the manifest: archive.altered_part.
    Status each_piece(std::string_view part, std::function<Status(std::string_view)> const& take) const;
    /// Lines without their end; a last one without end is archive.damaged_part.
    Status each_line(std::string_view part, std::function<Status(std::string_view line, Place const& place)> const& take) const;
    /// A part read whole: those that are one JSON object, or notes.
    Result<std::string> text(std::string_view part) const;

    /// The same pieces on demand; throws what each_piece() would have said. What was read before is not checked again.
    using Pull = std::function<std::size_t(char* buffer, std::size_t size)>;
    Pull pull(std::string_view part) const;

private:
    struct Impl;
    explicit ArchiveReader(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace greffier::archive
