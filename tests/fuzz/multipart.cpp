// Multipart bodies: cut anywhere, the same parts with the same bytes; a part that began ends or the body is refused.

#include <cstdlib>
#include <string>

#include "web/multipart_parser.hpp"

using namespace greffier::web;

namespace {

struct Sink final : PartSink {
    std::string told;
    int open = 0;
    BodyProblem part_begins(PartHead const& head) override
    {
        if (++open != 1) std::abort();
        if (head.file_name && head.file_name->find('/') != std::string::npos) std::abort();
        told += "[" + head.name + "|" + head.file_name.value_or("-") + "|" + head.type + "]";
        return BodyProblem::None;
    }
    BodyProblem part_data(std::string_view piece) override
    {
        if (open != 1) std::abort();
        told += piece;
        return BodyProblem::None;
    }
    BodyProblem part_ends() override
    {
        if (--open != 0) std::abort();
        return BodyProblem::None;
    }
};

BodyProblem parse(std::string_view text, std::size_t step, Sink& sink)
{
    MultipartParser parser("limit", sink);
    for (std::size_t at = 0; at < text.size(); at += step)
        if (auto const problem = parser.put(text.substr(at, step)); problem != BodyProblem::None) return problem;
    return parser.finish();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (size < 1) return 0;
    std::string_view const text{reinterpret_cast<char const*>(data) + 1, size - 1};
    Sink whole, pieces;
    auto const one = parse(text, text.size() + 1, whole);
    auto const other = parse(text, 1 + data[0] % 37, pieces);
    if (one != other) std::abort();
    if (one == BodyProblem::None && (whole.told != pieces.told || whole.open != 0)) std::abort();
    [[maybe_unused]] auto const boundary = boundary_of(text);
    return 0;
}
