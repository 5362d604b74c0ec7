#pragma once
#include "records/register.hpp"

namespace greffier::undertaking {
/// Who promised to keep secret what they handle.
records::Register const& undertaking_register();
}  // namespace greffier::undertaking
