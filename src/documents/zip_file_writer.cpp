#include "documents/zip_file_writer.hpp"

#include <zip.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <exception>
#include <list>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "documents/zip_time.hpp"

namespace greffier::documents {

namespace {

constexpr int level = 6;

struct Stream {
    std::uint64_t size = 0, given = 0;
    std::function<ZipFileWriter::Pieces()> open;
    ZipFileWriter::Pieces pieces = {};
    std::string ahead = {};
    std::size_t at = 0;
    std::exception_ptr* failure = nullptr;
};

zip_int64_t read(Stream& stream, char* buffer, zip_uint64_t size)
{
    if (stream.at == stream.ahead.size()) {
        stream.ahead = stream.pieces();
        stream.at = 0;
    }
    auto const count = std::min<std::size_t>(size, stream.ahead.size() - stream.at);
    std::memcpy(buffer, stream.ahead.data() + stream.at, count);
    stream.at += count;
    stream.given += count;
    if (count == 0 ? stream.given != stream.size : stream.given > stream.size) throw std::runtime_error("an entry of the archive changed its length");
    return static_cast<zip_int64_t>(count);
}

zip_int64_t answer(Stream& stream, void* data, zip_uint64_t size, zip_source_cmd_t command)
{
    switch (command) {
    case ZIP_SOURCE_OPEN:
        stream.pieces = stream.open();
        stream.ahead.clear();
        stream.at = 0;
        stream.given = 0;
        return 0;
    case ZIP_SOURCE_READ: return read(stream, static_cast<char*>(data), size);
    case ZIP_SOURCE_CLOSE: stream.pieces = {}; return 0;
    case ZIP_SOURCE_STAT: {
        auto* const facts = static_cast<zip_stat_t*>(data);
        zip_stat_init(facts);
        facts->size = facts->comp_size = stream.size;
        facts->comp_method = ZIP_CM_STORE;
        facts->encryption_method = ZIP_EM_NONE;
        facts->valid = ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD | ZIP_STAT_ENCRYPTION_METHOD;
        return sizeof *facts;
    }
    case ZIP_SOURCE_ERROR: {
        int const error[2] = {ZIP_ER_READ, EIO};
        std::memcpy(data, error, sizeof error);
        return sizeof error;
    }
    case ZIP_SOURCE_FREE: return 0;   // the writer's
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, ZIP_SOURCE_SUPPORTS, -1);
    default: return -1;
    }
}

/// No exception may cross the library: it is kept, and thrown again by finish().
zip_int64_t callback(void* state, void* data, zip_uint64_t size, zip_source_cmd_t command)
{
    auto& stream = *static_cast<Stream*>(state);
    try {
        return answer(stream, data, size, command);
    } catch (...) {
        if (!*stream.failure) *stream.failure = std::current_exception();
        return -1;
    }
}

}  // namespace

struct ZipFileWriter::Parts {
    std::filesystem::path path;
    zip_t* archive = nullptr;
    std::list<std::string> contents;   ///< libzip reads them when the archive is closed
    std::list<Stream> streams;
    std::exception_ptr failure;

    void add(std::string const& name, zip_source* source, int method)
    {
        zip_int64_t const index = source ? zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8) : -1;
        if (index < 0) {
            zip_source_free(source);
            throw std::runtime_error("zip: cannot add an entry");
        }
        auto const entry = static_cast<zip_uint64_t>(index);
        zip_set_file_compression(archive, entry, method, level);
        zip_file_set_mtime(archive, entry, fixed_entry_time(), 0);
    }
};

ZipFileWriter::ZipFileWriter(std::filesystem::path path) : parts_(std::make_unique<Parts>())
{
    int failure = 0;
    parts_->path = std::move(path);
    parts_->archive = zip_open(parts_->path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &failure);
    if (!parts_->archive) throw std::system_error(errno, std::generic_category(), "cannot write " + parts_->path.string());
}

ZipFileWriter::~ZipFileWriter()
{
    if (parts_->archive) zip_discard(parts_->archive);
}

void ZipFileWriter::add(std::string const& name, std::string content)
{
    auto const& kept = parts_->contents.emplace_back(std::move(content));
    parts_->add(name, zip_source_buffer(parts_->archive, kept.data(), kept.size(), 0), ZIP_CM_DEFLATE);
}

void ZipFileWriter::add_file(std::string const& name, std::string const& path)
{
    parts_->add(name, zip_source_file(parts_->archive, path.c_str(), 0, -1), ZIP_CM_DEFLATE);
}

void ZipFileWriter::add_stream(std::string const& name, std::uint64_t size, std::function<Pieces()> open)
{
    auto& stream = parts_->streams.emplace_back();
    stream.size = size;
    stream.open = std::move(open);
    stream.failure = &parts_->failure;
    parts_->add(name, zip_source_function(parts_->archive, &callback, &stream), ZIP_CM_STORE);
}

void ZipFileWriter::finish()
{
    if (zip_close(parts_->archive) == 0) {
        parts_->archive = nullptr;
        return;
    }
    auto const reason = zip_error_system_type(zip_get_error(parts_->archive)) == ZIP_ET_SYS ? zip_error_code_system(zip_get_error(parts_->archive)) : 0;
    zip_discard(std::exchange(parts_->archive, nullptr));
    if (parts_->failure) std::rethrow_exception(parts_->failure);
    if (reason != 0) throw std::system_error(reason, std::generic_category(), "cannot write " + parts_->path.string());
    throw std::runtime_error("zip: cannot finish " + parts_->path.string());
}

}  // namespace greffier::documents
