// Forms and query strings: cut anywhere, the parser must say the same as when it gets the text whole.

#include <algorithm>
#include <cstdlib>

#include "web/form_parser.hpp"

using namespace greffier::web;

namespace {

struct Told {
    BodyProblem problem = BodyProblem::None;
    Pairs pairs;
};

Told parse(std::string_view text, std::size_t step)
{
    Told told;
    FormParser parser(told.pairs, {.max_bytes = 64 * 1024, .max_fields = 200, .max_name = 256});
    for (std::size_t at = 0; at < text.size() && told.problem == BodyProblem::None; at += step) told.problem = parser.put(text.substr(at, step));
    if (told.problem == BodyProblem::None) told.problem = parser.finish();
    return told;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (size < 1) return 0;
    std::string_view const text{reinterpret_cast<char const*>(data) + 1, size - 1};
    auto const whole = parse(text, text.size() + 1);
    auto const pieces = parse(text, 1 + data[0] % 17);
    if (whole.problem != pieces.problem) std::abort();
    if (whole.problem == BodyProblem::None && !std::ranges::equal(whole.pairs, pieces.pairs)) std::abort();
    return 0;
}
