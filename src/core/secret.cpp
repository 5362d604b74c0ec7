#include "core/secret.hpp"

#include <sodium.h>

namespace greffier {

void wipe(void* bytes, std::size_t count)
{
    if (count != 0) sodium_memzero(bytes, count);
}

}  // namespace greffier
