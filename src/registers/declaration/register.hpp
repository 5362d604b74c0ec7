#pragma once
// The register of old declarations, as the machinery sees it.

#include "records/register.hpp"

namespace greffier::declaration {
records::Register const& declaration_register();
}
