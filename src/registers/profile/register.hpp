#pragma once
#include "records/register.hpp"

namespace greffier::profile {
/// The organisation itself: one record, always current.
records::Register const& profile_register();
}  // namespace greffier::profile
