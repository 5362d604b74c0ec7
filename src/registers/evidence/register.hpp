#pragma once
#include "records/register.hpp"

namespace greffier::evidence {
/// The pieces that prove what was done.
records::Register const& evidence_register();
}  // namespace greffier::evidence
