#pragma once
#include "records/register.hpp"

namespace greffier::audit {
/// The audits, and what they found.
records::Register const& audit_register();
}  // namespace greffier::audit
