#pragma once
#include "records/register.hpp"

namespace greffier::breach {
/// The register of breaches: workflow, references, what is sealed.
records::Register const& breach_register();
}  // namespace greffier::breach
