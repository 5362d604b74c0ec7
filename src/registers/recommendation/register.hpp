#pragma once
#include "records/register.hpp"

namespace greffier::recommendation {
/// What the data protection officer recommends, and what the controller answers.
records::Register const& recommendation_register();
}  // namespace greffier::recommendation
