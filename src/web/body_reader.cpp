#include "web/body_reader.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "core/crypto.hpp"
#include "core/log.hpp"
#include "core/text.hpp"
#include "web/form_parser.hpp"
#include "web/multipart_parser.hpp"

namespace greffier::web {

class BodyReader::Sink {
public:
    virtual ~Sink() = default;
    virtual BodyProblem put(std::string_view piece) = 0;
    virtual BodyProblem finish() = 0;
};

namespace {

/// A file only we can read, under a name nobody can guess.
class NewFile {
public:
    NewFile(std::filesystem::path const& directory, std::vector<std::filesystem::path>& made)
        : path_(directory / ("upload-" + random_token(128)))
    {
        descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (descriptor_ < 0) complain();
        else made.push_back(path_);
    }
    ~NewFile()
    {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    NewFile(NewFile const&) = delete;
    NewFile& operator=(NewFile const&) = delete;

    BodyProblem write(std::string_view piece)
    {
        size_ += piece.size();
        while (!piece.empty()) {
            auto written = descriptor_ < 0 ? -1 : ::write(descriptor_, piece.data(), piece.size());
            if (written < 0 && descriptor_ >= 0 && errno == EINTR) continue;
            if (written < 0) {
                complain();
                return BodyProblem::NoRoom;
            }
            piece.remove_prefix(static_cast<std::size_t>(written));
        }
        return descriptor_ < 0 ? BodyProblem::NoRoom : BodyProblem::None;
    }
    [[nodiscard]] std::filesystem::path const& path() const { return path_; }
    [[nodiscard]] std::uint64_t size() const { return size_; }

private:
    static void complain() { log(LogLevel::Failure, "upload", {{"errno", std::int64_t{errno}}}); }

    std::filesystem::path path_;
    int descriptor_ = -1;
    std::uint64_t size_ = 0;
};

class FormSink final : public BodyReader::Sink {
public:
    FormSink(Request& request, BodyLimits const& limits) : parser_(request.form, {limits.memory, limits.max_fields}) {}
    BodyProblem put(std::string_view piece) override { return parser_.put(piece); }
    BodyProblem finish() override { return parser_.finish(); }

private:
    FormParser parser_;
};

class MultipartSink final : public BodyReader::Sink, PartSink {
public:
    MultipartSink(std::string_view boundary, Request& request, BodyLimits const& limits, std::vector<std::filesystem::path>& made)
        : parser_(boundary, *this), request_(request), limits_(limits), made_(made)
    {
    }
    BodyProblem put(std::string_view piece) override { return parser_.put(piece); }
    BodyProblem finish() override { return parser_.finish(); }

private:
    BodyProblem part_begins(PartHead const& head) override
    {
        if (++parts_ > limits_.max_fields) return BodyProblem::TooLarge;
        head_ = head;
        text_.clear();
        memory_ += head.name.size();
        return memory_ > limits_.memory ? BodyProblem::TooLarge : BodyProblem::None;
    }
    BodyProblem part_data(std::string_view piece) override
    {
        if (head_.file_name) {
            if (!file_) file_ = std::make_unique<NewFile>(limits_.upload_directory, made_);
            return file_->write(piece);
        }
        memory_ += piece.size();
        if (memory_ > limits_.memory) return BodyProblem::TooLarge;
        text_.append(piece);
        return BodyProblem::None;
    }
    BodyProblem part_ends() override
    {
        if (!head_.file_name) {
            if (!is_utf8(text_) || text_.find('\0') != text_.npos) return BodyProblem::Malformed;
            request_.form.add(head_.name, std::move(text_));
            return BodyProblem::None;
        }
        if (!file_ && head_.file_name->empty()) return BodyProblem::None;   // the person chose no file
        if (!file_) file_ = std::make_unique<NewFile>(limits_.upload_directory, made_);
        auto problem = file_->write("");
        auto name = head_.file_name->empty() ? "file" : *head_.file_name;
        request_.files.push_back({head_.name, std::move(name), head_.type, file_->size(), file_->path()});
        file_.reset();
        return problem;
    }

    MultipartParser parser_;
    Request& request_;
    BodyLimits const& limits_;
    std::vector<std::filesystem::path>& made_;
    PartHead head_;
    std::string text_;
    std::unique_ptr<NewFile> file_;
    std::size_t parts_ = 0, memory_ = 0;
};

/// A body kept whole; one that may be a file moves to disk when it outgrows memory.
class RawSink final : public BodyReader::Sink {
public:
    RawSink(bool may_spill, Request& request, BodyLimits const& limits, std::vector<std::filesystem::path>& made)
        : may_spill_(may_spill), request_(request), limits_(limits), made_(made)
    {
    }
    BodyProblem put(std::string_view piece) override
    {
        if (file_) return file_->write(piece);
        if (request_.body.size() + piece.size() <= limits_.memory) {
            request_.body.append(piece);
            return BodyProblem::None;
        }
        if (!may_spill_) return BodyProblem::TooLarge;
        file_ = std::make_unique<NewFile>(limits_.upload_directory, made_);
        auto problem = file_->write(request_.body);
        request_.body = {};
        return problem == BodyProblem::None ? file_->write(piece) : problem;
    }
    BodyProblem finish() override
    {
        if (file_) request_.files.push_back({"", "body", std::string(request_.header("content-type")), file_->size(), file_->path()});
        file_.reset();
        return BodyProblem::None;
    }

private:
    bool may_spill_;
    Request& request_;
    BodyLimits const& limits_;
    std::vector<std::filesystem::path>& made_;
    std::unique_ptr<NewFile> file_;
};

bool is_file_type(std::string_view type)
{
    return type == "application/octet-stream" || type == "application/zip" || type == "text/csv" || type == "text/tab-separated-values" ||
           type == "application/vnd.ms-excel" || type.starts_with("application/vnd.oasis.opendocument.") ||
           type.starts_with("application/vnd.openxmlformats-officedocument.");
}

}  // namespace

BodyReader::BodyReader(BodyLimits limits, Request& request) : limits_(std::move(limits)), request_(request) {}
BodyReader::~BodyReader() = default;

BodyProblem BodyReader::begin(std::optional<std::uint64_t> length)
{
    auto coding = to_lower_ascii(request_.header("content-encoding"));
    if (!coding.empty() && coding != "identity") return BodyProblem::Unsupported;
    auto content_type = request_.header("content-type");
    auto type = to_lower_ascii(trim(content_type.substr(0, content_type.find(';'))));
    limit_ = limits_.memory;
    if (type == "multipart/form-data") {
        auto boundary = boundary_of(content_type);
        if (!boundary) return BodyProblem::Malformed;
        limit_ = limits_.upload;
        sink_ = std::make_unique<MultipartSink>(*boundary, request_, limits_, paths_);
    } else if (type == "application/x-www-form-urlencoded") {
        sink_ = std::make_unique<FormSink>(request_, limits_);
    } else {
        bool file = is_file_type(type);
        if (file) limit_ = limits_.upload;
        sink_ = std::make_unique<RawSink>(file, request_, limits_, paths_);
    }
    return length && *length > limit_ ? BodyProblem::TooLarge : BodyProblem::None;
}

BodyProblem BodyReader::put(std::string_view piece)
{
    received_ += piece.size();
    return received_ > limit_ ? BodyProblem::TooLarge : sink_->put(piece);
}

BodyProblem BodyReader::finish() { return sink_->finish(); }

}  // namespace greffier::web
