#pragma once
// multipart/form-data (RFC 7578), piece by piece: what arrives goes at once to a PartSink, so a file of any
// size needs 64 KiB of memory. Refused as Malformed: a missing final boundary, bytes after a boundary, a part
// without a name, NUL or text that is not UTF-8 in names.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "web/body_problem.hpp"

namespace greffier::web {

struct PartHead {
    std::string name;
    std::optional<std::string> file_name;   ///< base name only; "" when the person chose no file
    std::string type;                       ///< "" when the browser gave none
};

class PartSink {
public:
    virtual ~PartSink() = default;
    virtual BodyProblem part_begins(PartHead const& head) = 0;
    virtual BodyProblem part_data(std::string_view piece) = 0;
    virtual BodyProblem part_ends() = 0;
};

/// The boundary parameter of a Content-Type; nothing when it is absent or not one RFC 2046 allows.
std::optional<std::string> boundary_of(std::string_view content_type);
/// A part's headers, without the empty line; nothing when they are ill-formed.
std::optional<PartHead> parse_part_head(std::string_view text);

class MultipartParser {
public:
    static constexpr std::size_t max_part_head = 16 * 1024;

    /// `sink` outlives the parser.
    MultipartParser(std::string_view boundary, PartSink& sink);
    /// After a problem the parser is spent: the same problem comes back.
    BodyProblem put(std::string_view piece);
    BodyProblem finish();

private:
    enum class State { Preamble, AfterBoundary, Head, Data, Epilogue };
    enum class Step { Again, NeedMore };
    Step step();
    Step preamble();
    Step after_boundary();
    Step head();
    Step data();
    Step fail(BodyProblem problem);
    [[nodiscard]] std::string_view rest() const { return std::string_view{buffer_}.substr(at_); }

    std::string delimiter_;     ///< CRLF "--" boundary
    PartSink& sink_;
    State state_ = State::Preamble;
    std::string buffer_;        ///< what has arrived and is not yet understood, from at_
    std::size_t at_ = 0;
    BodyProblem problem_ = BodyProblem::None;
};

}  // namespace greffier::web
