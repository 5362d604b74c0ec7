// The request's target and Host: what is accepted is a clean path, and being cleaned again changes nothing.

#include <cstdlib>

#include "core/text.hpp"
#include "web/target.hpp"

using namespace greffier::web;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::string_view const text{reinterpret_cast<char const*>(data), size};
    if (auto const target = parse_target(text, 100)) {
        if (target->path.empty() || target->path[0] != '/' || !greffier::is_utf8(target->path)) std::abort();
        for (std::string_view const bad : {"/../", "/./", "\\"})
            if (target->path.find(bad) != std::string::npos) std::abort();
        if (target->path.ends_with("/..") || target->path.find('\0') != std::string::npos) std::abort();
    }
    if (is_allowed_host(text, {"registre.example"}) && !is_host(text)) std::abort();
    [[maybe_unused]] auto const decoded = decode_percent(text);
    return 0;
}
