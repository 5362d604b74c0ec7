#pragma once
// The register of deletions, as the machinery sees it.

#include "records/register.hpp"

namespace greffier::retention {
records::Register const& retention_register();
}
