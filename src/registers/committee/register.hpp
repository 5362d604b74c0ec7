#pragma once
#include "records/register.hpp"

namespace greffier::committee {
/// The meetings that steer data protection.
records::Register const& committee_register();
}  // namespace greffier::committee
