#include "documents/zip_archive.hpp"

#include <zip.h>

#include <list>
#include <stdexcept>

#include "documents/zip_time.hpp"

namespace greffier::documents {
namespace {

constexpr std::size_t chunk_bytes = 64U << 10;
constexpr std::size_t ratio_free_bytes = 1U << 20;

// Two entries of one name let two programs read two different files from one archive.
std::size_t count_named(zip_t* archive, std::string_view name)
{
    std::size_t count = 0;
    zip_int64_t const entries = zip_get_num_entries(archive, 0);
    for (zip_int64_t i = 0; i < entries; ++i) {
        char const* found = zip_get_name(archive, static_cast<zip_uint64_t>(i), ZIP_FL_ENC_RAW);
        if (found && name == found) ++count;
    }
    return count;
}

} // namespace

void ZipReader::Close::operator()(zip* archive) const
{
    zip_discard(archive);
}

Result<ZipReader> ZipReader::open(std::string_view bytes, ZipLimits limits)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    if (!source) throw std::runtime_error("zip: no memory for a source");
    zip_t* archive = zip_open_from_source(source, ZIP_RDONLY, &error);
    zip_error_fini(&error);
    if (!archive) {
        zip_source_free(source);
        return Error::invalid("import.damaged");
    }
    return checked(archive, limits);
}

Result<ZipReader> ZipReader::open_file(std::filesystem::path const& path, ZipLimits limits)
{
    int failure = 0;
    zip_t* archive = zip_open(path.c_str(), ZIP_RDONLY, &failure);
    if (!archive) return Error::invalid("import.damaged");
    return checked(archive, limits);
}

Result<ZipReader> ZipReader::checked(zip* archive, ZipLimits limits)
{
    ZipReader reader(archive, limits);
    if (zip_get_num_entries(archive, 0) > static_cast<zip_int64_t>(limits.max_entries))
        return Error::too_large("import.too_many_entries");
    return reader;
}

bool ZipReader::has(std::string const& name) const
{
    return zip_name_locate(archive_.get(), name.c_str(), ZIP_FL_ENC_RAW) >= 0;
}

Result<std::string> ZipReader::read(std::string const& name) const
{
    auto entry = TRY(stream(name, limits_.max_entry_bytes));
    std::string content, chunk(chunk_bytes, '\0');
    for (;;) {
        auto const got = TRY(entry.read(chunk.data(), chunk.size()));
        if (got == 0) return content;
        content.append(chunk, 0, got);
    }
}

Result<ZipStream> ZipReader::stream(std::string const& name, std::size_t max_bytes) const
{
    std::size_t const count = count_named(archive_.get(), name);
    if (count == 0) return Error::invalid("import.missing_part", {{"part", name}});
    if (count > 1) return Error::invalid("import.damaged");
    auto const place = zip_name_locate(archive_.get(), name.c_str(), ZIP_FL_ENC_RAW);
    if (place < 0) return Error::invalid("import.damaged");
    return stream(static_cast<std::size_t>(place), max_bytes);
}

std::vector<std::string> ZipReader::names() const
{
    std::vector<std::string> all;
    zip_int64_t const entries = zip_get_num_entries(archive_.get(), 0);
    for (zip_int64_t i = 0; i < entries; ++i) {
        char const* name = zip_get_name(archive_.get(), static_cast<zip_uint64_t>(i), ZIP_FL_ENC_RAW);
        all.emplace_back(name ? name : "");
    }
    return all;
}

Result<ZipStream> ZipReader::stream(std::size_t place, std::size_t max_bytes) const
{
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat_index(archive_.get(), place, 0, &stat) != 0) return Error::invalid("import.damaged");
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE)
        return Error::invalid("import.encrypted");
    ZipStream entry;
    entry.file_.reset(zip_fopen_index(archive_.get(), stat.index, 0));
    if (!entry.file_) return Error::invalid("import.damaged");
    entry.packed_ = static_cast<std::size_t>(stat.comp_size);
    entry.max_bytes_ = max_bytes;
    entry.max_ratio_ = limits_.max_ratio;
    return entry;
}

void ZipStream::Close::operator()(zip_file* file) const
{
    zip_fclose(file);
}

// The sizes an archive declares are claims: only the running count stops a bomb.
Result<std::size_t> ZipStream::read(char* buffer, std::size_t size)
{
    zip_int64_t const got = zip_fread(file_.get(), buffer, size);
    if (got < 0) return Error::invalid("import.damaged");
    unpacked_ += static_cast<std::size_t>(got);
    bool const inflated = unpacked_ > ratio_free_bytes && unpacked_ / max_ratio_ > packed_;
    if (unpacked_ > max_bytes_ || inflated) return Error::too_large("import.bomb");
    return static_cast<std::size_t>(got);
}

struct ZipWriter::Parts {
    zip_source_t* source = nullptr;
    zip_t* archive = nullptr;
    std::list<std::string> contents; ///< libzip reads them when the archive is closed
};

ZipWriter::ZipWriter() : parts_(std::make_unique<Parts>())
{
    zip_error_t error;
    zip_error_init(&error);
    parts_->source = zip_source_buffer_create(nullptr, 0, 0, &error);
    if (parts_->source) parts_->archive = zip_open_from_source(parts_->source, ZIP_TRUNCATE, &error);
    zip_error_fini(&error);
    if (!parts_->archive) {
        zip_source_free(parts_->source);
        throw std::runtime_error("zip: cannot start an archive");
    }
    zip_source_keep(parts_->source);
}

ZipWriter::~ZipWriter()
{
    if (parts_->archive) zip_discard(parts_->archive);
    zip_source_free(parts_->source);
}

void ZipWriter::add(std::string const& name, std::string content, bool stored)
{
    auto const& kept = parts_->contents.emplace_back(std::move(content));
    add_source(name, zip_source_buffer(parts_->archive, kept.data(), kept.size(), 0), stored);
}

void ZipWriter::add_file(std::string const& name, std::string const& path)
{
    add_source(name, zip_source_file(parts_->archive, path.c_str(), 0, -1), false);
}

void ZipWriter::add_source(std::string const& name, zip_source* source, bool stored)
{
    zip_int64_t const index = source ? zip_file_add(parts_->archive, name.c_str(), source, ZIP_FL_ENC_UTF_8) : -1;
    if (index < 0) {
        zip_source_free(source);
        throw std::runtime_error("zip: cannot add an entry");
    }
    auto const entry = static_cast<zip_uint64_t>(index);
    zip_set_file_compression(parts_->archive, entry, stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 6);
    zip_file_set_mtime(parts_->archive, entry, fixed_entry_time(), 0);
}

std::string ZipWriter::finish()
{
    if (zip_close(parts_->archive) != 0) throw std::runtime_error("zip: cannot finish the archive");
    parts_->archive = nullptr;
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_source_open(parts_->source) != 0 || zip_source_stat(parts_->source, &stat) != 0)
        throw std::runtime_error("zip: cannot read the archive back");
    std::string bytes(stat.size, '\0');
    zip_int64_t const got = zip_source_read(parts_->source, bytes.data(), bytes.size());
    zip_source_close(parts_->source);
    if (got != static_cast<zip_int64_t>(bytes.size())) throw std::runtime_error("zip: cannot read the archive back");
    return bytes;
}

} // namespace greffier::documents
