#pragma once
// Turns the pieces of a body into what a handler reads: form fields, files on disk, or the raw body.
// Called by one thread at a time, never by the I/O thread: it writes to disk.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "web/body_problem.hpp"
#include "web/message.hpp"

namespace greffier::web {

struct BodyLimits {
    std::filesystem::path upload_directory;
    std::size_t memory = 1024 * 1024;                  ///< raw bodies, forms, and all text fields of a multipart form
    std::uint64_t upload = 64ULL * 1024 * 1024;        ///< multipart forms and files sent as a body
    std::size_t max_fields = 5000;
};

class BodyReader {
public:
    /// The kind of body is read from the request's Content-Type. `request` outlives the reader.
    BodyReader(BodyLimits limits, Request& request);
    ~BodyReader();
    BodyReader(BodyReader const&) = delete;
    BodyReader& operator=(BodyReader const&) = delete;

    /// Before anything arrives: 415, a missing boundary, or a Content-Length that is too large.
    BodyProblem begin(std::optional<std::uint64_t> length);
    BodyProblem put(std::string_view piece);
    BodyProblem finish();
    /// Every file made so far, moved away or not by the handler.
    [[nodiscard]] std::vector<std::filesystem::path> const& files() const { return paths_; }

    class Sink;

private:
    BodyLimits limits_;
    Request& request_;
    std::unique_ptr<Sink> sink_;
    std::uint64_t limit_ = 0, received_ = 0;
    std::vector<std::filesystem::path> paths_;
};

}  // namespace greffier::web
