#include "documents/byte_source.hpp"

#include <algorithm>
#include <cstring>
#include <fstream>

#include "core/utf8.hpp"

namespace greffier::documents {
namespace {

class FileSource final : public ByteSource {
public:
    explicit FileSource(std::filesystem::path const& path)
        : name_(path.filename().string()), file_(path, std::ios::binary)
    {
    }

    [[nodiscard]] bool is_open() const { return file_.is_open(); }

    Result<std::size_t> read(char* buffer, std::size_t size) override
    {
        file_.read(buffer, static_cast<std::streamsize>(size));
        if (file_.bad()) return Error::not_found("import.no_such_file", {{"file", name_}});
        return static_cast<std::size_t>(file_.gcount());
    }

    Status rewind() override
    {
        file_.clear();
        file_.seekg(0);
        if (!file_) return Error::not_found("import.no_such_file", {{"file", name_}});
        return Nothing{};
    }

private:
    std::string name_;
    std::ifstream file_;
};

class MemorySource final : public ByteSource {
public:
    explicit MemorySource(std::string bytes) : bytes_(std::move(bytes)) {}

    Result<std::size_t> read(char* buffer, std::size_t size) override
    {
        auto const count = std::min(size, bytes_.size() - at_);
        std::memcpy(buffer, bytes_.data() + at_, count);
        at_ += count;
        return count;
    }

    Status rewind() override
    {
        at_ = 0;
        return Nothing{};
    }

private:
    std::string bytes_;
    std::size_t at_ = 0;
};

class Utf16Source final : public ByteSource {
public:
    Utf16Source(std::unique_ptr<ByteSource> inner, bool big_endian) : inner_(std::move(inner)), big_endian_(big_endian)
    {
    }

    Result<std::size_t> read(char* buffer, std::size_t size) override
    {
        while (at_ == ready_.size() && !ended_) TRY(convert());
        auto const count = std::min(size, ready_.size() - at_);
        std::memcpy(buffer, ready_.data() + at_, count);
        at_ += count;
        return count;
    }

    Status rewind() override
    {
        ready_.clear();
        at_ = pending_ = 0;
        high_ = 0;
        ended_ = false;
        started_ = false;
        return inner_->rewind();
    }

private:
    static constexpr char32_t replacement = 0xFFFD;

    Status convert()
    {
        ready_.clear();
        at_ = 0;
        auto const got = TRY(inner_->read(raw_ + pending_, sizeof raw_ - pending_));
        std::size_t const size = pending_ + got;
        for (std::size_t i = 0; i + 1 < size; i += 2) unit(raw_[i], raw_[i + 1]);
        pending_ = size % 2;
        if (pending_) raw_[0] = raw_[size - 1];
        if (got == 0) {
            if (pending_ || high_) append_utf8(ready_, replacement);
            ended_ = true;
        }
        return Nothing{};
    }

    void unit(char first, char second)
    {
        auto const high_byte = static_cast<unsigned char>(big_endian_ ? first : second);
        auto const low_byte = static_cast<unsigned char>(big_endian_ ? second : first);
        char32_t const code = static_cast<char32_t>(high_byte << 8 | low_byte);
        bool const is_mark = !started_ && code == 0xFEFF;
        started_ = true;
        if (is_mark) return;
        bool const is_high = code >= 0xD800 && code < 0xDC00, is_low = code >= 0xDC00 && code < 0xE000;
        if (high_ && is_low) {
            append_utf8(ready_, 0x10000 + ((high_ - 0xD800) << 10) + (code - 0xDC00));
            high_ = 0;
            return;
        }
        if (high_) append_utf8(ready_, replacement);
        high_ = is_high ? code : 0;
        if (!is_high) append_utf8(ready_, is_low ? replacement : code);
    }

    std::unique_ptr<ByteSource> inner_;
    bool big_endian_;
    char raw_[16384];
    std::size_t pending_ = 0, at_ = 0;
    std::string ready_;
    char32_t high_ = 0;
    bool ended_ = false, started_ = false;
};

} // namespace

Result<std::unique_ptr<ByteSource>> file_source(std::filesystem::path const& path)
{
    std::error_code failure;
    auto source = std::make_unique<FileSource>(path);
    if (!std::filesystem::is_regular_file(path, failure) || !source->is_open())
        return Error::not_found("import.no_such_file", {{"file", path.filename().string()}});
    return std::unique_ptr<ByteSource>(std::move(source));
}

std::unique_ptr<ByteSource> memory_source(std::string bytes)
{
    return std::make_unique<MemorySource>(std::move(bytes));
}

std::unique_ptr<ByteSource> utf16_source(std::unique_ptr<ByteSource> inner, bool big_endian)
{
    return std::make_unique<Utf16Source>(std::move(inner), big_endian);
}

Result<std::string> first_bytes(ByteSource& source, std::size_t size)
{
    TRY(source.rewind());
    std::string bytes(size, '\0');
    std::size_t filled = 0;
    while (filled < size) {
        auto const got = TRY(source.read(bytes.data() + filled, size - filled));
        if (got == 0) break;
        filled += got;
    }
    bytes.resize(filled);
    return bytes;
}

} // namespace greffier::documents
