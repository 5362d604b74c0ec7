#pragma once
// The register of accounts, as the machinery sees it.

#include "records/register.hpp"

namespace greffier::account {
records::Register const& account_register();
}
