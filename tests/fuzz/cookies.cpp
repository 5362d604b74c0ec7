// The Cookie header: other programs of the host write into it too; whatever they wrote, reading it ends.

#include <cstdlib>

#include "web/cookie.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const pairs = greffier::web::parse_cookies({reinterpret_cast<char const*>(data), size});
    for (auto const& [name, value] : pairs)
        if (name.empty() || name.find(';') != std::string::npos || value.find(';') != std::string::npos) std::abort();
    return 0;
}
